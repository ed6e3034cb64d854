"""Names on a certificate: in the local script and in Latin letters, or what is missing."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from bot.context import Ctx
from bot.i18n import known_language
from bot.models.people import Person
from bot.models.training import TrainingClass

ENGLISH = "en"
SCRIPTS: Mapping[str, str] = {ENGLISH: "LATIN", "km": "KHMER", "ur": "ARABIC"}


def local_language(ctx: Ctx, held: TrainingClass, person: Person) -> str:
    """The language beside English: the class's, else the officer's, else the administration's."""
    for stated in (held.language, person.language, ctx.settings.language):
        language = known_language(stated)
        if language is not None and language != ENGLISH:
            return language
    return ENGLISH


def name_in(person: Person, language: str) -> str:
    """The whole name in the script of a language; "" where the roster does not have it."""
    candidates = [person.names.get(language, ""), person.full_name]
    if language == ENGLISH:
        candidates.insert(0, person.name_latin)
    return next((name for name in candidates if _is_written_in(name, language)), "")


def unwritten(person: Person, local: str) -> tuple[str, ...]:
    """The languages of a certificate in whose script the name is not known."""
    languages = dict.fromkeys((local, ENGLISH))
    return tuple(language for language in languages if not name_in(person, language))


def _is_written_in(name: str, language: str) -> bool:
    letters = [char for char in name if unicodedata.category(char).startswith("L")]
    script = SCRIPTS.get(language, "LATIN")
    return bool(letters) and all(unicodedata.name(char, "").startswith(script) for char in letters)
