"""What a picture of answers on a scale shows, as data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.i18n import Words, _

BARS_ON_A_PHONE = 10
TOO_FEW = _("Fewer than five answers: not shown")


@dataclass(frozen=True, slots=True)
class Bar:
    """One question: how many people chose each step, lowest step first.

    A bar with no `counts` is withheld: the sentence `instead` stands in its place, and
    neither its mean nor its number of answers is drawn.
    """

    label: Words
    counts: tuple[int, ...]
    mean: float | None = None
    n: int = 0
    instead: Words = TOO_FEW

    def __post_init__(self) -> None:
        if any(count < 0 for count in self.counts):
            raise ValueError("a count cannot be negative")

    @property
    def shares(self) -> tuple[float, ...]:
        """The part each step has of all answers; empty where there is nothing to draw."""
        total = sum(self.counts)
        return tuple(count / total for count in self.counts) if total else ()


@dataclass(frozen=True, slots=True)
class LikertChart:
    """Questions answered on one scale, with the words for its steps, lowest first."""

    title: Words
    subtitle: Words
    bars: tuple[Bar, ...]
    scale_labels: tuple[Words, ...]
    footer: Words = ""

    def __post_init__(self) -> None:
        steps = len(self.scale_labels)
        if steps < 2 or any(bar.counts and len(bar.counts) != steps for bar in self.bars):
            raise ValueError(f"every bar needs a count for each of the {steps} scale labels")


def low_side(shares: tuple[float, ...]) -> float:
    """How far a bar reaches to the low side of the centre line, half the neutral included."""
    half = len(shares) // 2
    neutral = shares[half] / 2 if len(shares) % 2 else 0.0
    return sum(shares[:half]) + neutral


def in_parts(chart: LikertChart, most: int = BARS_ON_A_PHONE) -> Iterator[LikertChart]:
    """The same chart as several of at most `most` bars, each fit for a phone."""
    for start in range(0, len(chart.bars), most):
        yield replace(chart, bars=chart.bars[start : start + most])
