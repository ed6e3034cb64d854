"""A class is cancelled, or held after all: its record stays, its list is emptied and filled again.

Everybody on the list is taken off it by one rule, and comes back to where they were by the order
of approval and seats, told each time.
"""

from __future__ import annotations

from sqlalchemy import desc, func, select

from bot import audit
from bot.context import Ctx
from bot.models.training import Enrolment, EnrolmentChange, EnrolmentState, TrainingClass
from bot.training import approvals, catalogue, changes, classes, seats, telling
from bot.training.classes import Done
from bot.training.states import LIVE, Act

S = EnrolmentState
HELD_AFTER_ALL = "class held after all"


def cancel(ctx: Ctx, class_id: int, reason: str = "") -> Done:
    """Cancel a class: everybody on its list is taken off it and told, with the reason.

    Refuses classes out of reach, and one that is closed.
    """
    held = classes.require_open(ctx, class_id)
    told = 0
    if held.cancelled_at is None:
        held.cancelled_at = ctx.now()
        ctx.session.flush()
        audit.record(ctx, "class.cancelled", "class", class_id, reason=reason)
        told = sum(_take_off(ctx, row, reason) for row in _live(ctx, class_id))
        told += telling.class_cancelled(ctx, held, reason)
    return Done(catalogue.card(ctx, class_id), told)


def bring_back(ctx: Ctx, class_id: int) -> Done:
    """Hold a class after all: who was taken off its list when it was cancelled is on it again.

    Seats are given again in the order of approval; who had not been decided about is asked about
    anew. Once the class has begun only those come back who had a place. Refuses classes out of
    reach, and one that is closed.
    """
    held = classes.require_open(ctx, class_id)
    if held.cancelled_at is None:
        return Done(catalogue.card(ctx, class_id))
    held.cancelled_at = None
    ctx.session.flush()
    audit.record(ctx, "class.brought_back", "class", class_id)
    begun = _has_begun(ctx, held)
    back = [(row, _restore(ctx, row, old, begun)) for row, old in _taken_off(ctx, held)]
    seated = len(seats.fill(ctx, held))
    for row, change in back:
        if row.state is S.ENROLLED and change.new != row.state:
            continue  # told of the seat that followed
        changes.tell(ctx, row, change)
    told = len(back) + telling.class_brought_back(ctx, held)
    return Done(catalogue.card(ctx, class_id), told, seated)


def count_told(ctx: Ctx, class_id: int) -> int:
    """How many would be told if the class were cancelled."""
    held = ctx.session.get_one(TrainingClass, class_id)
    return len(telling.receivers(ctx, held))


def count_back(ctx: Ctx, class_id: int) -> int:
    """How many would be back on the list if the class were held after all."""
    return len(_taken_off(ctx, ctx.session.get_one(TrainingClass, class_id)))


def _live(ctx: Ctx, class_id: int) -> list[Enrolment]:
    query = (
        select(Enrolment)
        .where(Enrolment.class_id == class_id, Enrolment.state.in_(LIVE))
        .order_by(Enrolment.id)
    )
    return list(ctx.session.scalars(query))


def _take_off(ctx: Ctx, row: Enrolment, reason: str) -> bool:
    assert row.id is not None
    rule = telling.CLASS_IS_CANCELLED
    change = changes.step(ctx, row, Act.CANCEL, S.CANCELLED, rule=rule, reason=reason)
    approvals.void(ctx, row.id, "class cancelled")
    changes.tell(ctx, row, change)
    return True


def _taken_off(ctx: Ctx, held: TrainingClass) -> list[tuple[Enrolment, EnrolmentState]]:
    """Whose last step was to be taken off with the class, each with the state before; once the
    class has begun, those who had a place, as many as it has seats.
    """
    last = (
        select(func.max(EnrolmentChange.id))
        .where(EnrolmentChange.enrolment_id == Enrolment.id)
        .correlate(Enrolment)
        .scalar_subquery()
    )
    query = (
        select(Enrolment, EnrolmentChange.old)
        .join(EnrolmentChange, EnrolmentChange.id == last)
        .where(
            Enrolment.class_id == held.id,
            Enrolment.state == S.CANCELLED,
            EnrolmentChange.rule == telling.CLASS_IS_CANCELLED,
        )
        .order_by(desc(Enrolment.required), Enrolment.approved_at, Enrolment.id)
    )
    found = [(row, EnrolmentState(old)) for row, old in ctx.session.execute(query)]
    if not _has_begun(ctx, held):
        return found
    return [pair for pair in found if pair[1] is S.ENROLLED][: seats.free(ctx, held)]


def _has_begun(ctx: Ctx, held: TrainingClass) -> bool:
    """Whether there is a first session, and it has begun."""
    return held.starts_on is not None and seats.has_started(ctx, held)


def _restore(ctx: Ctx, row: Enrolment, old: EnrolmentState, begun: bool) -> EnrolmentChange:
    """One step back onto the list, to wait for a seat where there was one."""
    if begun:
        return changes.step(ctx, row, Act.ADMIT, S.ENROLLED, rule=HELD_AFTER_ALL)
    state = S.APPROVED if old is S.ENROLLED else old
    if state is S.APPROVED and row.approved_at is None:
        row.approved_at = ctx.now()
    change = changes.step(ctx, row, Act.RESTORE, state, rule=HELD_AFTER_ALL)
    if state is S.REQUESTED:
        approvals.ask(ctx, row)
    return change
