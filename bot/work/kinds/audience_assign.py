"""A qualification that everybody of an audience is to earn, assigned chunk by chunk."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select
from sqlmodel import Session

from bot.campaigns.audiences import clauses, saved
from bot.campaigns.audiences.telling import AUDIENCE_ASSIGNED
from bot.context import Actor, Ctx
from bot.delivery import outbox
from bot.models.people import Person
from bot.models.qualifications import AssignedBy
from bot.people.access_table import Action
from bot.training.qualifications import assigning
from bot.work.queue import Job, Workshop, worker

KIND = "audience_assign"
CHUNK = 500
"""Ids of people looked at in one transaction."""


@worker(KIND)
def assign(workshop: Workshop, job: Job) -> None:
    """Have everybody of `audience` earn `curriculum` until `due_on`; who asked is told how many.

    Refuses an audience, or a curriculum, that is not there any more. Somebody who was to earn it
    already is not told again, so that a worker may take it up once more.
    """
    with workshop.database.transaction(readonly=True) as session:
        last = session.execute(select(func.max(Person.id))).scalar() or 0
    new = 0
    for after in range(0, last, CHUNK):
        with workshop.database.transaction() as session:
            new += _assign_chunk(_acting(workshop, job, session), job, after)
    with workshop.database.transaction() as session:
        params = {**job.params, "new": new}
        assert job.requested_by is not None, "only a person assigns"
        ctx = _acting(workshop, job, session)
        outbox.tell(ctx, AUDIENCE_ASSIGNED, job.requested_by, params, key=job.key)


def _assign_chunk(ctx: Ctx, job: Job, after: int) -> int:
    card = saved.card(ctx, job.params["audience"])
    who = clauses.audience(ctx, clauses.read(card.rule), Action.ASSIGN)
    ids = ctx.session.scalars(
        select(Person.id).where(Person.id > after, Person.id <= after + CHUNK, who)
    ).all()
    if not ids:
        return 0
    day = job.params["due_on"]
    due_on = dt.date.fromisoformat(day) if day else None
    people = [person_id for person_id in ids if person_id is not None]
    return assigning.assign_all(ctx, people, job.params["curriculum"], due_on, AssignedBy.AUDIENCE)


def _acting(workshop: Workshop, job: Job, session: Session) -> Ctx:
    actor = Actor(person_id=job.requested_by, zone=workshop.settings.timezone)
    return Ctx(session, workshop.clock, actor, workshop.settings)
