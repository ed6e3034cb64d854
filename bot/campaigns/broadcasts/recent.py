"""Which message somebody has just worked on, so that a finished form leads back to it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from bot.campaigns.broadcasts import keeping
from bot.context import Ctx
from bot.models.broadcasts import Broadcast
from bot.models.system import AuditEntry

JUST_NOW = dt.timedelta(seconds=2)


def worked_on(ctx: Ctx) -> Broadcast | None:
    """The message on which the actor took a step a moment ago, if it is there still."""
    last = ctx.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.actor_id == ctx.actor.person_id, AuditEntry.at >= ctx.now() - JUST_NOW)
        .order_by(AuditEntry.id.desc())
        .limit(1)
    ).first()
    if last is None or last.object_kind != keeping.KIND:
        return None
    return ctx.session.get(Broadcast, last.object_id)
