"""What becomes of the places of somebody who has left the administration: others get them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select

from bot.calendar import DAY
from bot.context import Ctx
from bot.models.training import Enrolment, TrainingClass
from bot.people import leavers
from bot.training import enrolling, seats
from bot.training.states import LIVE

HAS_LEFT = "has left"
ONE_QUERY = 500


@leavers.on_leaving("places")
def free_places(ctx: Ctx, person_ids: Sequence[int]) -> None:
    """Leavers are taken off the lists of classes that have not begun; seats go to the next.

    Who comes back to the roster is put on a list by hand: the seat may be somebody else's.
    """
    for start in range(0, len(person_ids), ONE_QUERY):
        _free(ctx, person_ids[start : start + ONE_QUERY])


def _free(ctx: Ctx, person_ids: Sequence[int]) -> None:
    rows = ctx.session.execute(
        select(Enrolment.id, TrainingClass)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .where(
            Enrolment.person_id.in_(person_ids),
            Enrolment.state.in_(LIVE),
            TrainingClass.cancelled_at.is_(None),
            TrainingClass.closed_at.is_(None),
            or_(TrainingClass.starts_on.is_(None), TrainingClass.starts_on >= ctx.today() - DAY),
        )
        .order_by(Enrolment.class_id, Enrolment.id)
    ).all()
    for enrolment_id, held in rows:
        if not (held.starts_on and seats.has_started(ctx, held)):
            enrolling.cancel(ctx, enrolment_id, rule=HAS_LEFT)
