"""A long list of a class that was cancelled, emptied a hundred people at a time."""

from __future__ import annotations

from collections.abc import Callable

from bot.context import Actor, Ctx
from bot.delivery import outbox
from bot.training import calling_off
from bot.training.calling_off import CLASS_EMPTIED
from bot.work.queue import Job, Workshop, worker


@worker(calling_off.WORK)
def empty(workshop: Workshop, job: Job) -> None:
    """Take everybody off the list of `class`, with the `reason`; who cancelled it is told then.

    A worker that takes it up again goes on with those who are left, and it ends where the class
    is held after all.
    """
    about, reason = job.params["class"], job.params["reason"]

    def hop(act: Callable[[Ctx], int]) -> int:
        with workshop.database.transaction() as session:
            actor = Actor(person_id=job.requested_by, zone=workshop.settings.timezone)
            return act(Ctx(session, workshop.clock, actor, workshop.settings))

    while hop(lambda ctx: calling_off.take_off_some(ctx, about, reason)):
        pass
    hop(lambda ctx: _tell(ctx, job))


def _tell(ctx: Ctx, job: Job) -> int:
    if job.requested_by is None:
        return 0
    params = {"class": job.params["class"]}
    outbox.tell(ctx, CLASS_EMPTIED, job.requested_by, params, key=job.key)
    return 1
