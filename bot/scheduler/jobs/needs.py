"""Surveys of needs open and close by themselves; who joins meanwhile is asked, too."""

from __future__ import annotations

import datetime as dt

from bot import long_work
from bot.context import Ctx
from bot.needs import rounds
from bot.scheduler import due
from bot.scheduler.registry import Job, register

LOOKED = "needs_round"
EVERY = dt.timedelta(hours=6)


def look(ctx: Ctx) -> None:
    """Turn the rounds that are due; from time to time have an open one look for newcomers."""
    rounds.turn_due(ctx)
    row = rounds.open_round(ctx.session)
    if row is None:
        return
    age = due.age_of(ctx.session, LOOKED, ctx.now())
    if age is None or not 0 <= age < EVERY.total_seconds():
        long_work.queue_for_all(ctx, rounds.KIND, {"round": row.id})
        due.beat(ctx.session, LOOKED, ctx.now())


register(Job("needs", 60, look, rounds.next_turn))
