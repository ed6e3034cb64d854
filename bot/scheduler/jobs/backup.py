"""Every night at three, where the installation is, a backup is asked for."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from bot.calendar import instant, local_date
from bot.context import Ctx
from bot.delivery import alarms, outbox
from bot.delivery.alarms import Alarm
from bot.delivery.outbox import NoticeKind
from bot.models.delivery import Urgency
from bot.models.work import WorkItem
from bot.scheduler.registry import Job, register
from bot.work.queue import queue

AT = dt.time(3)
KIND = "backup"
BACKUP_MADE = outbox.declare(NoticeKind("backup_made", Urgency.NOW))
NO_RECIPIENT = "ROLLCALL_BACKUP_RECIPIENT is not set, so that there is nobody to seal it for."


def run(ctx: Ctx) -> None:
    """Ask for tonight's backup, once; without a recipient tell the operator, once a week.

    A sandbox holds nobody's data and makes none.
    """
    tonight = instant(local_date(ctx.now(), ctx.settings.timezone), AT, ctx.settings.timezone)
    if ctx.settings.sandbox or ctx.now() < tonight:
        return
    if not ctx.settings.backup_recipient:
        week = f"{ctx.now():%G-W%V}"
        alarms.raise_alarm(ctx, Alarm.BACKUP_FAILED, week, reason=NO_RECIPIENT)
    elif not _is_asked_for(ctx, tonight):
        queue(ctx, KIND, {})


def _is_asked_for(ctx: Ctx, since: dt.datetime) -> bool:
    asked = select(WorkItem.id).where(WorkItem.kind == KIND, WorkItem.made_at >= since)
    return ctx.session.execute(asked.limit(1)).first() is not None


register(Job("backup", 300, run))
