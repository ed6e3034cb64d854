"""Whose classes somebody may measure, or read what they brought about."""

from __future__ import annotations

from sqlalchemy import select

from bot.context import Ctx
from bot.models.training import TrainingClass
from bot.people import access, reach
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.training import class_reach


def require_class(ctx: Ctx, class_id: int, action: Action = Action.READ_IMPACT) -> TrainingClass:
    """The class, if one of its people is within the actor's part; refuses all others alike."""
    query = select(TrainingClass).where(
        TrainingClass.id == class_id, class_reach.within(ctx, action)
    )
    held = ctx.session.scalars(query).first() if access.may(ctx, action) else None
    if held is None:
        raise OutOfReach(action, class_id, "class", class_reach.NOT_YOURS)
    return held


def is_whole(ctx: Ctx, action: Action = Action.MEASURE) -> bool:
    """Whether the actor's part is the whole administration."""
    return access.may(ctx, action) and reach.units_within(ctx, action) is None


def require_whole(ctx: Ctx, action: Action = Action.MEASURE) -> None:
    """Refuse whoever is there for one part only: courses are held everywhere."""
    if not is_whole(ctx, action):
        raise OutOfReach(action, None)
