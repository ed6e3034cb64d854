"""What follows from classes and enrolments that came or went by a file: seats are given away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields

from sqlalchemy import exists, func, select

from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import _
from bot.imports import hooks, staging
from bot.imports.hooks import Applied
from bot.imports.plan import Updates
from bot.models.approvals import Approval
from bot.models.training import Enrolment, EnrolmentChange, EnrolmentState, TrainingClass
from bot.training import approvals, seats, telling
from bot.training.imports.enrolment_steps import ACT
from bot.training.membership import TRAINEE_STATES

ONE_QUERY = 500
TIMETABLE = frozenset(field.name for field in fields(telling.Timetable))
UNDECIDED = (EnrolmentState.REQUESTED, EnrolmentState.NOMINATED)


def follow_enrolments(ctx: Ctx, applied: Applied) -> None:
    """Nothing more is decided about who is on the list or off it now; free seats are given away.

    Refuses the file if a class would have more people than seats, because others came in
    since it was checked.
    """
    if not applied.undone:
        for ids in _in_parts((*applied.new, *applied.changed)):
            _refuse_overfull(ctx, ids)
            _end_approvals(ctx, ids)
    fill_waiting(ctx)


def follow_classes(ctx: Ctx, applied: Applied) -> None:
    """Seats that were added are given away, those in use are not taken away; who is in a class
    that moved is told of it.
    """
    plan = staging.load(ctx.session, applied.run_id)
    changed = [one for one in plan.updates if one.table.name == "training_class"]
    fewer = [row[0] for one in changed if "seats" in one.columns for row in one.rows]
    for ids in _in_parts(fewer):
        _refuse_too_few(ctx, ids)
    for one in changed:
        _tell_moved(ctx, one, undone=applied.undone)
    fill_waiting(ctx)


def _tell_moved(ctx: Ctx, updates: Updates, *, undone: bool) -> None:
    """Of classes that are not over yet; what a file says of the past is told to nobody."""
    names = [name for name in updates.columns if name in TIMETABLE]
    places = [updates.columns.index(name) for name in names]
    for row_id, old, new in updates.rows if names else ():
        held = ctx.session.get_one(TrainingClass, row_id, populate_existing=True)
        if held.cancelled_at or held.ends_on is None or held.ends_on < ctx.today():
            continue
        was = new if undone else old
        former = {name: was[place] for name, place in zip(names, places, strict=True)}
        telling.class_moved(ctx, held, telling.with_former(telling.timetable(held), former))


def fill_waiting(ctx: Ctx) -> None:
    """Give away what seats are free in classes for which somebody waits."""
    waits = exists().where(
        Enrolment.class_id == TrainingClass.id, Enrolment.state == EnrolmentState.APPROVED
    )
    open_classes = (
        select(TrainingClass.id)
        .where(waits, TrainingClass.cancelled_at.is_(None), TrainingClass.closed_at.is_(None))
        .order_by(TrainingClass.id)
    )
    for class_id in ctx.session.execute(open_classes).scalars().all():
        assert class_id is not None, "it is stored"
        seats.fill(ctx, seats.hold(ctx, class_id))


def _in_parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), ONE_QUERY):
        yield ids[start : start + ONE_QUERY]


def _refuse_overfull(ctx: Ctx, enrolment_ids: Sequence[int]) -> None:
    """Asked of the classes that got people by this file, held one after the other."""
    came = (
        select(Enrolment.class_id)
        .join(EnrolmentChange, EnrolmentChange.enrolment_id == Enrolment.id)
        .where(
            Enrolment.id.in_(enrolment_ids),
            Enrolment.state.in_(TRAINEE_STATES),
            EnrolmentChange.act == ACT,
            EnrolmentChange.old.not_in(TRAINEE_STATES),
        )
        .order_by(Enrolment.class_id)
        .distinct()
    )
    for class_id in ctx.session.scalars(came).all():
        held = seats.hold(ctx, class_id)
        if seats.taken(ctx.session, class_id) > held.seats:
            raise Refusal(
                _(
                    "Class {code} has filled up since the file was checked. Send the file again.",
                    code=held.code,
                )
            )


def _end_approvals(ctx: Ctx, enrolment_ids: Sequence[int]) -> None:
    moot = (
        select(Enrolment.id)
        .join(Approval, Approval.enrolment_id == Enrolment.id)
        .where(
            Enrolment.id.in_(enrolment_ids),
            Enrolment.state.not_in(UNDECIDED),
            Approval.ended_at.is_(None),
        )
    )
    for enrolment_id in ctx.session.execute(moot).scalars().all():
        assert enrolment_id is not None, "it is stored"
        approvals.void(ctx, enrolment_id, "imported")


def _refuse_too_few(ctx: Ctx, class_ids: Sequence[int]) -> None:
    taken = (
        select(func.count())
        .where(Enrolment.class_id == TrainingClass.id, Enrolment.state.in_(TRAINEE_STATES))
        .scalar_subquery()
    )
    query = select(TrainingClass.code).where(
        TrainingClass.id.in_(class_ids), TrainingClass.seats < taken
    )
    code = ctx.session.execute(query).scalars().first()
    if code is not None:
        raise Refusal(
            _(
                "Class {code} would have fewer seats than people with a place. Take people off "
                "its list first.",
                code=code,
            )
        )


hooks.after_apply("enrolments", follow_enrolments)
hooks.after_apply("classes", follow_classes)
