"""Messages to many that are under way: their recipients gathered, fed to the courier, settled."""

from __future__ import annotations

from bot.campaigns.broadcasts import keeping, running
from bot.context import Ctx
from bot.scheduler.registry import Job, register
from bot.work import queue
from bot.work.kinds import broadcast


def run(ctx: Ctx) -> bool:
    """A step of each, and the long work of those that begin; whether a step is left to do."""
    for row in running.to_gather(ctx):
        row.counts = {**row.counts, "gathering": True}
        queue.queue(keeping.as_maker(ctx, row), broadcast.KIND, {"broadcast": row.id})
    return running.run(ctx)


register(Job("broadcasts", 5, run, running.next_due))
