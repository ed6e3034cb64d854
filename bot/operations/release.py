"""Letting a held database speak again, and what becomes of the messages that waited in it."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlmodel import Session

from bot import audit
from bot.context import Ctx
from bot.db import Database
from bot.models.delivery import ItemState, OutboxItem
from bot.models.system import Heartbeat, Instance
from bot.operations import copies
from bot.scheduler.due import HEARTBEAT

RESTORED_FROM = "restored_from"
"""The heartbeat that says when the backup was made from which a database was restored."""
FRESH = dt.timedelta(hours=1)
TOO_OLD = "due before this copy was released"


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a release will do: messages due by now, and whether they go or are dropped.

    `copied_at` is the time of the backup, or the last sign of life in a copied file.
    """

    held: bool
    due: int
    copied_at: dt.datetime | None
    drops: bool


def outlook(ctx: Ctx) -> Outlook:
    """What `release` would do now."""
    instance = ctx.session.get(Instance, 1)
    copied_at = _copied_at(ctx.session)
    due = ctx.session.execute(
        select(func.count())
        .select_from(OutboxItem)
        .where(OutboxItem.state == ItemState.QUEUED, OutboxItem.due_at < ctx.now())
    ).scalar_one()
    drops = copied_at is None or ctx.now() - copied_at > FRESH
    return Outlook(instance is not None and instance.held, int(due), copied_at, drops)


def release(ctx: Ctx, database: Database) -> Outlook:
    """The database has a name and place of its own from now on, and is not held any more.

    Messages that were due while it lay are dropped if it is older than an hour: whoever
    they were for has been told by the original, or need not be told so late.
    """
    seen = outlook(ctx)
    if not seen.held:
        return seen
    if seen.drops:
        ctx.session.execute(
            update(OutboxItem)
            .where(OutboxItem.state == ItemState.QUEUED, OutboxItem.due_at < ctx.now())
            .values(state=ItemState.DROPPED, reason=TOO_OLD, settled_at=ctx.now())
        )
    instance = ctx.session.get_one(Instance, 1)
    instance.instance_id, instance.held = secrets.token_hex(16), False
    copies.settle(database, ctx.session, instance)
    restored = ctx.session.get(Heartbeat, RESTORED_FROM)
    if restored is not None:
        ctx.session.delete(restored)
    audit.record(ctx, "instance.released", "instance", 1, dropped=seen.due if seen.drops else 0)
    return seen


def _copied_at(session: Session) -> dt.datetime | None:
    for name in (RESTORED_FROM, HEARTBEAT):
        beat = session.get(Heartbeat, name)
        if beat is not None:
            return beat.at
    return None
