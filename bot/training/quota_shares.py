"""How seats are shared out among parts of the organisation: pure arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum


class Share(StrEnum):
    EQUALLY = "equally"
    BY_HEADCOUNT = "headcount"


def shared(seats: int, weights: Sequence[int]) -> list[int]:
    """Whole seats in proportion to the weights, all of them given out.

    Each part gets its proportion rounded down; what is left goes to the largest remainders, the
    earlier part first where they are the same. Without any weight nobody gets a seat.
    """
    total = sum(weights)
    if not total:
        return [0] * len(weights)
    given = [seats * weight // total for weight in weights]
    by_remainder = sorted(
        range(len(weights)), key=lambda place: (-(seats * weights[place] % total), place)
    )
    for place in by_remainder[: seats - sum(given)]:
        given[place] += 1
    return given
