"""Qualifications that end, or have to be earned: who holds them and who leads them are told."""

from __future__ import annotations

import datetime as dt

from bot.campaigns import assignment_reminders, qualification_reminders
from bot.context import Ctx
from bot.scheduler.registry import Job, register


def run(ctx: Ctx) -> None:
    """Queue all that is due."""
    qualification_reminders.remind(ctx)
    assignment_reminders.remind(ctx)


def next_due(ctx: Ctx, after: dt.datetime) -> dt.datetime | None:
    """The next of them."""
    moments = (
        qualification_reminders.next_reminder(ctx, after),
        assignment_reminders.next_reminder(ctx, after),
    )
    return min((moment for moment in moments if moment is not None), default=None)


register(Job("qualifications", 15, run, next_due))
