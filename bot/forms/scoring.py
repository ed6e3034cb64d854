"""Marks for a test: what was right, how many points, out of how many. Pure.

A question is right or not: no points for a part. One that was not asked, because its
relevance did not hold, counts neither way; one left blank counts as wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from bot.forms.arrangement import arranged
from bot.forms.definition import FormDefinition, Question
from bot.forms.evaluation import Evaluation
from bot.forms.expressions import Value, is_blank
from bot.forms.question_types.reading import date, number, wording
from bot.forms.state import State
from bot.i18n import Moment

NUMBERS = frozenset({"integer", "decimal", "range"})
MARKABLE = frozenset({"select_one", "select_multiple", "text", "date"}) | NUMBERS
ONE_POINT = Decimal(1)
_TOLERANCE = re.compile(r"\s*(?:±|\+/?-)\s*")
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Mark:
    """One question of a test: whether it was right, and the points it is worth."""

    name: str
    right: bool
    worth: Decimal

    @property
    def points(self) -> Decimal:
        return self.worth if self.right else Decimal(0)


@dataclass(frozen=True, slots=True)
class Score:
    """All marks of one response, in the order of the form."""

    marks: tuple[Mark, ...] = ()

    @property
    def points(self) -> Decimal:
        return sum((mark.points for mark in self.marks), Decimal(0))

    @property
    def maximum(self) -> Decimal:
        return sum((mark.worth for mark in self.marks), Decimal(0))

    @property
    def percent(self) -> Decimal:
        """The share of the points in percent, to one decimal; 0 where there are none to have."""
        if not self.maximum:
            return Decimal(0)
        return (100 * self.points / self.maximum).quantize(_TENTH, ROUND_HALF_UP)

    def passes(self, pass_mark: int) -> bool:
        """Whether the pass mark, in percent, is reached; exactly, not after rounding."""
        return bool(self.maximum) and 100 * self.points >= pass_mark * self.maximum


@dataclass(frozen=True, slots=True)
class Span:
    """A right number, and how far off an answer may be."""

    value: Decimal
    tolerance: Decimal


def is_test(form: FormDefinition) -> bool:
    """Whether any answer of the form is right or wrong."""
    return any(question.correct for question in form.questions)


def score(form: FormDefinition, answers: Mapping[str, Value], moment: Moment) -> Score:
    """The marks for answers, which are as they were handed in."""
    ready = arranged(form, 0)
    evaluation = Evaluation(ready, State(answers=dict(answers)), moment)
    return Score(
        tuple(
            Mark(
                step.question.name,
                is_right(step.question, answers.get(step.question.name, "")),
                worth(step.question),
            )
            for step in ready.steps
            if step.question.correct and evaluation.is_relevant(step)
        )
    )


def worth(question: Question) -> Decimal:
    """The points for a right answer: one where the form does not say."""
    return points_in(question.score) or ONE_POINT


def points_in(cell: str) -> Decimal | None:
    """The points a cell gives; None if it gives none, or no number above nought."""
    found = number(cell, "en") if cell else None
    return found if found is not None and found > 0 else None


def is_right(question: Question, value: Value) -> bool:
    """Whether an answer is one of the right ones; a blank one is not."""
    if is_blank(value):
        return False
    if question.type == "select_multiple":
        chosen = value.split() if isinstance(value, str) else [str(code) for code in value]  # type: ignore[union-attr]
        return set(chosen) == set(right_codes(question))
    if question.type == "select_one":
        return str(value) in right_codes(question)
    if question.type in NUMBERS:
        span, given = right_number(question.correct), number(str(value), "en")
        return bool(span and given is not None and abs(given - span.value) <= span.tolerance)
    if question.type == "date":
        return date(str(value)) == date(question.correct)
    return wording(str(value)) in {wording(words) for words in right_wordings(question)}


def right_codes(question: Question) -> tuple[str, ...]:
    """The codes in the cell `correct`: of a choice as it is written, else parted by spaces."""
    if question.choice(question.correct) is not None:
        return (question.correct,)
    return tuple(re.split(r"[\s,;]+", question.correct.strip()))


def right_number(cell: str) -> Span | None:
    """`12`, or `12.5 ± 0.5` (`+-` will do); None if it is neither."""
    value, *tolerance = _TOLERANCE.split(cell.strip(), maxsplit=1)
    found = number(value, "en")
    off = number(tolerance[0], "en") if tolerance else Decimal(0)
    return None if found is None or off is None or off < 0 else Span(found, off)


def right_wordings(question: Question) -> Iterator[str]:
    """The wordings that count as right, parted by semicolons."""
    return (part.strip() for part in question.correct.split(";") if part.strip())
