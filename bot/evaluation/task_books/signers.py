"""Who may sign a task: by the line of supervisors, the trainers of the office, or the unit.

Nobody signs for themselves. Where nobody is left the training unit signs.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session

from bot.context import Ctx
from bot.models.on_the_job import Signer, TaskItem
from bot.models.people import Person, Role
from bot.models.training import Trainer
from bot.people import access, reach
from bot.people.access_table import Action
from bot.training import approvers, organisation, trainers

STEPS_UP = 4
"""So far up the line a signature may have passed, one who is away after another."""


def of(session: Session, person_id: int, signer: Signer, today: dt.date) -> list[int]:
    """Who is asked to sign a task of this person today, the nearest first."""
    person = session.get_one(Person, person_id)
    found: list[int] = []
    if signer in (Signer.SUPERVISOR, Signer.SUPERIOR):
        line = approvers.line_of(session, person_id, today)
        found = line[: 1 if signer is Signer.SUPERVISOR else 2]
    elif signer is Signer.TRAINER:
        found = _trainers_near(session, person)
    return found or _unit(session, person)


def to_tell(session: Session, person_id: int, signer: Signer, today: dt.date) -> list[int]:
    """Who is told that a task waits: of a line only the nearest, else all of them."""
    found = of(session, person_id, signer, today)
    return found[:1] if signer is Signer.SUPERIOR else found


def may_sign(ctx: Ctx, person_id: int, signer: Signer) -> bool:
    """Whether the actor may sign a task of this person; the unit may in its part, of any."""
    own = ctx.actor.person_id
    if own is None or own == person_id:
        return False
    if access.may_about(ctx, Action.CONFIRM_EVIDENCE, person_id):
        return True
    return own in of(ctx.session, person_id, signer, ctx.today())


def may_concern(ctx: Ctx) -> ColumnElement[bool]:
    """A condition on Person and TaskItem that holds for every task the actor may be asked for,
    and for some others.
    """
    own = ctx.actor.person_id
    conditions = [led_from_afar(ctx), reach.within(ctx, Action.CONFIRM_EVIDENCE)]
    if own is not None and trainers.is_trainer(ctx.session, own):
        conditions.append(TaskItem.signer == Signer.TRAINER)
    return and_(Person.id != own, or_(*conditions))


def led_from_afar(ctx: Ctx) -> ColumnElement[bool]:
    """A condition on Person that holds for all whose line of supervisors may lead to the actor."""
    own = ctx.actor.person_id
    leads = approvers.decides_for(ctx, own) if own is not None else set()
    above = aliased(Person)
    query = select(above.id).where(
        or_(above.supervisor_id.in_(leads), above.acting_supervisor_id.in_(leads))
    )
    found = [query]
    for _step in range(STEPS_UP - 1):
        below = aliased(Person)
        query = select(below.id).where(
            or_(below.supervisor_id.in_(query), below.acting_supervisor_id.in_(query))
        )
        found.append(query)
    return or_(*(Person.id.in_(one) for one in found))


def _trainers_near(session: Session, person: Person) -> list[int]:
    """Trainers of the pool who serve in the person's office, else in what it belongs to, the
    nearest one that has any.
    """
    for office in organisation.load(session).line(person.unit_id):
        found = session.scalars(
            select(Person.id)
            .join(Trainer, Trainer.person_id == Person.id)
            .where(Person.unit_id == office, Person.active, Person.id != person.id)
            .order_by(Person.id)
        ).all()
        if found:
            return [one for one in found if one is not None]
    return []


def _unit(session: Session, person: Person) -> list[int]:
    members = access.people_with(session, Role.UNIT, person.unit_id)
    return [member for member in members if member != person.id]
