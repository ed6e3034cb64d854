"""What time does to a list: who had no place when the class began is off it; who came by a file
and asks for a place is asked about.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, and_, exists, select

from bot import policy
from bot.context import Ctx
from bot.models.approvals import Approval
from bot.models.training import Course, Enrolment, EnrolmentState, TrainingClass
from bot.training import approvals, changes, enrolling, seats
from bot.training.changes import Step
from bot.training.schedule import latest_local_date, start_of
from bot.training.states import WAITING, Act

MOST_AT_ONCE = 100
"""So many people are dealt with in one transaction; the rest at the next tick."""


def lapse(ctx: Ctx) -> None:
    """Whoever waits for a class that has begun is off its list by that rule, and told; idempotent.

    What is still being decided ends with its decision. Classes before `go_live` stay as they are.
    """
    room = MOST_AT_ONCE
    for class_id in _begun(ctx):
        room -= _lapse_in(ctx, class_id, room)
        if room <= 0:
            break


def _lapse_in(ctx: Ctx, class_id: int, most: int) -> int:
    """Take so many at most off the list of a class that has begun; how many there were."""
    if not seats.has_started(ctx, seats.hold(ctx, class_id)):
        return 0
    rows = ctx.session.scalars(
        select(Enrolment)
        .where(Enrolment.class_id == class_id, Enrolment.state.in_(WAITING), ~_is_asked())
        .order_by(Enrolment.id)
        .limit(most)
        .execution_options(populate_existing=True)
    ).all()
    steps = [Step(row, EnrolmentState.CANCELLED, enrolling.STARTED) for row in rows]
    made = changes.step_all(ctx, Act.CANCEL, steps)
    changes.tell_all(ctx, list(zip(rows, made, strict=True)))
    return len(rows)


def _begun(ctx: Ctx) -> list[int]:
    """The classes that have begun and for which somebody waits."""
    classes = ctx.session.scalars(
        select(TrainingClass).where(
            _is_waited_for(),
            TrainingClass.starts_on >= policy.go_live(ctx.session),
            TrainingClass.starts_on <= latest_local_date(ctx.now()),
        )
    )
    return sorted(held.id for held in classes if held.id and seats.has_started(ctx, held))


def next_start(ctx: Ctx, after: dt.datetime) -> dt.datetime | None:
    """When the next class begins for which somebody waits."""
    classes = ctx.session.scalars(
        select(TrainingClass).where(_is_waited_for(), TrainingClass.starts_on.is_not(None))
    )
    moments = [start_of(held, ctx.settings.timezone) for held in classes]
    return min((at for at in moments if at is not None and at > after), default=None)


def ask_unasked(ctx: Ctx) -> None:
    """Requests that a file brought for classes to come are asked about, as others were."""
    rows = ctx.session.execute(
        select(Enrolment, TrainingClass)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .where(
            Enrolment.state == EnrolmentState.REQUESTED,
            ~_is_asked(),
            _is_open(),
            TrainingClass.starts_on >= ctx.today(),
        )
        .order_by(Enrolment.class_id, Enrolment.id)
        .limit(MOST_AT_ONCE)
    ).all()
    for row, held in rows:
        if seats.has_started(ctx, held) or row.id is None:
            continue
        if ctx.session.get_one(Course, held.course_id).needs_approval:
            approvals.ask(ctx, row)
        else:
            enrolling.approve(ctx, row.id, rule=enrolling.NO_APPROVAL_NEEDED)


def _is_waited_for() -> ColumnElement[bool]:
    waiting = select(Enrolment.class_id).where(Enrolment.state.in_(WAITING))
    return and_(TrainingClass.id.in_(waiting), _is_open())


def _is_open() -> ColumnElement[bool]:
    return and_(TrainingClass.cancelled_at.is_(None), TrainingClass.closed_at.is_(None))


def _is_asked() -> ColumnElement[bool]:
    return exists().where(Approval.enrolment_id == Enrolment.id, Approval.ended_at.is_(None))
