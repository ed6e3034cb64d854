"""Which message somebody has just worked on, so that a finished form leads back to it."""

from __future__ import annotations

from bot import audit
from bot.campaigns.broadcasts import keeping
from bot.context import Ctx
from bot.models.broadcasts import Broadcast


def worked_on(ctx: Ctx) -> Broadcast | None:
    """The message on which the actor took a step a moment ago, if it is there still."""
    last = audit.just_done(ctx)
    if last is None or last.object_kind != keeping.KIND:
        return None
    return ctx.session.get(Broadcast, last.object_id)
