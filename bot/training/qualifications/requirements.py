"""What a post requires of whoever holds it; positions are compared in the spelling that people
are searched with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session

from bot.models.people import Person
from bot.models.qualifications import Curriculum, Requirement, RequirementKind
from bot.people.search import fold


@dataclass(frozen=True, slots=True)
class Required:
    """One curriculum that a post requires; `within_days` of taking it up, or None."""

    curriculum_id: int
    kind: RequirementKind
    within_days: int | None


class PostBook:
    """What every post requires, read once. Curricula that were retired are required by none."""

    def __init__(self, session: Session) -> None:
        rows = session.scalars(
            select(Requirement)
            .join(Curriculum, Curriculum.id == Requirement.curriculum_id)
            .where(Curriculum.active)
            .order_by(Requirement.id)
        )
        found: dict[str, dict[int, Required]] = defaultdict(dict)
        for row in rows:
            of_post = found[fold(row.position)]
            new = Required(row.curriculum_id, row.kind, row.within_days)
            of_post[row.curriculum_id] = _stricter(of_post.get(row.curriculum_id), new)
        self._found: Mapping[str, Mapping[int, Required]] = found

    def of(self, position: str) -> Mapping[int, Required]:
        """What a position requires, by curriculum."""
        return self._found.get(fold(position), {}) if position else {}


def holders(session: Session, positions: Iterable[str]) -> list[int]:
    """The active people who hold one of these positions, however it is spelt; by id."""
    wanted = {fold(position) for position in positions if position}
    spelt = [
        position
        for position in session.scalars(select(Person.position).distinct())
        if fold(position) in wanted
    ]
    query = select(Person.id).where(Person.position.in_(spelt), Person.active, ~Person.guest)
    return list(session.scalars(query.order_by(Person.id)))


def _stricter(known: Required | None, new: Required) -> Required:
    """Of two spellings of one post the core one counts, and the shorter time."""
    if known is None:
        return new
    days = [one for one in (known.within_days, new.within_days) if one is not None]
    is_core = RequirementKind.CORE in (known.kind, new.kind)
    kind = RequirementKind.CORE if is_core else RequirementKind.ENHANCED
    return Required(new.curriculum_id, kind, min(days, default=None))
