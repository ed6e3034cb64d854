"""The ratings of a very large round added up, so that its topics can be ranked in the chat."""

from __future__ import annotations

from bot.context import SYSTEM, Ctx
from bot.needs import sums
from bot.work.queue import Job, Workshop, worker


@worker(sums.KIND)
def add_up(workshop: Workshop, job: Job) -> None:
    """Add up the ratings of round `round` while others write, then keep them; safe to repeat."""
    round_id = int(job.params["round"])
    with workshop.database.transaction(readonly=True) as session:
        found = sums.reckon(Ctx(session, workshop.clock, SYSTEM, workshop.settings), round_id)
    with workshop.database.transaction() as session:
        sums.keep(Ctx(session, workshop.clock, SYSTEM, workshop.settings), round_id, found)
