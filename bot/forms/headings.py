"""Column headings of a form: what each column means, and in which language its words are.

Takes the spellings that pyxform takes: any case, spaces for underscores, `label::English (en)`
or `label:English`, `bind::relevant`, `caption`, `list name` and the like.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from bot.forms.definition import RULE_SETTINGS

SURVEY_FIELDS = frozenset(
    [
        "type",
        "name",
        "label",
        "hint",
        "guidance_hint",
        "required",
        "required_message",
        "relevant",
        "constraint",
        "constraint_message",
        "calculation",
        "default",
        "appearance",
        "parameters",
        "choice_filter",
        "repeat_count",
        "trigger",
        "read_only",
        "image",
        "big-image",
        "audio",
        "video",
        "score",
        "correct",
        "report_tag",
        "disabled",
    ]
)
CHOICES_FIELDS = frozenset(["list_name", "name", "label", "image", "big-image", "audio", "video"])
SETTINGS_FIELDS = frozenset(
    [
        "form_title",
        "form_id",
        "version",
        "default_language",
        "allow_choice_duplicates",
        "anonymous",
        "fields",
        *RULE_SETTINGS,
    ]
)
TRANSLATED = frozenset(
    [
        "label",
        "hint",
        "guidance_hint",
        "required_message",
        "constraint_message",
        "image",
        "big-image",
        "audio",
        "video",
        "form_title",
    ]
)
MEDIA = frozenset({"image", "big-image", "audio", "video"})

SURVEY_ALIASES: Mapping[str, str] = {
    "command": "type", "value": "name", "caption": "label", "relevance": "relevant",
    "constraining_message": "constraint_message", "jr:constraintmsg": "constraint_message",
    "requiredmsg": "required_message", "jr:requiredmsg": "required_message",
    "calculate": "calculation", "readonly": "read_only", "count": "repeat_count",
    "jr:count": "repeat_count", "tag": "report_tag",
}  # fmt: skip
CHOICES_ALIASES: Mapping[str, str] = {"caption": "label", "value": "name", "list": "list_name"}
SETTINGS_ALIASES: Mapping[str, str] = {
    "title": "form_title", "set_form_title": "form_title",
    "id_string": "form_id", "set_form_id": "form_id",
}  # fmt: skip

_WRAPPERS = frozenset({"bind", "control", "body", "media"})
_CODE = re.compile(r"\(\s*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*)\s*\)\s*$")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The columns one sheet may have."""

    fields: frozenset[str]
    aliases: Mapping[str, str]


SURVEY = Vocabulary(SURVEY_FIELDS, SURVEY_ALIASES)
CHOICES = Vocabulary(CHOICES_FIELDS, CHOICES_ALIASES)
SETTINGS = Vocabulary(SETTINGS_FIELDS, SETTINGS_ALIASES)


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: as written, what it means ("" if unknown), and the language as written."""

    written: str
    field: str
    language: str = ""


def read_headings(header: Sequence[str], vocabulary: Vocabulary) -> tuple[Heading, ...]:
    """The meaning of every column of a header row."""
    double = any("::" in written for written in header)
    names_are_given = any(_snake(written) == "name" for written in header)
    return tuple(
        _heading(written, vocabulary, double=double, tag_is_name=not names_are_given)
        for written in header
    )


def _heading(written: str, vocabulary: Vocabulary, *, double: bool, tag_is_name: bool) -> Heading:
    words = " ".join(written.split())
    parts = _parts(words, double)
    while len(parts) > 1 and _snake(parts[0]) in _WRAPPERS:
        parts = parts[1:]
    word = _snake(parts[0]) if parts else ""
    meant = vocabulary.aliases.get(word, word)
    if word == "tag" and tag_is_name and "type" in vocabulary.fields:
        meant = "name"
    if meant not in vocabulary.fields or (len(parts) > 1 and meant not in TRANSLATED):
        return Heading(words, "")
    return Heading(words, meant, "::".join(parts[1:]))


def _parts(words: str, double: bool) -> list[str]:
    if "::" in words or double:
        return [part.strip() for part in words.split("::")]
    parts = [part.strip() for part in words.split(":")]
    if "jr" in parts[:-1]:
        place = parts.index("jr")
        parts[place : place + 2] = [f"jr:{parts[place + 1]}"]
    return parts


def _snake(words: str) -> str:
    return "_".join(words.split()).lower()


def language_code(written: str) -> str:
    """The locale code of a language as a heading names it: `Khmer (km)`, `English`, `EN`.

    A language nobody knows keeps its name, in lower case.
    """
    bracketed = _CODE.search(written)
    if bracketed:
        return bracketed[1].replace("_", "-").lower()
    word = written.strip().casefold().replace("_", "-")
    return _codes_by_name().get(word) or (_known(word) and word) or word


def is_known_language(code: str) -> bool:
    """Whether numbers and dates can be written in this language."""
    return _known(code)


def _known(code: str) -> bool:
    try:
        Locale.parse(code.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return False
    return True


@lru_cache(maxsize=1)
def _codes_by_name() -> Mapping[str, str]:
    """English and own names of languages, each with its code."""
    codes = {
        str(name).casefold(): code.replace("_", "-").lower()
        for code, name in Locale("en").languages.items()
        if _known(code)
    }
    own = {
        str(Locale.parse(code.replace("-", "_")).language_name or "").casefold(): code
        for code in codes.values()
        if "-" not in code
    }
    return {**own, **codes}
