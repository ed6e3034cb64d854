"""What is done with an enrolment: asked for, approved, ordered, withdrawn, cancelled.

Every act holds its class first, so that seats of one class are decided one after the other, asks
the conditions, takes one step of the state machine, and gives away what seats that has freed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import _
from bot.models.training import Course, Enrolment, EnrolmentChange, EnrolmentState, TrainingClass
from bot.training import approvals, cases, changes, postponements, seats
from bot.training.changes import Step
from bot.training.membership import TRAINEE_STATES
from bot.training.states import HELD, Act

S = EnrolmentState
NO_APPROVAL_NEEDED = "this course needs no approval"
STARTED = "the class has begun"


def show_interest(ctx: Ctx, class_id: int) -> Enrolment:
    """The actor is interested in a class that has no dates yet."""
    held = seats.hold(ctx, class_id)
    row = _row_of_actor(ctx, class_id)
    cases.require(ctx, held, row.person_id, Act.INTEREST, row)
    changes.step(ctx, row, Act.INTEREST, S.INTERESTED)
    return row


def request(ctx: Ctx, class_id: int) -> Enrolment:
    """The actor asks for a place: the supervisor is asked, and the actor is on the wait list.

    A course that needs no approval gives the place at once, if one is free. Refuses with every
    condition that does not hold. Source: C ch.5, approval process.
    """
    held = seats.hold(ctx, class_id)
    row = _row_of_actor(ctx, class_id)
    cases.require(ctx, held, row.person_id, Act.REQUEST, row)
    row.required = False
    changes.step(ctx, row, Act.REQUEST, S.REQUESTED)
    if ctx.session.get_one(Course, held.course_id).needs_approval:
        approvals.ask(ctx, row)
    else:
        _approve(ctx, held, row, rule=NO_APPROVAL_NEEDED)
    return row


def approve(
    ctx: Ctx, enrolment_id: int, *, rule: str = "", reason: str = "", **details: Any
) -> Enrolment:
    """The request or nomination is approved; the place follows at once if a seat is free.

    Refuses once the class has begun, is closed or cancelled. Who may is asked before. `details`
    stay in the history, such as those of a signed letter.
    """
    held, row = held_with(ctx, enrolment_id)
    cases.require(ctx, held, row.person_id, Act.APPROVE, row)
    _approve(ctx, held, row, rule=rule, reason=reason, **details)
    return row


def decline(
    ctx: Ctx, enrolment_id: int, reason: str, *, rule: str = "", **details: Any
) -> Enrolment:
    """The request or nomination is declined, with a reason that the officer is told."""
    _held, row = held_with(ctx, enrolment_id)
    change = changes.step(ctx, row, Act.DECLINE, S.DECLINED, rule=rule, reason=reason, **details)
    changes.tell(ctx, row, change)
    approvals.void(ctx, enrolment_id, "declined")
    return row


def order(ctx: Ctx, class_id: int, person_id: int, order_no: str = "") -> Enrolment:
    """Somebody has to attend: approved by order, first in line for a seat."""
    held = seats.hold(ctx, class_id)
    row = find(ctx, class_id, person_id)
    cases.require(ctx, held, person_id, Act.ORDER, row)
    if row.state is S.APPROVED and row.id is not None and row.required:
        raise Refusal(_("This person has been ordered to attend already."))
    row.required, row.approved_at, row.lot = True, ctx.now(), None
    change = changes.step(ctx, row, Act.ORDER, S.APPROVED, order=order_no or held.order_no)
    _end_approval(ctx, row, "ordered")
    postponements.tell_supervisor(ctx, row)
    _seat_or_tell(ctx, held, row, change)
    return row


def admit(ctx: Ctx, class_id: int, person_id: int) -> Enrolment:
    """The training unit registers somebody directly, also once the class has begun.

    Refuses a class that is full, and who is on its list already. Source: C ch.5, “administrators
    can register students”.
    """
    held = seats.hold(ctx, class_id)
    row = find(ctx, class_id, person_id)
    if row.id is not None and row.state in HELD - {S.NO_SHOW}:
        raise Refusal(_("This person is on the list already."))
    if not seats.free(ctx, held):
        raise _full(held)
    cases.require(ctx, held, person_id, Act.ADMIT, row)
    row.approved_at, row.lot = ctx.now(), None
    change = changes.step(ctx, row, Act.ADMIT, S.ENROLLED)
    changes.tell(ctx, row, change)
    _end_approval(ctx, row, "admitted")
    return row


def withdraw(ctx: Ctx, enrolment_id: int, reason: str = "") -> Enrolment:
    """The actor gives the place back; the seat goes to the next. Refuses required training."""
    held, row = held_with(ctx, enrolment_id)
    if row.person_id != ctx.actor.person_id:
        raise Refusal(_("This place is somebody else's."))
    cases.require(ctx, held, row.person_id, Act.WITHDRAW, row)
    _leave(ctx, held, row, Act.WITHDRAW, S.WITHDRAWN, reason=reason)
    return row


def postpone(ctx: Ctx, enrolment_id: int, reason: str, *, rule: str = "") -> Enrolment:
    """Required training is put off for somebody, on the supervisor's request."""
    held, row = held_with(ctx, enrolment_id)
    cases.require(ctx, held, row.person_id, Act.POSTPONE, row)
    _leave(ctx, held, row, Act.POSTPONE, S.WITHDRAWN, reason=reason, rule=rule)
    return row


def cancel(ctx: Ctx, enrolment_id: int, reason: str = "", *, rule: str = "") -> Enrolment:
    """Take somebody off the list, in whatever state; the seat goes to the next."""
    held, row = held_with(ctx, enrolment_id)
    _leave(ctx, held, row, Act.CANCEL, S.CANCELLED, reason=reason, rule=rule)
    return row


def note(
    ctx: Ctx, enrolment_id: int, state: EnrolmentState, reason: str = "", *, rule: str = ""
) -> Enrolment:
    """Note what became of somebody who had a place: attendance, completion, or who left.

    Refuses a place for who gave theirs up if the class is full, and what does not follow.
    """
    held, row = held_with(ctx, enrolment_id)
    if row.state is state:
        return row
    if state in TRAINEE_STATES and row.state not in TRAINEE_STATES and not seats.free(ctx, held):
        raise _full(held)
    if state is S.WITHDRAWN:
        _leave(ctx, held, row, Act.CANCEL, state, rule=rule, reason=reason)
        return row
    act = Act.COMPLETE if state is S.COMPLETED else Act.NOTE
    changes.step(ctx, row, act, state, rule=rule, reason=reason)
    seats.fill(ctx, held)
    return row


def note_all(ctx: Ctx, held: TrainingClass, steps: Sequence[Step]) -> None:
    """The same as `note` for many of a class that is held, in few statements.

    Steps that lead nowhere are left out; refuses more who come back than there are free seats.
    """
    moving = [one for one in steps if one.row.state is not one.new]
    places = [one.new in TRAINEE_STATES for one in moving]
    had = [one.row.state in TRAINEE_STATES for one in moving]
    if sum(places) - sum(had) > seats.free(ctx, held):
        raise _full(held)
    completing = [one for one in moving if one.new is S.COMPLETED]
    changes.step_all(ctx, Act.COMPLETE, completing)
    changes.step_all(ctx, Act.NOTE, [one for one in moving if one.new is not S.COMPLETED])
    seats.fill(ctx, held)


def find(ctx: Ctx, class_id: int, person_id: int) -> Enrolment:
    """The row of a person in a class, read anew; one that is not stored yet if there is none."""
    query = select(Enrolment).where(
        Enrolment.class_id == class_id, Enrolment.person_id == person_id
    )
    row = ctx.session.scalars(query.execution_options(populate_existing=True)).first()
    return row or Enrolment(class_id=class_id, person_id=person_id, changed_at=ctx.now())


def held_with(ctx: Ctx, enrolment_id: int) -> tuple[TrainingClass, Enrolment]:
    """An enrolment and its class, held until the commit; refuses one that is not there."""
    class_id = ctx.session.execute(
        select(Enrolment.class_id).where(Enrolment.id == enrolment_id)
    ).scalar()
    if class_id is None:
        raise Refusal(_("This person is not on the list any more."))
    held = seats.hold(ctx, class_id)
    return held, ctx.session.get_one(Enrolment, enrolment_id, populate_existing=True)


def _row_of_actor(ctx: Ctx, class_id: int) -> Enrolment:
    assert ctx.actor.person_id is not None
    return find(ctx, class_id, ctx.actor.person_id)


def _approve(
    ctx: Ctx,
    held: TrainingClass,
    row: Enrolment,
    *,
    rule: str = "",
    reason: str = "",
    **details: Any,
) -> None:
    row.approved_at, row.lot = ctx.now(), None
    change = changes.step(ctx, row, Act.APPROVE, S.APPROVED, rule=rule, reason=reason, **details)
    _end_approval(ctx, row, "approved")
    _seat_or_tell(ctx, held, row, change)


def _seat_or_tell(ctx: Ctx, held: TrainingClass, row: Enrolment, change: EnrolmentChange) -> None:
    """Who gets the seat at once is told that, and not that they wait for it."""
    seats.fill(ctx, held, approving=row.id)
    if row.state is S.APPROVED:
        changes.tell(ctx, row, change)


def _leave(
    ctx: Ctx,
    held: TrainingClass,
    row: Enrolment,
    act: Act,
    new: EnrolmentState,
    *,
    reason: str,
    rule: str = "",
) -> None:
    change = changes.step(ctx, row, act, new, rule=rule, reason=reason)
    changes.tell(ctx, row, change)
    _end_approval(ctx, row, act.value)
    seats.fill(ctx, held)


def _end_approval(ctx: Ctx, row: Enrolment, how: str) -> None:
    assert row.id is not None
    approvals.void(ctx, row.id, how)


def _full(held: TrainingClass) -> Refusal:
    return Refusal(
        _("The class is full: {seats} seats. Give it more seats first.", seats=held.seats)
    )
