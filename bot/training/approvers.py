"""Who decides about an officer's training: the supervisor on duty, or who stands in for them.

Nobody decides about themselves. A supervisor who is away or not on Telegram is passed over up
the line; where nobody is left, it is as `last_in_line` says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import exists, or_, select
from sqlmodel import Session

from bot.context import Ctx
from bot.models.approvals import Deputy
from bot.models.chats import Chat
from bot.models.people import Person, Role
from bot.people import access
from bot.people.access import supervisor_of
from bot.people.access_table import Action
from bot.training import last_in_line

MOST_STEPS = 20


def line_of(session: Session, person_id: int, today: dt.date) -> list[int]:
    """Who can decide about a person today, the nearest first; each is linked and on duty."""
    found: list[int] = []
    above = _above(session, person_id, today)
    for _step in range(MOST_STEPS):
        if above is None:
            break
        acting = on_duty(session, above, today)
        if acting is not None and acting != person_id and acting not in found:
            found.append(acting)
        above = _above(session, above, today)
    return found


def on_duty(session: Session, person_id: int, today: dt.date) -> int | None:
    """The person or, while there is one, the deputy; None if neither can be reached."""
    return all_on_duty(session, [person_id], today).get(person_id)


def all_on_duty(session: Session, person_ids: Collection[int], today: dt.date) -> dict[int, int]:
    """The same for many at once; whoever has nobody on duty is left out."""
    rows = session.execute(
        select(Deputy.person_id, Deputy.deputy_id).where(
            Deputy.person_id.in_(person_ids), Deputy.until_on >= today
        )
    )
    acting = {one: one for one in person_ids} | dict(rows.all())
    reached = _reached(session, set(acting.values()), today)
    return {one: deputy for one, deputy in acting.items() if deputy in reached}


def decides_for(ctx: Ctx, approver_id: int) -> set[int]:
    """Whose approvals a person decides today: their own, and those of whom they deputise."""
    deputised = ctx.session.scalars(
        select(Deputy.person_id).where(
            Deputy.deputy_id == approver_id, Deputy.until_on >= ctx.today()
        )
    )
    return {approver_id, *deputised}


def leads(ctx: Ctx, person_id: int) -> bool:
    """Whether the actor is who decides about this person first, or the training unit."""
    if access.may_about(ctx, Action.DECIDE, person_id):
        return person_id != ctx.actor.person_id
    person = ctx.session.get(Person, person_id)
    above = supervisor_of(person, ctx.today()) if person is not None else None
    return above is not None and on_duty(ctx.session, above, ctx.today()) == ctx.actor.person_id


def is_deputy(session: Session, person_id: int) -> bool:
    """Whether somebody stands in for another; rows that have ended are taken away by a job."""
    found = session.execute(select(Deputy.person_id).where(Deputy.deputy_id == person_id).limit(1))
    return found.first() is not None


def has_to_decide(session: Session, person_id: int) -> bool:
    """Whether somebody decides who may lead nobody: as a deputy, or as the last who is left."""
    return is_deputy(session, person_id) or bool(last_in_line.left_to(session, person_id))


def _above(session: Session, person_id: int, today: dt.date) -> int | None:
    person = session.get(Person, person_id)
    return supervisor_of(person, today) if person is not None else None


def _reached(session: Session, person_ids: Collection[int], today: dt.date) -> set[int | None]:
    here = or_(Person.away_until.is_(None), Person.away_until < today)
    linked = exists().where(Chat.person_id == Person.id, Chat.blocked_at.is_(None))
    found = select(Person.id).where(Person.id.in_(person_ids), Person.active, here, linked)
    return set(session.scalars(found))


access.register_role_source(Role.SUPERVISOR, has_to_decide)
