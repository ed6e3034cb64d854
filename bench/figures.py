"""What is printed: ratios of pairs that ran one after the other, and what each is held to."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Target:
    """The least or the most that a figure may be."""

    least: float | None = None
    most: float | None = None

    @property
    def words(self) -> str:
        if self.least is not None:
            return f"at least {self.least:g}"
        return f"at most {self.most:g}" if self.most is not None else ""

    def verdict(self, figure: float) -> str:
        """The target in words, and whether the figure meets it."""
        if not self.words:
            return ""
        met = figure >= self.least if self.least is not None else figure <= (self.most or 0)
        return f"(target: {self.words}; {'met' if met else 'MISSED'})"


FOUND: dict[str, tuple[float, Target]] = {}
"""Every figure of this run by its name, for the table in the documentation."""


def say(words: str) -> None:
    """One line, seen at once."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def figure(name: str, value: float, target: Target) -> None:
    """One line, seen at once and kept for the table."""
    FOUND[name] = (value, target)
    say(f"  {name:<66}{value:8.2f} {target.verdict(value)}".rstrip())


def in_turns(first: Callable[[], T], second: Callable[[], T], pairs: int) -> list[tuple[T, T]]:
    """Run both `pairs` times, each time in the other order, so that drift hits both alike."""
    found = []
    for number in range(pairs):
        if number % 2 == 0:
            left, right = first(), second()
        else:
            right, left = second(), first()
        found.append((left, right))
    return found


def median_ratio(pairs: Sequence[tuple[float, float]]) -> float:
    """The median over pairs of the second's value against the first's."""
    return statistics.median(after / before for before, after in pairs)


def spread(pairs: Sequence[tuple[float, float]]) -> str:
    """The ratios of all pairs, lowest first."""
    return ", ".join(f"{ratio:.2f}" for ratio in sorted(after / before for before, after in pairs))
