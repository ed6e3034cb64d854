"""Decisions take effect once, whoever settles them, and whatever becomes of the class."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlmodel import select

from bot.context import SYSTEM, Ctx
from bot.errors import Refusal
from bot.models.approvals import Approval, Decision
from bot.models.delivery import OutboxItem
from bot.models.training import Course, Enrolment, EnrolmentChange, EnrolmentState, TrainingClass
from bot.training import approvals, decisions, enrolling
from tests.cast import TRAINEES
from tests.integration.locking.conftest import Process, both

Two = tuple[Process, Process]
SEATS = 2


async def requested(process: Process, *who: str) -> int:
    """A class of two seats for which these people have asked, and nobody has decided; its id."""

    def make(ctx: Ctx) -> int:
        course = Course(code="VAL", title="Valuation")
        ctx.session.add(course)
        ctx.session.flush()
        starts_on = ctx.today() + dt.timedelta(days=14)
        held = TrainingClass(
            code="VAL-1", course_id=course.id, seats=SEATS, starts_on=starts_on, ends_on=starts_on
        )
        ctx.session.add(held)
        ctx.session.flush()
        assert held.id is not None
        for key in who:
            actor = replace(ctx.actor, person_id=process.ids[key])
            enrolling.request(replace(ctx, actor=actor), held.id)
        return held.id

    return await process.committer.hop(make)


def settle(ctx: Ctx) -> None:
    decisions.settle(replace(ctx, actor=SYSTEM))


def approve_all(ctx: Ctx) -> None:
    approvals.decide_all(ctx, 1000)


async def test_decisions__settled_by_two_at_once__take_effect_once(two: Two) -> None:
    await requested(two[0], *TRAINEES)
    await two[0].act("sokha", approve_all)
    two[0].clock.advance(seconds=10)
    settled = await both(*(process.act("unit", settle) for process in two for _time in range(2)))
    assert settled == [None] * 4
    states = sorted(two[0].all(select(Enrolment.state)))
    assert states.count(EnrolmentState.ENROLLED) == SEATS
    assert states.count(EnrolmentState.APPROVED) == len(TRAINEES) - SEATS
    approved = two[0].all(select(EnrolmentChange.id).where(EnrolmentChange.act == "approve"))
    assert len(approved) == len(TRAINEES)
    told = two[0].all(select(OutboxItem.person_id).where(OutboxItem.notice == "enrolment_changed"))
    assert sorted(told) == sorted(two[0].ids[key] for key in TRAINEES)


async def test_decision__settled_while_the_officer_withdraws__both_come_to_an_end(
    two: Two,
) -> None:
    await requested(two[0], "dara")
    await two[0].act("sokha", approve_all)
    two[0].clock.advance(seconds=10)
    (number,) = two[0].all(select(Enrolment.id))

    def withdraw(ctx: Ctx) -> None:
        enrolling.withdraw(ctx, number, "Ill.")

    results = await both(two[0].act("dara", withdraw), two[1].act("unit", settle))
    assert results == [None, None]
    assert two[0].all(select(Enrolment.state)) == [EnrolmentState.WITHDRAWN]
    (ended,) = two[0].all(select(Approval.ended_at))
    assert ended is not None


async def test_request__decided_by_two_at_once__one_decision_holds(two: Two) -> None:
    await requested(two[0], "dara")
    (number,) = two[0].all(select(Approval.id))

    def approve(ctx: Ctx) -> None:
        approvals.decide(ctx, number, Decision.APPROVED)

    def decline(ctx: Ctx) -> None:
        approvals.decide(ctx, number, Decision.DECLINED, "No.")

    results = await both(two[0].act("sokha", approve), two[1].act("unit", decline))
    assert sorted(type(result) for result in results if result is not None) == [Refusal]


async def test_decision__undone_while_it_is_settled__is_one_or_the_other(two: Two) -> None:
    await requested(two[0], "dara")
    await two[0].act("sokha", approve_all)
    two[0].clock.advance(seconds=9)
    (number,) = two[0].all(select(Approval.id))

    def undo(ctx: Ctx) -> None:
        approvals.undo(ctx, number)

    undone, _settled = await both(two[0].act("sokha", undo), two[1].act("unit", settle))
    two[0].clock.advance(seconds=1)
    await two[1].act("unit", settle)
    assert undone is None
    assert two[0].all(select(Enrolment.state)) == [EnrolmentState.REQUESTED]
