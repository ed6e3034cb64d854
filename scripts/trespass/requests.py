"""Training that is asked for, ordered and put off in one part of the invented administration."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from sqlmodel import select

from bot.context import Actor, Ctx
from bot.models.approvals import Approval, Decision, Deputy
from bot.models.training import TrainingClass
from bot.training import approvals, decisions, enrolling, postponements

ASKING = ("officer2", "officer3")


def ask_for_training(ctx: Ctx, mark: str, people: Mapping[str, int], like: int) -> int:
    """A class to come, of the course of the class `like`, and what waits for a decision about it;
    its id.
    """
    class_id = _plan(ctx, mark, like)
    for key in ASKING:
        enrolling.request(_as(ctx, people[key]), class_id)
    _ask_back(ctx, class_id, people, f"Who stands in at {mark}?")
    for key in ("officer5", "officer6"):
        row = enrolling.order(ctx, class_id, people[key], f"12/{mark}")
        assert row.id is not None
        if key == "officer6":
            postponements.ask(_as(ctx, people["chief"]), row.id, f"Needed at {mark}.")
    until = ctx.today() + dt.timedelta(days=30)
    ctx.session.add(
        Deputy(person_id=people["director"], deputy_id=people["trainer"], until_on=until)
    )
    ctx.session.flush()
    return class_id


def _plan(ctx: Ctx, mark: str, like: int) -> int:
    begins = ctx.today() + dt.timedelta(days=20)
    held = TrainingClass(
        code=f"{mark}-planned",
        course_id=ctx.session.get_one(TrainingClass, like).course_id,
        starts_on=begins,
        ends_on=begins + dt.timedelta(days=2),
        place=f"Hall of {mark}",
        seats=30,
    )
    ctx.session.add(held)
    ctx.session.flush()
    assert held.id is not None
    return held.id


def _ask_back(ctx: Ctx, class_id: int, people: Mapping[str, int], question: str) -> None:
    row = enrolling.request(_as(ctx, people["officer1"]), class_id)
    query = select(Approval).where(Approval.enrolment_id == row.id)
    approval = ctx.session.exec(query).one()
    assert approval.id is not None
    approvals.decide(_as(ctx, people["chief"]), approval.id, Decision.ASKED_BACK, question)
    approval.effective_at = ctx.now()
    ctx.session.flush()
    decisions.settle(ctx)


def _as(ctx: Ctx, person_id: int) -> Ctx:
    return replace(ctx, actor=Actor(person_id, zone=ctx.actor.zone))
