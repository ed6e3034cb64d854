"""Who keeps a class for the training unit."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from bot.context import Actor, Ctx
from bot.models.people import Person, Role
from bot.models.training import TrainingClass
from bot.people import access
from bot.people.access_table import Action
from bot.training import class_reach


def keepers_of(ctx: Ctx, held: TrainingClass) -> list[int]:
    """The class's coordinator, or without one the training unit's members it lies with."""
    person = ctx.session.get(Person, held.coordinator_id) if held.coordinator_id else None
    if person is not None and person.active and person.id is not None:
        return [person.id]
    members = access.people_with(ctx.session, Role.UNIT)
    return [member for member in members if _has_in_reach(ctx, member, held)]


def _has_in_reach(ctx: Ctx, member: int, held: TrainingClass) -> bool:
    as_member = replace(ctx, actor=Actor(person_id=member, zone=ctx.actor.zone))
    allowed = class_reach.within(as_member, Action.EDIT_CLASSES)
    query = select(TrainingClass.id).where(TrainingClass.id == held.id, allowed)
    return ctx.session.execute(query).first() is not None
