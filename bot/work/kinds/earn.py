"""What many people have earned: written down a few hundred people at a time."""

from __future__ import annotations

from bot.context import SYSTEM, Ctx
from bot.training.qualifications import afterwards
from bot.work.queue import Job, Workshop, worker


@worker(afterwards.WORK)
def earn(workshop: Workshop, job: Job) -> None:
    """Go through the `people`, or through everybody for the `curricula`; begun anew where it was
    cut off, since what is written down already is not written twice.
    """
    after = 0
    while True:
        with workshop.database.transaction() as session:
            ctx = Ctx(session, workshop.clock, SYSTEM, workshop.settings)
            people = afterwards.next_people(ctx, job.params, after)
            if not people:
                return
            afterwards.step(ctx, job.params, people)
            after = people[-1]
