"""A round of nominations in one part of the invented administration, half-way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from bot.context import Actor, Ctx
from bot.models.training import Entry, TrainingClass
from bot.training import calls, nomination_lists, quotas, rounds

NAMES = ("officer4", "officer7", "officer8")


def call_for_names(ctx: Ctx, mark: str, people: Mapping[str, int], office: int, like: int) -> int:
    """A class to come, of the course of the class `like`, with a call and a list; its id."""
    class_id = _plan(ctx, mark, people, like)
    unit, focal = _as(ctx, people["unit"]), _as(ctx, people["focal"])
    deadline = ctx.today() + dt.timedelta(days=9)
    typed = {"deadline": deadline.isoformat(), "order_no": f"17/{mark}"}
    rounds.open_round(unit, class_id, typed)
    quota = quotas.set_quota(unit, class_id, office, 3)
    assert quota is not None
    calls.call(unit, class_id)
    for key in NAMES:
        nomination_lists.name(focal, quota.id, people[key], reserve=key == NAMES[-1])
    return class_id


def _plan(ctx: Ctx, mark: str, people: Mapping[str, int], like: int) -> int:
    begins = ctx.today() + dt.timedelta(days=30)
    held = TrainingClass(
        code=f"{mark}-called",
        course_id=ctx.session.get_one(TrainingClass, like).course_id,
        starts_on=begins,
        ends_on=begins + dt.timedelta(days=2),
        place=f"Hall of {mark}",
        seats=10,
        coordinator_id=people["unit"],
        entry=Entry.NOMINATED,
    )
    ctx.session.add(held)
    ctx.session.flush()
    assert held.id is not None
    return held.id


def _as(ctx: Ctx, person_id: int) -> Ctx:
    return replace(ctx, actor=Actor(person_id, zone=ctx.actor.zone))
