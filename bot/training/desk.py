"""Who keeps a class for the training unit."""

from __future__ import annotations

from bot.context import Ctx
from bot.models.people import Person, Role
from bot.models.training import TrainingClass
from bot.people import access


def keepers_of(ctx: Ctx, held: TrainingClass) -> list[int]:
    """The class's coordinator, or without one the training unit's members."""
    person = ctx.session.get(Person, held.coordinator_id) if held.coordinator_id else None
    if person is not None and person.active and person.id is not None:
        return [person.id]
    return access.people_with(ctx.session, Role.UNIT)
