"""The grammar of a course's prerequisites: read into a frozen tree, written out again.

`VAL and (HS within 2 years or in post 6 months) and position "Inspector" or "Appraiser"`.
Pure; who meets a rule is asked in `prerequisites`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from bot.i18n import Text, _
from bot.training.rule_reading import (
    MONTHS_IN,
    MOST_MONTHS,
    QUOTES,
    YEAR,
    Reader,
    Word,
    found_in,
    read,
    refuse,
)

MOST_WORDS = 400
KEYWORDS = frozenset({"and", "or", "within", "in", "position", "course"})
SIGNS = str.maketrans(QUOTES)
WORD = re.compile(r'"(?P<quoted>[^"]*)"|(?P<mark>[();])|(?P<plain>[^\s();"]+)|(?P<open>")')
PLAIN_CODE = re.compile(r'[^\s();"“”„«»″]+')


@dataclass(frozen=True, slots=True)
class Completed:
    """A course that has to be completed, `months` at most before the class begins (0: ever)."""

    code: str
    months: int = 0


@dataclass(frozen=True, slots=True)
class InPost:
    """So many months in the present post."""

    months: int


@dataclass(frozen=True, slots=True)
class Position:
    """One of these positions."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part, two at least."""

    parts: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part at least, of two or more."""

    parts: tuple[Rule, ...]


Rule: TypeAlias = Completed | InPost | Position | AllOf | AnyOf


@lru_cache(maxsize=1024)
def parse(text: str) -> Rule | Text | None:
    """The rule, a sentence that says why it is none, or None where nothing is asked for."""
    return read(_words(text), _Reader, _left_over)


def write(rule: Rule) -> str:
    """The rule as `parse` reads it."""
    return _written(rule, "")


def codes_in(rule: Rule) -> tuple[str, ...]:
    """The courses that a rule names, each once."""
    if isinstance(rule, Completed):
        return (rule.code,)
    if isinstance(rule, (AllOf, AnyOf)):
        return tuple(dict.fromkeys(code for part in rule.parts for code in codes_in(part)))
    return ()


def _words(text: str) -> Iterator[Word]:
    for found in found_in(text.translate(SIGNS), WORD, MOST_WORDS):
        if found["quoted"] is not None:
            yield Word(" ".join(found["quoted"].split()), is_quoted=True)
        else:
            yield Word("and" if found["mark"] == ";" else found[0])


def _left_over(word: str) -> Text:
    return _("“{word}” is not expected here. Join two parts with “and” or “or”.", word=word)


class _Reader(Reader[Rule]):
    """What a part of prerequisites is."""

    def part(self) -> Rule:
        if self._takes("("):
            return self._bracket()
        if self._takes("in"):
            if not self._takes("post"):
                refuse(_("After “in” write “post” and a time, as in “in post 6 months”."))
            return InPost(self._months())
        if self._takes("position"):
            return self._position()
        return self._course()

    def joined(self, word: str, parts: list[Rule]) -> Rule:
        return _joined(AllOf if word == "and" else AnyOf, parts)

    def _bracket(self) -> Rule:
        self._deeper()
        rule = self._closed()
        self._depth -= 1
        return rule

    def _position(self) -> Position:
        names = [self._take().text]
        while self._follows_name():
            self._at += 1
            names.append(self._take().text)
        if not all(names):
            refuse(_("Write the name of the position between the quotation marks."))
        return Position(tuple(dict.fromkeys(names)))

    def _follows_name(self) -> bool:
        """Whether `or "another position"` comes next: only positions stand in quotes alone."""
        after = self._words[self._at + 1 : self._at + 2]
        here = self.next
        return here is not None and here.is_("or") and bool(after) and after[0].is_quoted

    def _course(self) -> Completed:
        named = self._takes("course")
        word = self._take()
        if not word.text or (word.is_quoted and not named) or word.is_(*KEYWORDS, "(", ")"):
            refuse(_("“{word}” stands where a course code is expected.", word=word.text))
        return Completed(word.text, self._months() if self._takes("within") else 0)

    def _months(self) -> int:
        number, unit = self._take(), self._take()
        factor = MONTHS_IN.get(unit.text.casefold(), 0)
        if not (number.text.isdecimal() and len(number.text) <= 4 and factor):
            refuse(_("Write a time as a number and “months” or “years”, as in “2 years”."))
        months = int(number.text) * factor
        if not 0 < months <= MOST_MONTHS:
            refuse(_("A time lies between one month and a hundred years."))
        return months


def _joined(kind: type[AllOf] | type[AnyOf], parts: list[Rule]) -> Rule:
    """One rule of several; brackets around a rule of the same kind make no difference."""
    flat: list[Rule] = []
    for part in parts:
        flat += part.parts if isinstance(part, kind) else [part]
    return kind(tuple(flat)) if len(flat) > 1 else flat[0]


def _written(rule: Rule, within: str) -> str:
    match rule:
        case Completed(code, months):
            return _code(code) + (f" within {_time(months)}" if months else "")
        case InPost(months):
            return f"in post {_time(months)}"
        case Position(names):
            return "position " + " or ".join(f'"{name}"' for name in names)
        case AllOf(parts):
            return " and ".join(_written(part, "and") for part in parts)
        case AnyOf(parts):
            joined = " or ".join(_written(part, "or") for part in parts)
            return f"({joined})" if within == "and" else joined


def _code(code: str) -> str:
    plain = PLAIN_CODE.fullmatch(code) and code.casefold() not in KEYWORDS
    return code if plain else f'course "{code}"'


def _time(months: int) -> str:
    if months % YEAR == 0:
        return "1 year" if months == YEAR else f"{months // YEAR} years"
    return "1 month" if months == 1 else f"{months} months"
