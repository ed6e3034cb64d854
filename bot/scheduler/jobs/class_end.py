"""Classes that have ended: their trainees and trainers are asked."""

from __future__ import annotations

import datetime as dt

from bot.context import Ctx
from bot.evaluation import class_end
from bot.scheduler.registry import Job, register


def next_due(ctx: Ctx, after: dt.datetime) -> dt.datetime | None:
    """The next end of a class."""
    return class_end.next_end(ctx.session, after, ctx.settings.timezone)


register(Job("class_end", 15, class_end.arrange, next_due))
