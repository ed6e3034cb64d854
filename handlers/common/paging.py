"""What is too much for one message, a page at a time; nothing is left out in silence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from bot.i18n import Words
from bot.long_text import in_bodies
from bot.screens import Button

T = TypeVar("T")
Rows: TypeAlias = list[tuple[Button, ...]]


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """The page with this `number` of `count`, counted from 0, and what it shows."""

    shown: tuple[T, ...]
    number: int
    count: int

    def rows(self, action: Callable[[int], str]) -> Rows:
        """The row that turns pages, or none where one page holds all."""
        return turning(self.number, self.count, action)


def page_of(items: Sequence[T], number: int, size: int) -> Page[T]:
    """A page of `size` items; the last one where the number is too high by now."""
    count = max(1, -(-len(items) // size))
    number = min(max(number, 0), count - 1)
    return Page(tuple(items[number * size : (number + 1) * size]), number, count)


def page_of_lines(lines: Sequence[Words], number: int) -> Page[Words]:
    """As many whole lines as a message holds; a longer line goes on on the next page."""
    bodies = in_bodies(lines)
    number = min(max(number, 0), len(bodies) - 1)
    return Page(bodies[number], number, len(bodies))


def turning(number: int, count: int, action: Callable[[int], str]) -> Rows:
    """Buttons to the page before, this one and the next; `action` makes their data."""
    if count < 2:
        return []
    row = [Button(f"{number + 1}/{count}", action(number))]
    if number > 0:
        row.insert(0, Button("‹", action(number - 1)))
    if number + 1 < count:
        row.append(Button("›", action(number + 1)))
    return [tuple(row)]
