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

    def verdict(self, figure: float) -> str:
        """The target in words, and whether the figure meets it."""
        if self.least is not None:
            met, words = figure >= self.least, f"at least {self.least:g}"
        elif self.most is not None:
            met, words = figure <= self.most, f"at most {self.most:g}"
        else:
            return ""
        return f"(target: {words}; {'met' if met else 'MISSED'})"


def say(words: str) -> None:
    """One line, seen at once."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def figure(name: str, value: float, target: Target, unit: str = "") -> None:
    """One line of the table."""
    say(f"  {name:<58}{value:8.2f}{unit} {target.verdict(value)}".rstrip())


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
