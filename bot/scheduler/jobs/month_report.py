"""The director's picture of the month, asked for when it is due."""

from __future__ import annotations

from dataclasses import replace

from bot.campaigns import monthly
from bot.context import Actor, Ctx
from bot.scheduler.registry import Job, register
from bot.work.queue import is_asked_for, queue

WORK = "month"


def run(ctx: Ctx) -> None:
    """Have every picture made that is due and was not asked for before."""
    for person_id, month in monthly.due(ctx):
        params = {"month": month, "person": person_id}
        if not is_asked_for(ctx, WORK, params, ended=True):
            queue(replace(ctx, actor=Actor(person_id=person_id)), WORK, params)


register(Job("month_report", 60, run, monthly.next_report))
