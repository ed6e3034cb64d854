"""What goes wrong slowly is told to the operator when it begins, and when it is over."""

from __future__ import annotations

from bot.context import Ctx
from bot.delivery import alarms
from bot.delivery.alarms import Alarm
from bot.models.system import Heartbeat, Instance
from bot.scheduler import watched
from bot.scheduler.registry import Job, register
from bot.scheduler.watched import Queue

EVERY_SECONDS = 300


def run(ctx: Ctx) -> None:
    """Look at queues, disk and backups; a sandbox, whose clock jumps, is not watched."""
    if ctx.settings.sandbox:
        return
    _watch_queues(ctx)
    _watch_disk(ctx)
    _watch_backups(ctx)


def _watch_queues(ctx: Ctx) -> None:
    instance = ctx.session.get(Instance, 1)
    if instance is None or not instance.held:
        _judge(ctx, Alarm.OUTBOX_LATE, watched.due(ctx.session, ctx.now()))
    _judge(ctx, Alarm.WORK_LATE, watched.work(ctx.session, ctx.now()))


def _judge(ctx: Ctx, alarm: Alarm, queue: Queue) -> None:
    if queue.lag > watched.LATE_SECONDS:
        alarms.begins(ctx, alarm, minutes=round(queue.lag / 60))
    elif queue.lag < watched.ON_TIME_SECONDS:
        alarms.ends(ctx, alarm)


def _watch_disk(ctx: Ctx) -> None:
    free = watched.free_bytes(ctx.settings)
    if free is None:
        return
    if free < watched.DISK_FULL:
        alarms.begins(ctx, Alarm.DISK_FULL, megabytes=free // 1_000_000)
    elif free > watched.DISK_ROOMY:
        alarms.ends(ctx, Alarm.DISK_FULL)


def _watch_backups(ctx: Ctx) -> None:
    """Whoever wants none, or has never had one, is told by the backup itself."""
    last = ctx.session.get(Heartbeat, watched.BACKUP_MADE)
    if last is None or not ctx.settings.backup_recipient:
        return
    if ctx.now() - last.at > watched.BACKUP_OLD:
        alarms.begins(ctx, Alarm.BACKUP_OLD)
    else:
        alarms.ends(ctx, Alarm.BACKUP_OLD)


register(Job("watch", EVERY_SECONDS, run))
