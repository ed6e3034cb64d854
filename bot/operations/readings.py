"""What the database says about how Rollcall is doing: a few figures, each by an indexed query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, text
from sqlmodel import Session

from bot.config import Settings
from bot.context import Ctx
from bot.models.chats import Chat
from bot.models.delivery import ItemState, OutboxItem
from bot.models.system import Heartbeat, OpenAlarm
from bot.scheduler import watched
from bot.scheduler.watched import Queue

DATABASE_SECONDS = 5.0
"""Whoever looks at health or figures waits for the database no longer than this."""
COUNTED = (ItemState.QUEUED, ItemState.CLAIMED, ItemState.FAILED, ItemState.UNKNOWN)
"""The states that are counted; those that only grow, and say nothing, are not."""


@dataclass(frozen=True, slots=True)
class Readings:
    """`outbox` counts items by state, `heartbeats` are seconds since each part was seen."""

    outbox: Mapping[str, int]
    due: Queue
    work: Queue
    heartbeats: Mapping[str, float]
    alarms: int
    linked: int
    database_bytes: int


def read(ctx: Ctx) -> Readings:
    """Everything that metrics show."""
    return Readings(
        outbox=_by_state(ctx.session),
        due=watched.due(ctx.session, ctx.now()),
        work=watched.work(ctx.session, ctx.now()),
        heartbeats=heartbeats(ctx.session, ctx.now()),
        alarms=_count(ctx.session, select(func.count()).select_from(OpenAlarm)),
        linked=_count(ctx.session, select(func.count(Chat.person_id))),
        database_bytes=database_bytes(ctx.session, ctx.settings),
    )


def heartbeats(session: Session, now: dt.datetime) -> dict[str, float]:
    """Seconds since each part of Rollcall that leaves a sign was last seen."""
    rows = session.execute(select(Heartbeat.name, Heartbeat.at))
    return {name: (now - at).total_seconds() for name, at in rows}


def database_bytes(session: Session, settings: Settings) -> int:
    """How large the database is; of SQLite with what is not yet merged into its file."""
    path = settings.sqlite_path
    if path is None:
        size = text("SELECT pg_database_size(current_database())")
        return int(session.execute(size).scalar_one())
    files = (path, path.with_name(path.name + "-wal"))
    return sum(file.stat().st_size for file in files if file.exists())


def _by_state(session: Session) -> dict[str, int]:
    query = (
        select(OutboxItem.state, func.count())
        .where(OutboxItem.state.in_(COUNTED))
        .group_by(OutboxItem.state)
    )
    found = {ItemState(state).value: number for state, number in session.execute(query)}
    return {state.value: found.get(state.value, 0) for state in COUNTED}


def _count(session: Session, query: Any) -> int:
    return int(session.execute(query).scalar_one())
