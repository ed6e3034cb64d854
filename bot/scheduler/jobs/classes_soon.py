"""Classes that are to come: reminders, rosters, too few or many, supervisors told of the week."""

from __future__ import annotations

import datetime as dt

from bot.campaigns import class_reminders, class_watch, team_weeks
from bot.context import Ctx
from bot.scheduler.registry import Job, register


def run(ctx: Ctx) -> None:
    """Queue all that is due."""
    class_reminders.remind(ctx)
    class_watch.report(ctx)
    team_weeks.report(ctx)


def next_due(ctx: Ctx, after: dt.datetime) -> dt.datetime | None:
    """The next of them."""
    moments = (
        class_reminders.next_reminder(ctx, after),
        class_watch.next_report(ctx, after),
        team_weeks.next_report(ctx, after),
    )
    return min((moment for moment in moments if moment is not None), default=None)


register(Job("classes_soon", 15, run, next_due))
