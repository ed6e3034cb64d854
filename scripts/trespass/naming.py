"""Rounds of nominations in one part of the invented administration, each as far as another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from bot.context import Actor, Ctx
from bot.models.training import Entry, TrainingClass
from bot.training import calls, nomination_lists, quotas, rounds

NAMES = ("officer4", "officer7", "officer8")
SEATS = 3


def call_for_names(
    ctx: Ctx, mark: str, people: Mapping[str, int], office: int, like: int
) -> dict[str, int]:
    """Classes to come of the course of the class `like`: one with seats for the office only, one
    with a list of names, one whose list is handed in; their ids.
    """
    found = {}
    focal, unit = _as(ctx, people["focal"]), _as(ctx, people["unit"])
    for name in ("shared", "called", "handed"):
        found[name] = _plan(ctx, f"{mark}-{name}", mark, people["unit"], like)
        quota_id = _open(unit, found[name], f"17/{mark}", office)
        if name == "shared":
            continue
        calls.call(unit, found[name])
        for key in NAMES:
            reserve = key == NAMES[-1]
            nomination_lists.name(focal, quota_id, people[key], reserve=reserve)
        if name == "handed":
            nomination_lists.hand_in(focal, quota_id)
    return found


def _open(ctx: Ctx, class_id: int, order_no: str, office: int) -> int:
    deadline = ctx.today() + dt.timedelta(days=9)
    typed = {"deadline": deadline.isoformat(), "order_no": order_no}
    rounds.open_round(ctx, class_id, typed)
    quota = quotas.set_quota(ctx, class_id, office, SEATS)
    assert quota is not None
    return quota.id


def _plan(ctx: Ctx, code: str, mark: str, coordinator: int, like: int) -> int:
    begins = ctx.today() + dt.timedelta(days=30)
    held = TrainingClass(
        code=code,
        course_id=ctx.session.get_one(TrainingClass, like).course_id,
        starts_on=begins,
        ends_on=begins + dt.timedelta(days=2),
        place=f"Hall of {mark}",
        seats=10,
        coordinator_id=coordinator,
        entry=Entry.NOMINATED,
    )
    ctx.session.add(held)
    ctx.session.flush()
    assert held.id is not None
    return held.id


def _as(ctx: Ctx, person_id: int) -> Ctx:
    return replace(ctx, actor=Actor(person_id, zone=ctx.actor.zone))
