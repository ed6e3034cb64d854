"""Requests for training: decisions take effect, what waits too long is passed on."""

from __future__ import annotations

import datetime as dt

from bot.context import Ctx
from bot.scheduler.registry import Job, register
from bot.training import decisions, deputies, passing_on


def settle(ctx: Ctx) -> None:
    """Decisions take effect; what nobody decided in time ends."""
    decisions.settle(ctx)
    decisions.end_waiting(ctx)


def next_effect(ctx: Ctx, after: dt.datetime) -> dt.datetime | None:
    """The first moment at which a decision takes effect, or a request comes to its end."""
    return _first(decisions.next_effect(ctx, after), decisions.next_start(ctx, after))


def chase(ctx: Ctx) -> None:
    """Deputies go when their day is over; what waits long is reminded of, and passed on."""
    deputies.end_past(ctx)
    passing_on.chase(ctx)


def next_due(ctx: Ctx, after: dt.datetime) -> dt.datetime | None:
    """The first moment at which one of these has something to do."""
    return _first(deputies.next_end(ctx, after), passing_on.next_due(ctx, after))


def _first(*moments: dt.datetime | None) -> dt.datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)


register(Job("approvals", 2, settle, next_effect))
register(Job("waiting_approvals", 30, chase, next_due))
