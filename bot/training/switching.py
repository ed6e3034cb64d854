"""Somebody moves from one class of a course to another that has a seat free."""

from __future__ import annotations

from sqlalchemy import select

from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import _
from bot.models.training import EnrolmentState, TrainingClass
from bot.people.access_table import Action
from bot.training import catalogue, class_reach, enrolling, keeping, seats
from bot.training.catalogue import ClassCard

RULE = "moved to another class"
MOST = 8
MOVABLE = frozenset({EnrolmentState.APPROVED, EnrolmentState.ENROLLED})


def others(ctx: Ctx, enrolment_id: int) -> list[ClassCard]:
    """The classes of the same course within reach, to begin later, that have a seat free."""
    row = keeping.row(ctx, enrolment_id)
    held = class_reach.require_editor(ctx, row.class_id)
    rows = ctx.session.scalars(
        select(TrainingClass)
        .where(
            TrainingClass.course_id == held.course_id,
            TrainingClass.id != held.id,
            TrainingClass.cancelled_at.is_(None),
            TrainingClass.closed_at.is_(None),
            TrainingClass.starts_on.is_not(None),
            TrainingClass.starts_on >= ctx.today(),
            class_reach.within(ctx, Action.EDIT_CLASSES),
        )
        .order_by(TrainingClass.starts_on, TrainingClass.id)
    )
    open_ones = [one for one in rows if seats.free(ctx, one) and not seats.has_started(ctx, one)]
    return [catalogue.card(ctx, one.id) for one in open_ones[:MOST] if one.id is not None]


def switch(ctx: Ctx, enrolment_id: int, class_id: int) -> ClassCard:
    """Give somebody a place in the other class and take them off this one's list; they are told.

    The seat that becomes free goes to the next. Refuses classes and people out of reach, another
    course's class, who is not approved, and a class without a free seat.
    """
    row = keeping.row(ctx, enrolment_id)
    keeping.require_about(ctx, row)
    here, there = (class_reach.require_editor(ctx, one) for one in (row.class_id, class_id))
    if here.course_id != there.course_id or here.id == there.id:
        raise Refusal(_("Choose another class of the same course."))
    for one in sorted((row.class_id, class_id)):
        seats.hold(ctx, one)
    ctx.session.refresh(row)
    if row.state not in MOVABLE:
        raise Refusal(_("Only who is approved or has a place can be moved to another class."))
    if seats.has_started(ctx, there):
        raise Refusal(_("Class {code} has begun, or has no dates yet.", code=there.code))
    required = row.required
    placed = enrolling.admit(ctx, class_id, row.person_id)
    placed.required = required
    enrolling.cancel(ctx, enrolment_id, rule=RULE)
    return catalogue.card(ctx, class_id)
