"""Ordered training: the supervisor is told, and may ask with a reason that it be put off.

The training unit decides; until it has, the place stays.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from bot import audit
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.errors import Refusal
from bot.i18n import _
from bot.models.approvals import About, Approval, Decision
from bot.models.delivery import Urgency
from bot.models.people import Person
from bot.models.training import Enrolment, EnrolmentState, TrainingClass
from bot.people import access, directory, reach
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.people.directory import PersonCard
from bot.training import approvals, approvers, catalogue, seats
from bot.training.catalogue import ClassCard

HAS_A_PLACE = (EnrolmentState.APPROVED, EnrolmentState.ENROLLED)
PUT_OFF = "put off"
APPROVAL_ORDERED = outbox.declare(
    NoticeKind("approval_ordered", Urgency.ORDINARY, merge="approvals", repeats=True)
)
POSTPONEMENT_DECIDED = outbox.declare(
    NoticeKind("postponement_decided", Urgency.DATED, repeats=True)
)


@dataclass(frozen=True, slots=True)
class OrderCard:
    """Somebody who was ordered to a class; `is_asked` while a postponement is to be decided."""

    enrolment_id: int
    person: PersonCard
    held: ClassCard
    is_asked: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the training unit decided about a postponement; `reason` says why not."""

    person: PersonCard
    held: ClassCard
    is_granted: bool
    reason: str


def tell_supervisor(ctx: Ctx, row: Enrolment) -> None:
    """Tell who leads an officer that they have been ordered to attend, once an order."""
    line = approvers.line_of(ctx.session, row.person_id, ctx.today())
    if line and line[0] != ctx.actor.person_id:
        key = f"ordered:{row.id}:{ctx.now().isoformat()}"
        outbox.tell(ctx, APPROVAL_ORDERED, line[0], {"enrolment": row.id}, key=key)


def ask(ctx: Ctx, enrolment_id: int, reason: str) -> OrderCard:
    """Ask the training unit to put ordered training off.

    Refuses who does not lead the officer, training that is not ordered or has begun, and a second
    request while one waits.
    """
    seats.hold(ctx, card(ctx, enrolment_id).held.id)
    found = require_askable(ctx, enrolment_id)
    row = ctx.session.get_one(Enrolment, enrolment_id)
    approval = approvals.ask(ctx, row, About.POSTPONEMENT, reason)
    audit.record(ctx, "postponement.asked", "approval", approval.id, reason=reason)
    return found


def require_askable(ctx: Ctx, enrolment_id: int) -> OrderCard:
    """The order, if it can be asked to put it off now; refuses as `ask` does."""
    found = card(ctx, enrolment_id)
    if seats.has_started(ctx, ctx.session.get_one(TrainingClass, found.held.id)):
        raise Refusal(_("The class has begun. Speak with the training unit."))
    if found.is_asked:
        raise Refusal(_("This is asked for already. The training unit decides."))
    return found


def card(ctx: Ctx, enrolment_id: int) -> OrderCard:
    """One order; refuses who does not lead the officer, and what is no order any more."""
    row = ctx.session.get(Enrolment, enrolment_id)
    if row is None or not approvers.leads(ctx, row.person_id):
        raise OutOfReach(Action.DECIDE, enrolment_id, "enrolment", access.NOT_ALLOWED)
    if not row.required or row.state not in HAS_A_PLACE:
        raise Refusal(_("This officer is not ordered to attend any more."))
    return _card(ctx, row)


def of_team(ctx: Ctx) -> list[OrderCard]:
    """Those of the actor's people who are ordered to a class that has not begun."""
    rows = ctx.session.scalars(
        select(Enrolment)
        .join(Person, Person.id == Enrolment.person_id)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .where(
            Enrolment.required,
            Enrolment.state.in_(HAS_A_PLACE),
            TrainingClass.starts_on > ctx.today(),
            Person.id != ctx.actor.person_id,
            Person.active,
            reach.within(ctx, Action.DECIDE),
        )
        .order_by(TrainingClass.starts_on, Enrolment.id)
    ).all()
    return [_card(ctx, row) for row in rows]


def is_ordered(ctx: Ctx, enrolment_id: int) -> bool:
    """Whether an officer of the actor's is still ordered to attend."""
    row = ctx.session.get_one(Enrolment, enrolment_id)
    return row.required and row.state in HAS_A_PLACE and approvers.leads(ctx, row.person_id)


def outcome(ctx: Ctx, approval_id: int) -> Outcome:
    """What became of the actor's request; refuses that of somebody else."""
    approval = ctx.session.get(Approval, approval_id)
    if approval is None or approval.letter.get(approvals.ASKED_BY) != ctx.actor.person_id:
        raise OutOfReach(Action.DECIDE, approval_id, "approval", access.NOT_ALLOWED)
    row = ctx.session.get_one(Enrolment, approval.enrolment_id)
    return Outcome(
        person=directory.card(ctx.session, row.person_id),
        held=catalogue.card(ctx, row.class_id),
        is_granted=approval.decision is Decision.APPROVED and approval.ended_how == PUT_OFF,
        reason=approval.reason if approval.decision is Decision.DECLINED else "",
    )


def tell_asker(ctx: Ctx, approval: Approval) -> None:
    """Tell who asked for the postponement what became of it."""
    asker = approval.letter.get(approvals.ASKED_BY)
    if asker is not None and asker != ctx.actor.person_id:
        key = f"approval:{approval.id}:decided"
        outbox.tell(ctx, POSTPONEMENT_DECIDED, asker, {"approval": approval.id}, key=key)


def _card(ctx: Ctx, row: Enrolment) -> OrderCard:
    assert row.id is not None
    return OrderCard(
        enrolment_id=row.id,
        person=directory.card(ctx.session, row.person_id),
        held=catalogue.card(ctx, row.class_id),
        is_asked=approvals.open_about(ctx, row.id) is not None,
    )
