"""How far two groups of figures lie apart, and within which bounds chance leaves that: pure.

The interval is Welch's (Biometrika 34, 1947): the groups may vary differently and differ in size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, variance

CONFIDENCE = 0.95
FEWEST = 2
"""Figures of a group without which nothing is known of how they vary."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The bounds within which the true value lies, as far as chance alone is concerned."""

    low: float
    high: float

    def times(self, factor: float) -> Interval:
        """The interval of something so many times as large; a negative factor turns it round."""
        low, high = sorted((self.low * factor, self.high * factor))
        return Interval(low, high)


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean of the second group less that of the first; `interval` is None where there are too
    few figures, or where they do not vary at all.
    """

    first: float
    second: float
    by: float
    interval: Interval | None

    def counted(self, sign: int) -> Difference:
        """The same with -1 for what is better the less there is; the means stay as they are."""
        turned = self.interval.times(sign) if self.interval is not None else None
        return Difference(self.first, self.second, self.by * sign, turned)

    @property
    def is_sure(self) -> bool:
        """Whether chance alone does not explain it."""
        return self.interval is not None and (self.interval.low > 0 or self.interval.high < 0)


def between(
    first: Sequence[float], second: Sequence[float], confidence: float = CONFIDENCE
) -> Difference:
    """How much the second group lies above the first; refuses (ValueError) an empty group."""
    if not first or not second:
        raise ValueError("a group without figures cannot be compared")
    one, other = fmean(first), fmean(second)
    return Difference(one, other, other - one, _welch(first, second, confidence))


def _welch(first: Sequence[float], second: Sequence[float], confidence: float) -> Interval | None:
    if min(len(first), len(second)) < FEWEST:
        return None
    parts = [(variance(group) / len(group), len(group) - 1) for group in (first, second)]
    spread = sum(part for part, _free in parts)
    if not spread:
        return None
    free = spread**2 / sum(part**2 / degrees for part, degrees in parts)
    by = fmean(second) - fmean(first)
    reach = _quantile(free, confidence) * float(spread**0.5)
    return Interval(by - reach, by + reach)


def _quantile(degrees: float, confidence: float) -> float:
    """How many standard errors lie to each side, by Student's t."""
    from scipy.special import stdtrit

    return float(stdtrit(degrees, 0.5 + confidence / 2))
