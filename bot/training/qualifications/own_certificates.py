"""Who decides about a certificate of the training unit's own member: a colleague, and where there
is none an executive or somebody of HR.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, select
from sqlmodel import Session

from bot.context import Ctx
from bot.models.people import Grant, Person, Role
from bot.people import access, reach
from bot.people.access_table import Reach

STAND_INS = (Role.EXECUTIVE, Role.HR)


def deciders(session: Session, person: Person) -> list[int]:
    """Who is told of a certificate of this person, and decides about it; nobody where they are
    alone in all of this.
    """
    return _others(session, person, Role.UNIT) or _stand_ins(session, person)


def is_left_alone(session: Session, person: Person) -> bool:
    """Whether nobody but they themself can decide: of the unit, and nobody stands in."""
    unit = access.people_with(session, Role.UNIT, person.unit_id)
    return person.id in unit and not deciders(session, person)


def _stand_ins(session: Session, person: Person) -> list[int]:
    found = (one for role in STAND_INS for one in _others(session, person, role))
    return list(dict.fromkeys(found))


def _others(session: Session, person: Person, role: Role) -> list[int]:
    found = access.people_with(session, role, person.unit_id)
    return [person_id for person_id in found if person_id != person.id]


def _is_left(ctx: Ctx, person_id: int) -> bool:
    """Whether a certificate of this person is left to the actor, for want of a colleague."""
    person = ctx.session.get(Person, person_id)
    if person is None or person.id not in access.people_with(ctx.session, Role.UNIT):
        return False
    alone = not _others(ctx.session, person, Role.UNIT)
    return alone and ctx.actor.person_id in _stand_ins(ctx.session, person)


def _left(ctx: Ctx) -> ColumnElement[bool]:
    unit = ctx.session.scalars(select(Grant.person_id).where(Grant.role == Role.UNIT).distinct())
    return Person.id.in_([one for one in unit.all() if _is_left(ctx, one)])


access.register_reach(Reach.LEFT, _is_left)
reach.register_clause(Reach.LEFT, _left)
