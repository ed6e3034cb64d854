"""Who runs the survey of needs: members of the training unit for the whole administration."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import Session

from bot.models.people import Grant, Person, Role


def of(session: Session) -> Sequence[int]:
    """Their ids, those only who serve."""
    return session.scalars(
        select(Grant.person_id)
        .join(Person, Person.id == Grant.person_id)
        .where(Grant.role == Role.UNIT, Grant.scope_unit_id.is_(None), Person.active)
        .order_by(Grant.person_id)
        .distinct()
    ).all()
