"""Who did what, when, why: one row per act, in the same transaction as the act."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select

from bot.context import Ctx
from bot.models.system import AuditEntry

JUST_NOW = dt.timedelta(seconds=2)


def record(
    ctx: Ctx,
    action: str,
    object_kind: str = "",
    object_id: int | None = None,
    *,
    reason: str = "",
    **details: Any,
) -> None:
    """Note an act of the context's actor; `details` are plain JSON values, never answers."""
    ctx.session.add(
        AuditEntry(
            at=ctx.now(),
            actor_id=ctx.actor.person_id,
            action=action,
            object_kind=object_kind,
            object_id=object_id,
            details=details,
            reason=reason,
        )
    )


def just_done(ctx: Ctx) -> AuditEntry | None:
    """The last act of the actor, if it was a moment ago."""
    done = select(AuditEntry).where(
        AuditEntry.actor_id == ctx.actor.person_id, AuditEntry.at >= ctx.now() - JUST_NOW
    )
    return ctx.session.scalars(done.order_by(AuditEntry.id.desc()).limit(1)).first()
