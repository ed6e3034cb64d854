"""A class is cancelled, or held after all: its record stays, its list is emptied and filled again.

Everybody on the list is taken off it by one rule, and comes back to where they were by the order
of approval and seats, told each time.
"""

from __future__ import annotations

from sqlalchemy import desc, func, select

from bot import audit, long_work
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.models.delivery import Urgency
from bot.models.training import Enrolment, EnrolmentChange, EnrolmentState, TrainingClass
from bot.training import approvals, catalogue, changes, classes, seats, telling
from bot.training.changes import Step
from bot.training.classes import Done
from bot.training.states import LIVE, Act

S = EnrolmentState
AT_ONCE = 200
"""So many on its list are taken off while whoever cancels a class waits; more are long work."""
CHUNK = 100
WORK = "class_emptied"
CLASS_EMPTIED = outbox.declare(NoticeKind("class_emptied", Urgency.ORDINARY))
HELD_AFTER_ALL = "class held after all"


def cancel(ctx: Ctx, class_id: int, reason: str = "") -> Done:
    """Cancel a class: everybody on its list is taken off it and told, with the reason.

    From a long list they are taken off by long work, and who cancelled it is told when that is
    done. Refuses classes out of reach, and one that is closed.
    """
    held = classes.require_open(ctx, class_id)
    told = 0
    if held.cancelled_at is None:
        held.cancelled_at = ctx.now()
        ctx.session.flush()
        audit.record(ctx, "class.cancelled", "class", class_id, reason=reason)
        approvals.void_all(ctx, class_id, "class cancelled")
        told = _take_off(ctx, class_id, reason)
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
    back = _restore_all(ctx, held)
    seated = len(seats.fill(ctx, held))
    # Who got a seat at once is told of that, and not that they wait for it.
    waiting = [(row, change) for row, change in back if row.state.value == change.new]
    changes.tell_all(ctx, waiting)
    told = len(back) + telling.class_brought_back(ctx, held)
    return Done(catalogue.card(ctx, class_id), told, seated)


def count_told(ctx: Ctx, class_id: int) -> int:
    """How many would be told if the class were cancelled."""
    held = ctx.session.get_one(TrainingClass, class_id)
    return len(telling.receivers(ctx, held))


def count_back(ctx: Ctx, class_id: int) -> int:
    """How many would be back on the list if the class were held after all."""
    return len(_taken_off(ctx, ctx.session.get_one(TrainingClass, class_id)))


def take_off_some(ctx: Ctx, class_id: int, reason: str, most: int = CHUNK) -> int:
    """Take the next so many off the list of a class that was cancelled; how many there were, none
    where the class is held after all by now.
    """
    held = ctx.session.get(TrainingClass, class_id, with_for_update=True, populate_existing=True)
    if held is None or held.cancelled_at is None:
        return 0
    rows = ctx.session.scalars(
        select(Enrolment)
        .where(Enrolment.class_id == class_id, Enrolment.state.in_(LIVE))
        .order_by(Enrolment.id)
        .limit(most)
    ).all()
    steps = [Step(row, S.CANCELLED, telling.CLASS_IS_CANCELLED, reason) for row in rows]
    made = changes.step_all(ctx, Act.CANCEL, steps)
    changes.tell_all(ctx, list(zip(rows, made, strict=True)))
    return len(rows)


def _take_off(ctx: Ctx, class_id: int, reason: str) -> int:
    """How many are taken off, now or by long work."""
    on_list = select(func.count()).select_from(Enrolment)
    count = ctx.session.execute(
        on_list.where(Enrolment.class_id == class_id, Enrolment.state.in_(LIVE))
    ).scalar_one()
    if count > AT_ONCE:
        long_work.queue(ctx, WORK, {"class": class_id, "reason": reason})
    else:
        take_off_some(ctx, class_id, reason, AT_ONCE)
    return int(count)


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


def _ask_again(ctx: Ctx, held: TrainingClass) -> None:
    """Whoever has to be decided about is asked about, also those who had not been taken off."""
    rows = ctx.session.scalars(
        select(Enrolment)
        .where(Enrolment.class_id == held.id, Enrolment.state == S.REQUESTED)
        .order_by(Enrolment.id)
    ).all()
    for row in rows:
        if row.id is not None and approvals.open_about(ctx, row.id) is None:
            approvals.ask(ctx, row)


def _restore_all(ctx: Ctx, held: TrainingClass) -> list[tuple[Enrolment, EnrolmentChange]]:
    """One step back onto the list for each, to wait for a seat where there was one."""
    found = _taken_off(ctx, held)
    begun = _has_begun(ctx, held)
    steps = []
    for row, old in found:
        new = S.APPROVED if old is S.ENROLLED and not begun else old
        if new is S.APPROVED and row.approved_at is None:
            row.approved_at = ctx.now()
        steps.append(Step(row, new, HELD_AFTER_ALL))
    made = changes.step_all(ctx, Act.ADMIT if begun else Act.RESTORE, steps)
    _ask_again(ctx, held)
    return [(step.row, change) for step, change in zip(steps, made, strict=True)]
