"""Who did what, when, why: one row per act, in the same transaction as the act."""

from __future__ import annotations

from typing import Any

from bot.context import Ctx
from bot.models.system import AuditEntry


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
