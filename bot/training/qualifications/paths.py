"""A way to earn: the items of a curriculum, and on which day somebody had completed enough."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.training.equivalence import Learned, What

Evidence: TypeAlias = tuple[tuple[What, dt.date], ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A course of a curriculum."""

    course_id: int
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Path:
    """The items of one curriculum in their order; `needed` as `Curriculum` has it."""

    curriculum_id: int
    items: tuple[Item, ...]
    needed: int | None = None

    @property
    def required(self) -> tuple[Item, ...]:
        """What cannot be left out: all, where nothing is optional by choice of number."""
        required = tuple(item for item in self.items if not item.optional)
        return self.items if not required and self.needed is None else required

    @property
    def count(self) -> int:
        """How many items have to be completed in all."""
        return max(len(self.required), self.needed or 0)


@dataclass(frozen=True, slots=True)
class Met:
    """On which day enough was completed, by which way, and with what."""

    on: dt.date
    curriculum_id: int
    evidence: Evidence


def met(path: Path, learned: Learned, since: dt.date | None = None) -> Met | None:
    """The first day on which enough was completed, counting from `since`; None if it is not."""
    required, chosen = path.required, []
    for item in required:
        day = _first(learned, item, since)
        if day is None:
            return None
        chosen.append((day, item))
    more = path.count - len(required)
    others = [
        (day, item)
        for item in (path.items if more else ())
        if item not in required and (day := _first(learned, item, since)) is not None
    ]
    if len(others) < more or path.count == 0:
        return None
    chosen += sorted(others, key=lambda one: one[0])[:more]
    on = max(day for day, _item in chosen)
    items = [item for _day, item in chosen]
    return Met(on, path.curriculum_id, _evidence(learned, items, since, on))


def _first(learned: Learned, item: Item, since: dt.date | None) -> dt.date | None:
    days = (day for day, _what in learned.days(item.course_id))
    return min((day for day in days if since is None or day >= since), default=None)


def _evidence(
    learned: Learned, items: Sequence[Item], since: dt.date | None, on: dt.date
) -> Evidence:
    """Of each item the last completion that counts: what came before it may be taken back."""
    found = []
    for item in items:
        day, what = max(
            (
                one
                for one in learned.days(item.course_id)
                if one[0] <= on and (since is None or one[0] >= since)
            ),
            key=lambda one: (one[0], one[1] == item.course_id),
        )
        found.append((what, day))
    return tuple(found)
