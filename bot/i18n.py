"""Sentences in the reader's language: gettext, plurals, dates and numbers.

Code never holds a translated sentence. `_("…", name=value)` makes a `Text`, which is
data, and `render(text, language)` turns it into words when the reader is known.
"""

from __future__ import annotations

import datetime as dt
import gettext
import io
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

LOCALES = Path(__file__).resolve().parent.parent / "locales"
SOURCE_LANGUAGE = "en"
LANGUAGES: Mapping[str, str] = {"en": "English", "km": "ភាសាខ្មែរ", "ur": "اردو"}
RIGHT_TO_LEFT = frozenset({"ar", "fa", "ps", "ur"})
ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
ENDS_OF_SENTENCES = tuple(".?!:…។៕៖؟۔")
_NUMBER = r"\d+(?:[.,]\d+)*"
NUMBER_IN_PARTS = re.compile(rf"\+\d[\d ]*\d|{_NUMBER}(?:(?:[- →±]|\+/?-)+{_NUMBER})+")
"""A telephone number, a date with hyphens, a chain, a number with what it may be off by.

After Urdu letters their parts would swap places.
"""
READ_FROM_THE_LEFT = re.compile(
    r"(?<![\w/.])(?:"
    r"/(?:[a-z]{2,}|\{\w+\})"
    r"|\.[a-z]+\b"
    r"|[A-Za-z][\w-]*\(\)"
    rf"|{NUMBER_IN_PARTS.pattern})"
)
"""What a sentence from the right quotes as typed: commands, file endings, functions, numbers."""


@dataclass(frozen=True, slots=True)
class Texts:
    """One piece of content in several languages, keyed by locale code."""

    by_language: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, mapping: Mapping[str, str]) -> Texts:
        return cls(tuple(mapping.items()))

    def best(self, language: str, fallback: str = SOURCE_LANGUAGE) -> str:
        """The wording in `language`, else in `fallback`, else the first there is."""
        wordings = dict(self.by_language)
        for key in (language, fallback):
            if wordings.get(key):
                return wordings[key]
        return next((words for words in wordings.values() if words), "")

    def __bool__(self) -> bool:
        return any(words for _, words in self.by_language)


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant shown in a given time zone, with date and time."""

    at: dt.datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Percent:
    """A share between 0 and 1, shown as a whole percentage."""

    share: float


@dataclass(frozen=True, slots=True)
class Joined:
    """Several values joined into one list as the reader's language joins them."""

    parts: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Several sentences, each on a line of its own."""

    parts: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A value after its label; one that ends like a sentence or question needs no colon."""

    label: object
    value: object


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence of the interface with named placeholders, not yet in any language."""

    msgid: str
    params: tuple[tuple[str, object], ...] = ()
    plural: str | None = None
    count: int = 0


Words: TypeAlias = Text | Texts | Lines | Labelled | str


def _(msgid: str, /, **params: object) -> Text:
    """A translatable sentence; placeholders are `{name}`."""
    return Text(msgid, tuple(params.items()))


def _n(singular: str, plural: str, count: int, /, **params: object) -> Text:
    """A translatable sentence that depends on a number, available as `{count}`."""
    return Text(singular, (("count", count), *params.items()), plural, count)


def render(words: object, language: str) -> str:
    """Words, numbers and dates as a reader of `language` expects them."""
    if isinstance(words, Text):
        return _render_text(words, language)
    if isinstance(words, Labelled):
        return _render_labelled(words, language)
    return _render_value(words, language)


def known_language(code: str | None) -> str | None:
    """The supported language for an IETF tag such as `ur-PK`, or None."""
    if not code:
        return None
    base = code.replace("_", "-").split("-")[0].lower()
    return base if base in LANGUAGES else None


def is_right_to_left(language: str) -> bool:
    return language.split("-", maxsplit=1)[0] in RIGHT_TO_LEFT


def _render_text(text: Text, language: str) -> str:
    catalogue = translations(language)
    if text.plural is None:
        pattern = catalogue.gettext(text.msgid)
    else:
        pattern = catalogue.ngettext(text.msgid, text.plural, text.count)
    if not text.params:
        return pattern.format()
    values = {name: _placed(value, language) for name, value in text.params}
    return pattern.format(**values)


def _render_labelled(words: Labelled, language: str) -> str:
    label, value = (_placed(part, language) for part in (words.label, words.value))
    if label.rstrip(POP_ISOLATE).endswith(ENDS_OF_SENTENCES):
        return f"{label} {value}"
    colon = _("{question}: {answer}", question=words.label, answer=words.value)
    return _render_text(colon, language)


def _placed(value: object, language: str) -> str:
    words = render(value, language)
    return isolate(words, language) if isinstance(value, (str, Texts)) else words


def isolate(words: str, language: str) -> str:
    """`words` kept from disturbing the direction of a sentence in `language`."""
    if _has_other_direction(words, is_right_to_left(language)):
        return f"{ISOLATE}{words}{POP_ISOLATE}"
    return words


def _has_other_direction(words: str, right_to_left: bool) -> bool:
    if right_to_left and NUMBER_IN_PARTS.search(words):
        return True
    other = {"L"} if right_to_left else {"R", "AL"}
    return any(unicodedata.bidirectional(char) in other for char in words)


def isolate_quoted(pattern: str) -> str:
    """A sentence of a right-to-left catalogue with what it quotes from code kept in order."""
    return READ_FROM_THE_LEFT.sub(rf"{ISOLATE}\g<0>{POP_ISOLATE}", pattern)


def _render_value(value: object, language: str) -> str:
    if isinstance(value, Texts):
        return value.best(language)
    if isinstance(value, Joined):
        return format_list([render(part, language) for part in value.parts], locale=language)
    if isinstance(value, Lines):
        return "\n".join(words for part in value.parts if (words := render(part, language)))
    if isinstance(value, Percent):
        return format_percent(value.share, "#,##0%", locale=language)
    if isinstance(value, Moment):
        local = value.at.astimezone(ZoneInfo(value.zone))
        return f"{format_date(local, 'medium', locale=language)} {_clock_time(local, language)}"
    if isinstance(value, dt.datetime):
        raise TypeError("give a Moment: a datetime alone has no zone to be shown in")
    return _render_plain(value, language)


def _render_plain(value: object, language: str) -> str:
    if isinstance(value, dt.date):
        return format_date(value, "medium", locale=language)
    if isinstance(value, dt.time):
        return _clock_time(value, language)
    if isinstance(value, bool):
        return render(_("yes") if value else _("no"), language)
    if isinstance(value, (int, float, Decimal)):
        return format_decimal(value, locale=language)
    return str(value)


def _clock_time(value: dt.datetime | dt.time, language: str) -> str:
    return format_time(value, "HH:mm", locale=language)


@lru_cache
def locale(language: str) -> Locale:
    return Locale.parse(language)


@lru_cache
def translations(language: str) -> gettext.NullTranslations:
    """The catalogue of one language, read from its .po file; the source language has none."""
    path = LOCALES / language / "LC_MESSAGES" / "rollcall.po"
    if language == SOURCE_LANGUAGE or not path.exists():
        return gettext.NullTranslations()
    with path.open("rb") as source:
        catalogue = read_po(source, locale=language)
    if is_right_to_left(language):
        _isolate_all(catalogue)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _isolate_all(catalogue: Catalog) -> None:
    for message in catalogue:
        if not message.id or not message.string:
            continue
        if isinstance(message.string, str):
            message.string = isolate_quoted(message.string)
        else:
            message.string = tuple(isolate_quoted(form) for form in message.string)
