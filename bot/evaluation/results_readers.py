"""Whom the results of a class concern: its keepers, its lead trainer, and the director."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from bot.context import Actor, Ctx
from bot.models.people import Role
from bot.models.training import TrainingClass
from bot.people import access
from bot.people.access_table import Action
from bot.training import class_reach, desk, trainers


def of_class(ctx: Ctx, held: TrainingClass) -> list[int]:
    """The people who are told when the questionnaire of a class has closed, by id."""
    found = {*desk.keepers_of(ctx, held), *_directors(ctx, held)}
    lead = trainers.lead_of(ctx.session, held)
    if lead is not None and lead.id is not None:
        found.add(lead.id)
    return sorted(found)


def _directors(ctx: Ctx, held: TrainingClass) -> list[int]:
    """The executives in whose part of the administration the class lies."""
    executives = access.people_with(ctx.session, Role.EXECUTIVE)
    return [person_id for person_id in executives if _may_read(ctx, person_id, held)]


def _may_read(ctx: Ctx, person_id: int, held: TrainingClass) -> bool:
    as_reader = replace(ctx, actor=Actor(person_id=person_id, zone=ctx.actor.zone))
    allowed = class_reach.within(as_reader, Action.READ_REPORTS)
    query = select(TrainingClass.id).where(TrainingClass.id == held.id, allowed)
    return ctx.session.execute(query).first() is not None
