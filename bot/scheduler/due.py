"""What will next be due, and whether all that was due is done; for the sandbox's clock."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select
from sqlmodel import Session

from bot.context import Ctx
from bot.models.delivery import ItemState, OutboxItem
from bot.models.system import Heartbeat
from bot.models.work import WorkItem, WorkState
from bot.scheduler.registry import JOBS

HEARTBEAT = "scheduler"


def next_due(ctx: Ctx, after: dt.datetime, until: dt.datetime) -> dt.datetime | None:
    """The first due moment in (after, until], or None."""
    queued = ctx.session.execute(
        select(func.min(OutboxItem.due_at)).where(
            OutboxItem.state == ItemState.QUEUED, OutboxItem.due_at > after
        )
    ).scalar()
    moments = [job.next_due(ctx, after) for job in JOBS.values()]
    known = [_aware(moment) for moment in (queued, *moments) if moment is not None]
    return min((moment for moment in known if after < moment <= until), default=None)


def settled(session: Session, at: dt.datetime) -> bool:
    """Whether the scheduler has seen `at`, and nothing due by then is still to be done."""
    heartbeat = session.get(Heartbeat, HEARTBEAT)
    if heartbeat is None or heartbeat.at < at:
        return False
    unsent = select(OutboxItem.id).where(
        OutboxItem.state.in_([ItemState.QUEUED, ItemState.CLAIMED]), OutboxItem.due_at <= at
    )
    unfinished = select(WorkItem.id).where(
        WorkItem.state.in_([WorkState.QUEUED, WorkState.RUNNING])
    )
    return not any(session.execute(query.limit(1)).first() for query in (unsent, unfinished))


def beat(session: Session, name: str, at: dt.datetime) -> None:
    """Note that a part of Rollcall finished its round for the business time `at`."""
    session.merge(Heartbeat(name=name, at=at))


def _aware(moment: dt.datetime) -> dt.datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def age_of(session: Session, name: str, now: dt.datetime) -> float | None:
    """Seconds since a part of Rollcall finished a round; None if it never did."""
    heartbeat = session.get(Heartbeat, name)
    return None if heartbeat is None else (now - heartbeat.at).total_seconds()
