"""Reminders to those who have not answered, by the rules of the campaigns."""

from __future__ import annotations

import datetime as dt

from bot.campaigns import nudges
from bot.context import Ctx
from bot.scheduler.registry import Job, register


def next_due(ctx: Ctx, after: dt.datetime) -> dt.datetime | None:
    """The next reminder."""
    return nudges.next_reminder(ctx.session, after, ctx.settings.timezone)


register(Job("nudges", 15, nudges.remind, next_due))
