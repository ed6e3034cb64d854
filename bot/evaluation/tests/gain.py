"""What was gained between two tests, as part of what could be gained (Hake 1998): pure.

The gain of a class is that of its means, which Hake defined; the mean of single gains stands
beside it, since the two differ where the best know much beforehand (Bao 2006).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

LOW, HIGH = 0.3, 0.7
"""Hake's bounds: below is a low gain, from the second on a high one."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One person's shares of the points before and after, from 0 to 1."""

    before: float
    after: float


@dataclass(frozen=True, slots=True)
class ClassGain:
    """Over the people with both results: means, the gain of the means, the mean of the gains.

    A gain is None where nothing was left to gain; `counted` have a gain of their own.
    """

    people: int
    before: float
    after: float
    of_means: float | None
    mean_of_gains: float | None
    counted: int


def gain(before: float, after: float) -> float | None:
    """(after - before) / (1 - before); None for whoever had everything right before."""
    if before >= 1:
        return None
    return (after - before) / (1 - before)


def of_class(pairs: Sequence[Pair]) -> ClassGain | None:
    """The gain of those who took both tests; None if nobody did."""
    if not pairs:
        return None
    before, after = fmean(pair.before for pair in pairs), fmean(pair.after for pair in pairs)
    single = [found for pair in pairs if (found := gain(pair.before, pair.after)) is not None]
    return ClassGain(
        len(pairs),
        before,
        after,
        gain(before, after),
        fmean(single) if single else None,
        len(single),
    )
