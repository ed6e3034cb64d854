"""Seats: who holds one, who waits for one in which order, and giving the free ones away.

Approval comes before seats. A free seat goes, in the transaction that freed it, to the first who
is approved: required training first, then by lot where lots were drawn, then by the time of
approval; never once a class has begun.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlmodel import Session

from bot.context import Ctx
from bot.models.training import Enrolment, EnrolmentChange, EnrolmentState, TrainingClass
from bot.training import changes
from bot.training.changes import Step
from bot.training.membership import TRAINEE_STATES
from bot.training.schedule import start_of
from bot.training.states import Act

FREED, APPROVED = "first on the wait list", "approved, and a seat was free"
DRAWN = "a place won by lot"
NO_LOT = 2**31 - 1
"""Who was approved after the draw comes after everybody who took part in it."""


def hold(ctx: Ctx, class_id: int) -> TrainingClass:
    """The class, whose seats nobody else gives away before the commit."""
    return ctx.session.get_one(
        TrainingClass, class_id, with_for_update=True, populate_existing=True
    )


def taken(session: Session, class_id: int) -> int:
    """How many hold a place in the class."""
    count = select(func.count()).where(
        Enrolment.class_id == class_id, Enrolment.state.in_(TRAINEE_STATES)
    )
    return int(session.execute(count).scalar_one())


def free(ctx: Ctx, held: TrainingClass) -> int:
    """How many seats nobody holds."""
    assert held.id is not None
    return max(0, held.seats - taken(ctx.session, held.id))


def wait_list(class_id: int) -> Select[Enrolment]:
    """Who is approved and waits, in the order in which seats are given."""
    return (
        select(Enrolment)
        .where(Enrolment.class_id == class_id, Enrolment.state == EnrolmentState.APPROVED)
        .order_by(Enrolment.required.desc(), _lot(), Enrolment.approved_at, Enrolment.id)
    )


def place_of(session: Session, row: Enrolment) -> int:
    """The place on the wait list, from 1, of somebody who is approved and waits."""
    lot = NO_LOT if row.lot is None else row.lot
    same_time = and_(Enrolment.approved_at == row.approved_at, Enrolment.id < row.id)
    earlier = or_(
        _lot() < lot,
        and_(_lot() == lot, or_(Enrolment.approved_at < row.approved_at, same_time)),
    )
    ahead = and_(Enrolment.required, earlier) if row.required else or_(Enrolment.required, earlier)
    count = select(func.count()).where(
        Enrolment.class_id == row.class_id, Enrolment.state == EnrolmentState.APPROVED, ahead
    )
    return int(session.execute(count).scalar_one()) + 1


def fill(
    ctx: Ctx, held: TrainingClass, approving: int | None = None, *, drawn: bool = False
) -> list[EnrolmentChange]:
    """Give the free seats of a class that is held (`hold`) to those who wait; tells each of them.

    `approving` is the enrolment that has just been approved, if any: its change says so, and so
    do the changes of those who win a place by lots that have just been `drawn`.
    """
    if held.cancelled_at or held.closed_at or has_started(ctx, held) or held.id is None:
        return []
    number = free(ctx, held)
    if not number:
        return []
    rows = ctx.session.scalars(wait_list(held.id).limit(number)).all()
    steps = [Step(row, EnrolmentState.ENROLLED, _rule(row, approving, drawn)) for row in rows]
    made = changes.step_all(ctx, Act.SEAT, steps)
    changes.tell_all(ctx, list(zip(rows, made, strict=True)))
    return made


def has_started(ctx: Ctx, held: TrainingClass) -> bool:
    """Whether the first session has begun; one without dates gives no seats, as if it had."""
    starts_at = start_of(held, ctx.settings.timezone)
    return starts_at is None or ctx.now() >= starts_at


def _rule(row: Enrolment, approving: int | None, drawn: bool) -> str:
    if drawn and row.lot:
        return DRAWN
    return APPROVED if row.id == approving else FREED


def _lot() -> ColumnElement[int]:
    return func.coalesce(Enrolment.lot, NO_LOT)
