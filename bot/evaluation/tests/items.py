"""What the answers say of the questions: difficulty, discrimination, wrong answers chosen. Pure.

Discrimination is the correlation of a question with the points of all others (corrected
point-biserial), and needs a hundred takers to mean anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import StatisticsError, correlation, fmean
from typing import Any

LEAST_TAKERS = 100
LEAST_JUDGED = 5
"""Of fewer people's answers nothing is said but what they were."""
TOO_EASY, TOO_HARD, WEAK = 0.95, 0.2, 0.15
LEAST_SHARE = 0.05
"""A wrong answer that fewer choose does not tempt anybody."""


class Flag(StrEnum):
    """What is worth a look at a question."""

    TOO_EASY = "too easy"
    TOO_HARD = "too hard"
    WEAK = "weak"
    REVERSED = "reversed"
    WRONG_FAVOURITE = "wrong favourite"
    IDLE_ANSWER = "idle answer"


@dataclass(frozen=True, slots=True)
class Taken:
    """One response: {question: [points, worth]} of what was asked, and the answers."""

    marks: Mapping[str, Sequence[int]]
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Chosen:
    """How many chose an answer, and whether it is (part of) the right one."""

    code: str
    count: int
    right: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One question: how many were asked it, what part of its points they got.

    `difficulty` is 1 where all have it right; `discrimination` None below a hundred takers, or
    where everybody answered alike.
    """

    name: str
    takers: int
    difficulty: float
    discrimination: float | None
    chosen: tuple[Chosen, ...]
    flags: tuple[Flag, ...]


def analyse(
    taken: Sequence[Taken], choices: Mapping[str, Mapping[str, bool]], least: int = LEAST_TAKERS
) -> list[Item]:
    """Every question that anybody was asked, in the order of the responses.

    `choices` lists the codes of each question with choices, and whether they are right.
    """
    names = dict.fromkeys(name for one in taken for name in one.marks)
    return [_item(name, taken, choices.get(name, {}), least) for name in names]


def discrimination(taken: Sequence[Taken], name: str) -> float | None:
    """The correlation of one question's points with those of all others together."""
    pairs = [
        (one.marks[name][0], sum(points for points, _worth in one.marks.values()))
        for one in taken
        if name in one.marks
    ]
    own, rest = [points for points, _all in pairs], [whole - points for points, whole in pairs]
    try:
        return correlation(own, rest)
    except StatisticsError:
        return None


def _item(name: str, taken: Sequence[Taken], choices: Mapping[str, bool], least: int) -> Item:
    asked = [one for one in taken if name in one.marks]
    difficulty = fmean(one.marks[name][0] / (one.marks[name][1] or 1) for one in asked)
    strength = discrimination(asked, name) if len(asked) >= least else None
    counts = Counter(code for one in asked for code in _codes(one.answers.get(name)))
    chosen = tuple(Chosen(code, counts[code], right) for code, right in choices.items())
    flags: tuple[Flag, ...] = ()
    if len(asked) >= LEAST_JUDGED:
        flags = (*_of_figures(difficulty, strength), *_of_answers(chosen, len(asked), strength))
    return Item(name, len(asked), difficulty, strength, chosen, flags)


def _of_figures(difficulty: float, strength: float | None) -> tuple[Flag, ...]:
    flags = []
    if difficulty > TOO_EASY:
        flags.append(Flag.TOO_EASY)
    elif difficulty < TOO_HARD:
        flags.append(Flag.TOO_HARD)
    if strength is not None and strength < 0:
        flags.append(Flag.REVERSED)
    elif strength is not None and strength < WEAK:
        flags.append(Flag.WEAK)
    return tuple(flags)


def _of_answers(chosen: Sequence[Chosen], takers: int, strength: float | None) -> tuple[Flag, ...]:
    """A wrong answer that more choose than any right one; where many answered, one for nobody."""
    wrong = [one.count for one in chosen if not one.right]
    right = [one.count for one in chosen if one.right]
    flags = []
    if wrong and right and max(wrong) > max(right):
        flags.append(Flag.WRONG_FAVOURITE)
    if strength is not None and wrong and min(wrong) < LEAST_SHARE * takers:
        flags.append(Flag.IDLE_ANSWER)
    return tuple(flags)


def _codes(value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, (list, tuple)):
        return [str(code) for code in value]
    return str(value).split()
