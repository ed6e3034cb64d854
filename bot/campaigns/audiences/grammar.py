"""Reading the rule of an audience from what somebody typed. Pure.

`and` binds closer than `or`, `not` closest; several values stand with commas, or with `or`
between quoted ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from bot.campaigns.audiences.rule import (
    SOON_DAYS,
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
from bot.training.rule_reading import (
    MONTHS_IN,
    MOST_MONTHS,
    QUOTES,
    Reader,
    Word,
    found_in,
    read,
    refuse,
)

MOST_WORDS = 3000
MOST_DAYS = 3660
DAYS = ("day", "days")
SIGNS = str.maketrans(QUOTES | {";": ",", "،": ",", "؛": ","})
WORD = re.compile(
    r'"(?P<quoted>(?:[^"]|"")*)"|(?P<mark>[(),=])|(?P<plain>[^\s(),="]+)|(?P<open>")'
)


@lru_cache(maxsize=256)
def parse(text: str) -> Rule | Text | None:
    """The rule, a sentence that says why it is none, or None where nothing is written."""
    return read(_words(text), _Reader, _left_over)


def plain_text(text: str) -> str:
    """Words as a rule holds them: one space between, one kind of quotation marks."""
    return " ".join(text.translate(SIGNS).split())


def _words(text: str) -> Iterator[Word]:
    for found in found_in(text.translate(SIGNS), WORD, MOST_WORDS):
        if found["quoted"] is not None:
            yield Word(" ".join(found["quoted"].replace('""', '"').split()), is_quoted=True)
        else:
            yield Word(found[0])


def _left_over(word: str) -> Text:
    return _("“{word}” is not expected here. Join two conditions with “and” or “or”, "
             "and put names of several words in quotation marks.",
             word=word)  # fmt: skip


class _Reader(Reader[Rule]):
    """What a condition is."""

    def __init__(self, words: list[Word]) -> None:
        super().__init__(words)
        self._others: Mapping[str, Callable[[], Leaf]] = {
            "everybody": Everybody,
            "completed": self._completed,
            "meets": self._meets,
            "audience": self._saved,
            "answered": self._answered,
            "in": self._in_class,
        }

    def part(self) -> Rule:
        self._deeper()
        rule = self._negated_or_not()
        self._depth -= 1
        return rule

    def joined(self, word: str, parts: list[Rule]) -> Rule:
        return joined(AllOf if word == "and" else AnyOf, parts)

    def _negated_or_not(self) -> Rule:
        if self._takes("not"):
            return negated(self.part())
        return self._closed() if self._takes("(") else self._leaf()

    def _leaf(self) -> Leaf:
        word = self._take()
        keyword = "" if word.is_quoted else word.text.casefold()
        if keyword in set(What):
            return OneOf(What(keyword), self._values())
        if keyword in set(How):
            return self._qualified(How(keyword))
        if keyword not in self._others:
            refuse(_("“{word}” begins no condition. A condition begins with one of: {keywords}.",
                     word=word.text, keywords=BEGINNINGS))  # fmt: skip
        return self._others[keyword]()

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
            refuse(_("After the question write “=” and the code of an answer."))
        return Answered(form, question, self._value())

    def _in_class(self) -> InClass:
        if not self._takes("class"):
            refuse(_("After “in” write “class” and its code, as in “in class VAL-1”."))
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
            refuse(_("“{word}” stands where a name or a code is expected.", word=word.text))
        return word.text

    def _months(self) -> int:
        number, factor = self._number(), MONTHS_IN.get(self._take().text.casefold(), 0)
        if not factor:
            refuse(_("Write a time as a number and “months” or “years”, as in “2 years”."))
        if not 0 < number * factor <= MOST_MONTHS:
            refuse(_("A time lies between one month and a hundred years."))
        return number * factor

    def _days(self) -> int:
        days = self._number()
        if not self._takes(*DAYS) or not 0 < days <= MOST_DAYS:
            refuse(_("Write how many days, as in “within 90 days”: from 1 to {most}.",
                      most=MOST_DAYS))  # fmt: skip
        return days

    def _number(self) -> int:
        word = self._take()
        is_number = word.text.isascii() and word.text.isdecimal() and len(word.text) <= 4
        return int(word.text) if is_number else 0

    def _takes_or_before_quoted(self) -> bool:
        after = self._words[self._at + 1 : self._at + 2]
        return bool(after) and after[0].is_quoted and self._takes("or")


BEGINNINGS = ", ".join(
    [*What, *How, "completed", "meets", "answered", "in class", "audience", "everybody", "not"]
)
