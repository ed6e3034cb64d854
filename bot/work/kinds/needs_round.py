"""Everybody's questionnaires of a round brought in line with it, a thousand people in a commit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bot.context import Actor, Ctx
from bot.models.needs import NeedsRound, RoundState
from bot.needs import asking, rounds
from bot.people import heads
from bot.work.queue import Job, Workshop, worker


@worker(rounds.KIND)
def bring_in_line(workshop: Workshop, job: Job) -> None:
    """Ask whoever the round `round` is for and was not asked; lift, extend and close what is no
    longer so; take up needs that waited. Safe to repeat, so that a worker may take it up again.
    """
    with _acting(workshop) as ctx:
        row = ctx.session.get(NeedsRound, job.params["round"])
        if row is None:
            return
        leading = heads.all_heads(ctx.session) if row.state is RoundState.OPEN else frozenset()
        stretches = asking.stretches(ctx)
    for stretch in stretches:
        with _acting(workshop) as ctx:
            row = rounds.row_of(ctx.session, job.params["round"])
            asking.turn(ctx, row, stretch, leading)
    while _gather(workshop, job):
        pass


def _gather(workshop: Workshop, job: Job) -> int:
    with _acting(workshop) as ctx:
        return asking.gather(ctx, rounds.row_of(ctx.session, job.params["round"]))


@contextmanager
def _acting(workshop: Workshop) -> Iterator[Ctx]:
    actor = Actor(zone=workshop.settings.timezone, is_system=True)
    with workshop.database.transaction() as session:
        yield Ctx(session, workshop.clock, actor, workshop.settings)
