"""Requests for training: decisions take effect, what waits too long is passed on."""

from __future__ import annotations

import datetime as dt

from bot.context import Ctx
from bot.scheduler.registry import Job, register
from bot.training import decisions, deputies, passing_on


def chase(ctx: Ctx) -> None:
    """End what has come to its end by itself; remind of the rest, and pass it on."""
    deputies.end_past(ctx)
    decisions.end_waiting(ctx)
    passing_on.chase(ctx)


def next_due(ctx: Ctx, after: dt.datetime) -> dt.datetime | None:
    """The first moment at which one of these has something to do."""
    moments = (
        deputies.next_end(ctx, after),
        decisions.next_start(ctx, after),
        passing_on.next_due(ctx, after),
    )
    return min((moment for moment in moments if moment is not None), default=None)


register(Job("approvals", 2, decisions.settle, decisions.next_effect))
register(Job("waiting_approvals", 300, chase, next_due))
