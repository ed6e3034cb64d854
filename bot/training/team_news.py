"""Supervisors are told when somebody of theirs is named for a class, and what came of it."""

from __future__ import annotations

from sqlalchemy import desc, select

from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.models.delivery import Urgency
from bot.models.people import Person
from bot.models.training import Enrolment, EnrolmentChange
from bot.people.access import supervisor_of
from bot.training.states import Act

TEAM_NAMED = outbox.declare(
    NoticeKind("team_named", Urgency.ORDINARY, merge="team_named", repeats=True)
)


def last_change(ctx: Ctx, row: Enrolment, act: Act | None = None) -> EnrolmentChange:
    """The latest step of an enrolment, or the latest by this act; there must be one."""
    query = select(EnrolmentChange).where(EnrolmentChange.enrolment_id == row.id)
    if act is not None:
        query = query.where(EnrolmentChange.act == act)
    return ctx.session.scalars(query.order_by(desc(EnrolmentChange.id)).limit(1)).one()


def tell_supervisor(ctx: Ctx, row: Enrolment, change: EnrolmentChange) -> None:
    """Tell the supervisor on duty of this step, once; not who took it themselves."""
    person = ctx.session.get_one(Person, row.person_id)
    supervisor = supervisor_of(person, ctx.today())
    if supervisor is not None and supervisor != ctx.actor.person_id:
        key = f"enrolment:{row.id}:change:{change.id}:team:{supervisor}"
        outbox.tell(ctx, TEAM_NAMED, supervisor, {"change": change.id}, key=key)
