"""The grammar of a course's prerequisites: read into a frozen tree, written out again.

`VAL and (HS within 2 years or in post 6 months) and position "Inspector" or "Appraiser"`.
Pure; who meets a rule is asked in `prerequisites`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NoReturn, TypeAlias

from bot.i18n import Text, _

YEAR = 12
MOST_MONTHS = 1200
MOST_WORDS = 400
DEEPEST = 20
MONTHS_IN = {"month": 1, "months": 1, "year": YEAR, "years": YEAR}
KEYWORDS = frozenset({"and", "or", "within", "in", "position", "course"})
QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\N{DOUBLE PRIME}": '"'})
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
    try:
        words = list(_words(text))
        if not words:
            return None
        reader = _Reader(words)
        rule = reader.any_of()
        if reader.next is not None:
            _refuse(_("“{word}” is not expected here. Join two parts with “and” or “or”.",
                      word=reader.next.text))  # fmt: skip
        return rule
    except _NoRule as fault:
        return fault.sentence


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


@dataclass(frozen=True, slots=True)
class _Word:
    """One word; a quoted one is never a keyword."""

    text: str
    quoted: bool = False

    def is_(self, *keywords: str) -> bool:
        return not self.quoted and self.text.casefold() in keywords


class _NoRule(Exception):
    def __init__(self, sentence: Text) -> None:
        super().__init__(sentence.msgid)
        self.sentence = sentence


def _refuse(sentence: Text) -> NoReturn:
    raise _NoRule(sentence)


def _words(text: str) -> Iterator[_Word]:
    for number, found in enumerate(WORD.finditer(text.translate(QUOTES))):
        if number >= MOST_WORDS:
            _refuse(_("The rule is too long."))
        if found["open"]:
            _refuse(_("A quotation mark is not closed."))
        if found["quoted"] is not None:
            yield _Word(" ".join(found["quoted"].split()), quoted=True)
        else:
            yield _Word("and" if found["mark"] == ";" else found[0])


class _Reader:
    """Reads words from the left; `and` binds closer than `or`."""

    def __init__(self, words: list[_Word]) -> None:
        self._words = words
        self._at = 0
        self._depth = 0

    @property
    def next(self) -> _Word | None:
        return self._words[self._at] if self._at < len(self._words) else None

    def any_of(self) -> Rule:
        parts = [self._all_of()]
        while self._takes("or"):
            parts.append(self._all_of())
        return _joined(AnyOf, parts)

    def _all_of(self) -> Rule:
        parts = [self._part()]
        while self._takes("and"):
            parts.append(self._part())
        return _joined(AllOf, parts)

    def _part(self) -> Rule:
        if self._takes("("):
            return self._bracket()
        if self._takes("in"):
            if not self._takes("post"):
                _refuse(_("After “in” write “post” and a time, as in “in post 6 months”."))
            return InPost(self._months())
        if self._takes("position"):
            return self._position()
        return self._course()

    def _bracket(self) -> Rule:
        self._depth += 1
        if self._depth > DEEPEST:
            _refuse(_("There are too many brackets within brackets."))
        rule = self.any_of()
        if not self._takes(")"):
            _refuse(_("A bracket is not closed."))
        self._depth -= 1
        return rule

    def _position(self) -> Position:
        names = [self._take().text]
        while self._follows_name():
            self._at += 1
            names.append(self._take().text)
        if not all(names):
            _refuse(_("Write the name of the position between the quotation marks."))
        return Position(tuple(dict.fromkeys(names)))

    def _follows_name(self) -> bool:
        """Whether `or "another position"` comes next: only positions stand in quotes alone."""
        after = self._words[self._at + 1 : self._at + 2]
        here = self.next
        return here is not None and here.is_("or") and bool(after) and after[0].quoted

    def _course(self) -> Completed:
        named = self._takes("course")
        word = self._take()
        if not word.text or (word.quoted and not named) or word.is_(*KEYWORDS, "(", ")"):
            _refuse(_("“{word}” stands where a course code is expected.", word=word.text))
        return Completed(word.text, self._months() if self._takes("within") else 0)

    def _months(self) -> int:
        number, unit = self._take(), self._take()
        factor = MONTHS_IN.get(unit.text.casefold(), 0)
        if not (number.text.isdecimal() and len(number.text) <= 4 and factor):
            _refuse(_("Write a time as a number and “months” or “years”, as in “2 years”."))
        months = int(number.text) * factor
        if not 0 < months <= MOST_MONTHS:
            _refuse(_("A time lies between one month and a hundred years."))
        return months

    def _takes(self, keyword: str) -> bool:
        found = self.next is not None and self.next.is_(keyword)
        self._at += found
        return found

    def _take(self) -> _Word:
        word = self.next
        if word is None:
            _refuse(_("The rule ends too early: something is missing after its last word."))
        self._at += 1
        return word


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
