"""Heads of offices are told which cover a published plan asks of them, some offices at a time."""

from __future__ import annotations

from bot.context import Actor, Ctx
from bot.models.planning import AnnualPlan
from bot.planning import cover, publishing
from bot.work.queue import Job, Workshop, worker

CHUNK = 50
"""Offices whose heads are looked for in one transaction."""


@worker(publishing.WORK)
def tell_heads(workshop: Workshop, job: Job) -> None:
    """Tell the heads of all offices of `plan`; whoever was told of this version is not told
    again when a worker takes it up once more.
    """
    plan_id = job.params["plan"]
    actor = Actor(person_id=job.requested_by, zone=workshop.settings.timezone)
    with workshop.database.transaction(readonly=True) as session:
        ctx = Ctx(session, workshop.clock, actor, workshop.settings)
        units = publishing.all_units(ctx)
        totals = cover.totals(session, session.get_one(AnnualPlan, plan_id))
    for first in range(0, len(units), CHUNK):
        part = units[first : first + CHUNK]
        with workshop.database.transaction(readonly=True) as session:
            ctx = Ctx(session, workshop.clock, actor, workshop.settings)
            offices = publishing.needing_cover(ctx, plan_id, part, totals)
        with workshop.database.transaction() as session:
            ctx = Ctx(session, workshop.clock, actor, workshop.settings)
            publishing.tell_heads(ctx, plan_id, offices, totals)
