"""What rules that people type have in common: their words, and reading these from the left.

`and` binds closer than `or`. What a part of a rule is, each grammar says for itself. Pure.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, NoReturn, TypeVar

from bot.i18n import Text, _

YEAR = 12
MOST_MONTHS = 1200
DEEPEST = 20
MONTHS_IN = {"month": 1, "months": 1, "year": YEAR, "years": YEAR}
QUOTES = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\N{DOUBLE PRIME}": '"'}
Rule = TypeVar("Rule")


@dataclass(frozen=True, slots=True)
class Word:
    """One word; a quoted one is never a keyword."""

    text: str
    is_quoted: bool = False

    def is_(self, *keywords: str) -> bool:
        """Whether it is one of these, in whatever case."""
        return not self.is_quoted and self.text.casefold() in keywords


class NoRule(Exception):
    """What was typed is no rule; `sentence` says why."""

    def __init__(self, sentence: Text) -> None:
        super().__init__(sentence.msgid)
        self.sentence = sentence


def refuse(sentence: Text) -> NoReturn:
    """End the reading, saying why."""
    raise NoRule(sentence)


def found_in(text: str, pattern: re.Pattern[str], most: int) -> Iterator[re.Match[str]]:
    """The words of a text; refuses more than `most`, and a quotation mark left `open`."""
    for number, found in enumerate(pattern.finditer(text)):
        if number >= most:
            refuse(_("The rule is too long."))
        if found["open"]:
            refuse(_("A quotation mark is not closed."))
        yield found


class Reader(ABC, Generic[Rule]):
    """Reads words from the left."""

    def __init__(self, words: list[Word]) -> None:
        self._words = words
        self._at = 0
        self._depth = 0

    @abstractmethod
    def part(self) -> Rule:
        """What stands between two of `and` and `or`."""

    @abstractmethod
    def joined(self, word: str, parts: list[Rule]) -> Rule:
        """One rule of those that `and` or `or` stood between; of a single one, itself."""

    @property
    def next(self) -> Word | None:
        """The word that is read next, None at the end."""
        return self._words[self._at] if self._at < len(self._words) else None

    def any_of(self) -> Rule:
        """A whole rule."""
        return self._chain("or", self._all_of)

    def _all_of(self) -> Rule:
        return self._chain("and", self.part)

    def _chain(self, word: str, read: Callable[[], Rule]) -> Rule:
        parts = [read()]
        while self._takes(word):
            parts.append(read())
        return self.joined(word, parts)

    def _closed(self) -> Rule:
        """What stands within brackets, the first of which has been taken."""
        rule = self.any_of()
        if not self._takes(")"):
            refuse(_("A bracket is not closed."))
        return rule

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            refuse(_("There are too many brackets within brackets."))

    def _takes(self, *keywords: str) -> bool:
        found = self.next is not None and self.next.is_(*keywords)
        self._at += found
        return found

    def _take(self) -> Word:
        word = self.next
        if word is None:
            refuse(_("The rule ends too early: something is missing after its last word."))
        self._at += 1
        return word


def read(
    words: Iterable[Word],
    reader_of: Callable[[list[Word]], Reader[Rule]],
    left_over: Callable[[str], Text],
) -> Rule | Text | None:
    """The rule, a sentence that says why it is none, or None where there are no words.

    `left_over` makes the sentence about a word after the end of a rule.
    """
    try:
        listed = list(words)
        if not listed:
            return None
        reader = reader_of(listed)
        rule = reader.any_of()
        if reader.next is not None:
            refuse(left_over(reader.next.text))
        return rule
    except NoRule as fault:
        return fault.sentence
