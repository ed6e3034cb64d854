"""What follows for many people from a roster, or from what posts require, in short steps."""

from __future__ import annotations

import datetime as dt

from bot.calendar import DAY, instant, local_date
from bot.context import Actor, Ctx
from bot.training.qualifications import posts
from bot.work.queue import Job, Workshop, worker

MORNING = dt.time(9)


@worker(posts.WORK)
def follow(workshop: Workshop, job: Job) -> None:
    """Go through these people, so many in one transaction; a second worker repeats it harmlessly.

    What is new to them they hear the next morning: files that belong together come one by one.
    """
    settings = workshop.settings
    morning = instant(
        local_date(workshop.clock.now(), settings.timezone) + DAY, MORNING, settings.timezone
    )
    actor = Actor(person_id=job.requested_by, zone=settings.timezone)
    for chunk in posts.chunks(job.params["people"]):
        with workshop.database.transaction() as session:
            ctx = Ctx(session, workshop.clock, actor, settings)
            posts.follow(ctx, chunk, tell_at=morning)
