"""What follows for training when somebody gets another supervisor, or a supervisor leaves.

Requests go to who decides now. A place in a class stays; the new supervisor is told of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.models.delivery import Urgency
from bot.models.people import Person
from bot.models.training import Enrolment, EnrolmentState, TrainingClass
from bot.people import directory, leavers
from bot.people.directory import PersonCard
from bot.training import approvers, catalogue, passing_on
from bot.training.catalogue import ClassCard

HAS_A_PLACE = (EnrolmentState.APPROVED, EnrolmentState.ENROLLED)
NEW_IN_TEAM = outbox.declare(
    NoticeKind("new_in_team", Urgency.ORDINARY, merge="approvals", repeats=True)
)


@dataclass(frozen=True, slots=True)
class Place:
    """An officer and the class in which they have a place."""

    person: PersonCard
    held: ClassCard


@leavers.on_changing("approvals")
def hand_over(ctx: Ctx, person_ids: Sequence[int]) -> None:
    """What waits about these people, or with them, goes to who decides now."""
    passing_on.realign(ctx, person_ids)


@leavers.on_leaving("approvals")
def take_from_leavers(ctx: Ctx, person_ids: Sequence[int]) -> None:
    """What waited with them goes to who decides now."""
    passing_on.realign(ctx, person_ids, of_approver=True)


@leavers.on_new_supervisor("classes")
def tell_new_supervisor(ctx: Ctx, person_ids: Sequence[int]) -> None:
    """Who leads somebody anew is told which class they have a place in."""
    moved = frozenset(person_ids)
    rows = ctx.session.execute(
        select(Enrolment.id, Enrolment.person_id)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(
            Enrolment.state.in_(HAS_A_PLACE),
            TrainingClass.cancelled_at.is_(None),
            TrainingClass.closed_at.is_(None),
            TrainingClass.ends_on >= ctx.today(),
            Person.active,
        )
        .order_by(Enrolment.id)
    ).all()
    for enrolment_id, person_id in rows:
        if person_id in moved:
            _tell(ctx, enrolment_id, person_id)


def is_in_team(ctx: Ctx, enrolment_id: int) -> bool:
    """Whether somebody has the place still, and the actor leads them."""
    row = ctx.session.get_one(Enrolment, enrolment_id)
    return row.state in HAS_A_PLACE and approvers.leads(ctx, row.person_id)


def place(ctx: Ctx, enrolment_id: int) -> Place:
    """Who has which place; who may see it has been asked before."""
    row = ctx.session.get_one(Enrolment, enrolment_id)
    return Place(directory.card(ctx.session, row.person_id), catalogue.card(ctx, row.class_id))


def _tell(ctx: Ctx, enrolment_id: int, person_id: int) -> None:
    line = approvers.line_of(ctx.session, person_id, ctx.today())
    if line:
        key = f"new-in-team:{enrolment_id}:{line[0]}"
        outbox.tell(ctx, NEW_IN_TEAM, line[0], {"enrolment": enrolment_id}, key=key)
