"""What is watched while Rollcall runs: queues, the disk, backups; and when each is too much."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from bot.config import Settings
from bot.models.delivery import ItemState, OutboxItem
from bot.models.work import WorkItem, WorkState

LATE_SECONDS = 900.0
"""A queue whose oldest has waited longer is late."""
ON_TIME_SECONDS = 120.0
"""One that was late is on time again below this."""
DISK_FULL = 300_000_000
"""Bytes; with less left, the disk counts as nearly full."""
DISK_ROOMY = 600_000_000
"""Bytes; with more left, that is over."""
BACKUP_MADE = "backup"
"""The heartbeat that says when the last nightly backup was made."""
BACKUP_OLD = dt.timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Queue:
    """How many wait, and for how long the oldest has, in seconds."""

    waiting: int
    lag: float


def due(session: Session, now: dt.datetime) -> Queue:
    """What should have been sent by now and was not."""
    query = select(func.count(), func.min(OutboxItem.due_at)).where(
        OutboxItem.state == ItemState.QUEUED, OutboxItem.due_at <= now
    )
    return _queue(session, query, now)


def work(session: Session, now: dt.datetime) -> Queue:
    """Long jobs that nobody has begun yet."""
    query = select(func.count(), func.min(WorkItem.made_at)).where(
        WorkItem.state == WorkState.QUEUED
    )
    return _queue(session, query, now)


def free_bytes(settings: Settings) -> int | None:
    """Room on the disk of a SQLite database; None where a server has its own disk."""
    path = settings.sqlite_path
    return None if path is None else shutil.disk_usage(path.absolute().parent).free


def _queue(session: Session, query: Any, now: dt.datetime) -> Queue:
    waiting, oldest = session.execute(query).one()
    return Queue(waiting, 0.0 if oldest is None else max(0.0, (now - oldest).total_seconds()))
