"""The list of recipients of a message to many, made a chunk in each transaction."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from bot.campaigns.broadcasts import gathering
from bot.context import SYSTEM, Ctx
from bot.work.queue import Job, Workshop, worker

Result = TypeVar("Result")
KIND = "broadcast"


@worker(KIND)
def gather(workshop: Workshop, job: Job) -> None:
    """Put everybody of the audience of message `broadcast` on its list, then let it go out.

    A worker that takes it up again finds who is on the list already.
    """
    broadcast_id = job.params["broadcast"]

    def hop(function: Callable[[Ctx], Result]) -> Result:
        with workshop.database.transaction() as session:
            return function(Ctx(session, workshop.clock, SYSTEM, workshop.settings))

    prepared = hop(partial(gathering.begin, broadcast_id=broadcast_id))
    after: int | None = 0 if prepared is not None else None
    while prepared is not None and after is not None:
        after = hop(partial(gathering.take, gathering=prepared, after=after))
    hop(partial(gathering.end, broadcast_id=broadcast_id))
