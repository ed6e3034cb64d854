"""Points of attempts in thousandths, and what they come to in percent: pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from bot.forms.scoring import Score
from bot.i18n import Text, _

THOUSAND, HUNDRED = 1_000, 100
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Result:
    """Points out of so many, both in thousandths."""

    points: int
    maximum: int

    @property
    def share(self) -> float:
        """The part of the points, from 0 to 1."""
        return self.points / self.maximum if self.maximum else 0.0

    @property
    def percent(self) -> Decimal:
        """The same in percent, to one decimal."""
        if not self.maximum:
            return Decimal(0)
        exact = Decimal(HUNDRED * self.points) / self.maximum
        return exact.quantize(_TENTH, ROUND_HALF_UP)

    def passes(self, pass_mark: int | None) -> bool:
        """Whether the pass mark, in percent, is reached exactly; without one nobody passes."""
        if pass_mark is None or not self.maximum:
            return False
        return HUNDRED * self.points >= pass_mark * self.maximum


def of_score(found: Score) -> Result:
    """What a response was worth."""
    return Result(thousandths(found.points), thousandths(found.maximum))


def marks_of(found: Score) -> dict[str, list[int]]:
    """{question: [points, worth]} of what was asked."""
    return {mark.name: [thousandths(mark.points), thousandths(mark.worth)] for mark in found.marks}


def thousandths(points: Decimal) -> int:
    """Points as whole thousandths."""
    return int((points * THOUSAND).to_integral_value(ROUND_HALF_UP))


def plain(number: Decimal) -> str:
    """A number of points or percent without zeros at its end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def points_words(result: Result) -> Text:
    """“7 of 10 points: 70 %”, as a sentence."""
    return _(
        "You have {points} of {maximum} points: {percent} %.",
        points=plain(Decimal(result.points) / THOUSAND),
        maximum=plain(Decimal(result.maximum) / THOUSAND),
        percent=plain(result.percent),
    )


def wrong_in(marks: Mapping[str, Any]) -> list[str]:
    """The questions that were not answered rightly."""
    return [name for name, (points, worth) in marks.items() if points < worth]


def best(results: Iterable[Result]) -> Result | None:
    """The best of several attempts; the first of them where several are as good."""
    return max(results, key=lambda one: one.share, default=None)
