"""The tree of offices, read once for questions about many of its parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session

from bot.models.people import Unit


@dataclass(frozen=True, slots=True)
class Organisation:
    """Every office with what it belongs to and what belongs to it, by id."""

    parents: Mapping[int, int | None]
    children: Mapping[int, Sequence[int]]

    def line(self, unit_id: int) -> list[int]:
        """An office and everything it belongs to, the nearest first."""
        found: list[int] = []
        current: int | None = unit_id
        while current is not None and current not in found:
            found.append(current)
            current = self.parents.get(current)
        return found

    def above(self, unit_id: int) -> set[int]:
        """The same in no order."""
        return set(self.line(unit_id))

    def below(self, unit_id: int) -> set[int]:
        """An office and everything that belongs to it."""
        found: set[int] = set()
        waiting = [unit_id]
        while waiting:
            current = waiting.pop()
            if current not in found:
                found.add(current)
                waiting.extend(self.children.get(current, ()))
        return found


def load(session: Session) -> Organisation:
    """The tree as it is now."""
    parents: dict[int, int | None] = {}
    children: dict[int, list[int]] = defaultdict(list)
    for unit_id, parent in session.execute(select(Unit.id, Unit.parent_id)):
        parents[unit_id] = parent
        if parent is not None:
            children[parent].append(unit_id)
    return Organisation(parents, children)
