"""How far ratings lie below what posts require: sums that can be added up, and their means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums over ratings of supervisors, of which there are `count`, and beside them over those of
    the people themselves.

    `missing` is how many levels those lack who are below what is required of them; nobody who is
    above makes up for them.
    """

    count: int = 0
    levels: int = 0
    required: int = 0
    missing: int = 0
    below: int = 0
    own: int = 0
    own_levels: int = 0

    @property
    def mean(self) -> float | None:
        """The level that supervisors see, on average."""
        return self.levels / self.count if self.count else None

    @property
    def needed(self) -> float | None:
        """The level that is required of those who were rated, on average."""
        return self.required / self.count if self.count else None

    @property
    def gap(self) -> float | None:
        """Required less rated, on average; below zero where people can more than they must."""
        return (self.required - self.levels) / self.count if self.count else None

    @property
    def lack(self) -> float | None:
        """The levels that are missing, on average; nobody who is above makes up for them."""
        return self.missing / self.count if self.count else None

    @property
    def share_below(self) -> float | None:
        """The share of those who were rated below what is required."""
        return self.below / self.count if self.count else None

    @property
    def own_mean(self) -> float | None:
        """The level that people see themselves at, on average."""
        return self.own_levels / self.own if self.own else None


def added(tallies: Iterable[Tally]) -> Tally:
    """All of them together."""
    sums = [0] * len(Tally.__slots__)
    for one in tallies:
        for place, name in enumerate(Tally.__slots__):
            sums[place] += getattr(one, name)
    return Tally(*sums)
