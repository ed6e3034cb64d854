"""Reading the rule of an audience from what somebody typed. Pure.

`and` binds closer than `or`, `not` closest; several values stand with commas, or with `or`
between quoted ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NoReturn

from bot.campaigns.audiences.rule import (
    SOON_DAYS,
    YEAR,
    AllOf,
    Answered,
    AnyOf,
    Completed,
    Everybody,
    How,
    InClass,
    Leaf,
    Meets,
    OneOf,
    Qualified,
    Rule,
    Saved,
    What,
    joined,
    negated,
)
from bot.i18n import Text, _
from bot.models.training import EnrolmentState

MOST_WORDS = 3000
DEEPEST = 20
MOST_MONTHS = 1200
MOST_DAYS = 3660
MONTHS_IN = {"month": 1, "months": 1, "year": YEAR, "years": YEAR}
DAYS = ("day", "days")
SIGNS = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\N{DOUBLE PRIME}": '"'}
    | {";": ",", "،": ",", "؛": ","}
)
WORD = re.compile(
    r'"(?P<quoted>(?:[^"]|"")*)"|(?P<mark>[(),=])|(?P<plain>[^\s(),="]+)|(?P<open>")'
)


@lru_cache(maxsize=256)
def parse(text: str) -> Rule | Text | None:
    """The rule, a sentence that says why it is none, or None where nothing is written."""
    try:
        words = list(_words(text))
        if not words:
            return None
        reader = _Reader(words)
        rule = reader.any_of()
        if reader.next is not None:
            _refuse(_("“{word}” is not expected here. Join two conditions with “and” or “or”, "
                      "and put names of several words in quotation marks.",
                      word=reader.next.text))  # fmt: skip
        return rule
    except _NoRule as fault:
        return fault.sentence


def plain_text(text: str) -> str:
    """Words as a rule holds them: one space between, one kind of quotation marks."""
    return " ".join(text.translate(SIGNS).split())


@dataclass(frozen=True, slots=True)
class _Word:
    """One word; a quoted one is never a keyword."""

    text: str
    is_quoted: bool = False

    def is_(self, *keywords: str) -> bool:
        return not self.is_quoted and self.text.casefold() in keywords


class _NoRule(Exception):
    def __init__(self, sentence: Text) -> None:
        super().__init__(sentence.msgid)
        self.sentence = sentence


def _refuse(sentence: Text) -> NoReturn:
    raise _NoRule(sentence)


def _words(text: str) -> Iterator[_Word]:
    for number, found in enumerate(WORD.finditer(text.translate(SIGNS))):
        if number >= MOST_WORDS:
            _refuse(_("The rule is too long."))
        if found["open"]:
            _refuse(_("A quotation mark is not closed."))
        if found["quoted"] is not None:
            yield _Word(" ".join(found["quoted"].replace('""', '"').split()), is_quoted=True)
        else:
            yield _Word(found[0])


class _Reader:
    """Reads words from the left."""

    def __init__(self, words: list[_Word]) -> None:
        self._words = words
        self._at = 0
        self._depth = 0
        self._others: Mapping[str, Callable[[], Leaf]] = {
            "everybody": Everybody,
            "completed": self._completed,
            "meets": self._meets,
            "audience": self._saved,
            "answered": self._answered,
            "in": self._in_class,
        }

    @property
    def next(self) -> _Word | None:
        return self._words[self._at] if self._at < len(self._words) else None

    def any_of(self) -> Rule:
        parts = [self._all_of()]
        while self._takes("or"):
            parts.append(self._all_of())
        return joined(AnyOf, parts)

    def _all_of(self) -> Rule:
        parts = [self._part()]
        while self._takes("and"):
            parts.append(self._part())
        return joined(AllOf, parts)

    def _part(self) -> Rule:
        self._depth += 1
        if self._depth > DEEPEST:
            _refuse(_("There are too many brackets within brackets."))
        rule = self._negated_or_not()
        self._depth -= 1
        return rule

    def _negated_or_not(self) -> Rule:
        if self._takes("not"):
            return negated(self._part())
        if not self._takes("("):
            return self._leaf()
        rule = self.any_of()
        if not self._takes(")"):
            _refuse(_("A bracket is not closed."))
        return rule

    def _leaf(self) -> Leaf:
        word = self._take()
        keyword = "" if word.is_quoted else word.text.casefold()
        if keyword in set(What):
            return OneOf(What(keyword), self._values())
        if keyword in set(How):
            return self._qualified(How(keyword))
        if keyword in self._others:
            return self._others[keyword]()
        _refuse(_("“{word}” begins no condition. A condition begins with one of: {keywords}.",
                  word=word.text, keywords=BEGINNINGS))  # fmt: skip

    def _completed(self) -> Completed:
        return Completed(self._value(), self._months() if self._takes("within") else 0)

    def _meets(self) -> Meets:
        return Meets(self._value())

    def _saved(self) -> Saved:
        return Saved(self._value())

    def _qualified(self, how: How) -> Qualified:
        code = self._value()
        if how is not How.EXPIRING:
            return Qualified(how, code)
        return Qualified(how, code, self._days() if self._takes("within") else SOON_DAYS)

    def _answered(self) -> Answered:
        form = self._value()
        if self.next is None or self.next.is_("and", "or", ")"):
            return Answered(form)
        question = self._value()
        if not self._takes("="):
            _refuse(_("After the question write “=” and the code of an answer."))
        return Answered(form, question, self._value())

    def _in_class(self) -> InClass:
        if not self._takes("class"):
            _refuse(_("After “in” write “class” and its code, as in “in class VAL-1”."))
        return InClass(self._value(), self._state())

    def _state(self) -> EnrolmentState | None:
        """The state that comes next, of one word or of two; a quoted one too."""
        for length in (2, 1):
            words = self._words[self._at : self._at + length]
            said = " ".join(word.text for word in words).casefold()
            if len(words) == length and said in set(EnrolmentState):
                self._at += length
                return EnrolmentState(said)
        return None

    def _values(self) -> tuple[str, ...]:
        values = [self._value()]
        while self._takes(",") or self._takes_or_before_quoted():
            values.append(self._value())
        return tuple(dict.fromkeys(values))

    def _value(self) -> str:
        word = self._take()
        if not word.text or word.is_("and", "or", "not", *"(),="):
            _refuse(_("“{word}” stands where a name or a code is expected.", word=word.text))
        return word.text

    def _months(self) -> int:
        number, factor = self._number(), MONTHS_IN.get(self._take().text.casefold(), 0)
        if not factor:
            _refuse(_("Write a time as a number and “months” or “years”, as in “2 years”."))
        if not 0 < number * factor <= MOST_MONTHS:
            _refuse(_("A time lies between one month and a hundred years."))
        return number * factor

    def _days(self) -> int:
        days = self._number()
        if not self._takes(*DAYS) or not 0 < days <= MOST_DAYS:
            _refuse(_("Write how many days, as in “within 90 days”: from 1 to {most}.",
                      most=MOST_DAYS))  # fmt: skip
        return days

    def _number(self) -> int:
        word = self._take()
        is_number = word.text.isascii() and word.text.isdecimal() and len(word.text) <= 4
        return int(word.text) if is_number else 0

    def _takes_or_before_quoted(self) -> bool:
        after = self._words[self._at + 1 : self._at + 2]
        return bool(after) and after[0].is_quoted and self._takes("or")

    def _takes(self, *keywords: str) -> bool:
        found = self.next is not None and self.next.is_(*keywords)
        self._at += found
        return found

    def _take(self) -> _Word:
        word = self.next
        if word is None:
            _refuse(_("The rule ends too early: something is missing after its last word."))
        self._at += 1
        return word


BEGINNINGS = ", ".join(
    [*What, *How, "completed", "meets", "answered", "in class", "audience", "everybody", "not"]
)
