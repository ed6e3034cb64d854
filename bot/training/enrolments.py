"""The list of a class: who is in it, added, removed, and what became of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select

from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Text, Texts, _
from bot.models.people import Person
from bot.models.training import Enrolment, EnrolmentState, TrainingClass
from bot.people import access, directory
from bot.people.access_table import Action
from bot.people.directory import PersonCard
from bot.training import approvals, class_reach, enrolling, keeping, seats
from bot.training.membership import TRAINEE_STATES
from bot.training.states import NOT_IN, WAITING

PAGE = 8
STATE_WORDS: Mapping[EnrolmentState, Text] = {
    EnrolmentState.INTERESTED: _("interested"),
    EnrolmentState.REQUESTED: _("requested"),
    EnrolmentState.NOMINATED: _("nominated"),
    EnrolmentState.APPROVED: _("approved"),
    EnrolmentState.ENROLLED: _("enrolled"),
    EnrolmentState.DECLINED: _("declined"),
    EnrolmentState.WITHDRAWN: _("withdrawn"),
    EnrolmentState.CANCELLED: _("removed from the list"),
    EnrolmentState.ATTENDED: _("attended"),
    EnrolmentState.PARTLY_ATTENDED: _("partly attended"),
    EnrolmentState.NO_SHOW: _("did not come"),
    EnrolmentState.COMPLETED: _("completed"),
}
ATTENDANCE = (
    EnrolmentState.ATTENDED,
    EnrolmentState.PARTLY_ATTENDED,
    EnrolmentState.NO_SHOW,
    EnrolmentState.COMPLETED,
)
CORRECTIONS = (EnrolmentState.ENROLLED, *ATTENDANCE, EnrolmentState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class MemberCard:
    """One person on the list of a class; `place` on the wait list is 0 for who does not wait.

    `request` is what is asked about them and not decided, `begun` that the class has begun.
    """

    enrolment_id: int
    class_id: int
    person_id: int
    staff_no: str
    name: Texts
    unit: str
    state: EnrolmentState
    linked: bool
    place: int = 0
    required: bool = False
    request: int | None = None
    begun: bool = False

    @property
    def counts(self) -> bool:
        """Whether the person holds a place."""
        return self.state in TRAINEE_STATES


@dataclass(frozen=True, slots=True)
class MemberPage:
    """One page of a class's list; `number` counts from 0."""

    members: tuple[MemberCard, ...]
    number: int
    pages: int


def members(ctx: Ctx, class_id: int, number: int = 0) -> MemberPage:
    """The list of a class: who holds a place by name, who waits for one in the order of waiting,
    who is not decided about, who left. Refuses classes that are not the actor's.
    """
    held = class_reach.require_keeper(ctx, class_id)
    rows = ctx.session.scalars(
        select(Enrolment)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.class_id == class_id)
        .order_by(*_order())
    ).all()
    pages = max(1, -(-len(rows) // PAGE))
    number = min(max(number, 0), pages - 1)
    shown = rows[number * PAGE : (number + 1) * PAGE]
    people = directory.cards(ctx.session, [row.person_id for row in shown])
    cards = [_card(ctx, held, row, person) for row, person in zip(shown, people, strict=True)]
    return MemberPage(tuple(cards), number, pages)


def member(ctx: Ctx, enrolment_id: int) -> MemberCard:
    """One person on a list; refuses classes that are not the actor's."""
    return _shown(ctx, keeping.row(ctx, enrolment_id))


def add(ctx: Ctx, class_id: int, staff_no: str) -> MemberCard:
    """Put somebody on the list of a class, or back on it.

    Refuses people out of reach, somebody who is on it already, and a class that is full.
    """
    class_reach.require_editor(ctx, class_id)
    person_id = directory.find_staff_no(ctx.session, staff_no)
    if person_id is None:
        raise Refusal(_("Nobody has the staff number {number}.", number=staff_no))
    access.require(ctx, Action.EDIT_CLASSES, person_id)
    row = enrolling.admit(ctx, class_id, person_id)
    return _shown(ctx, row)


def remove(ctx: Ctx, enrolment_id: int) -> MemberCard:
    """Take somebody off the list; they owe nothing about the class any more."""
    row = keeping.row(ctx, enrolment_id)
    class_reach.require_editor(ctx, row.class_id)
    keeping.require_about(ctx, row)
    enrolling.cancel(ctx, enrolment_id)
    return member(ctx, enrolment_id)


def set_state(ctx: Ctx, enrolment_id: int, state: EnrolmentState) -> MemberCard:
    """Say what became of somebody; trainers may note attendance only.

    Refuses a state that is not set by hand, and a place in a class that is full.
    """
    row = keeping.row(ctx, enrolment_id)
    if state not in ATTENDANCE:
        class_reach.require_editor(ctx, row.class_id)
    if state not in CORRECTIONS:
        raise Refusal(_("Choose one of the states shown."))
    keeping.require_about(ctx, row)
    keeping.require_open(ctx, row.class_id)
    if row.state in NOT_IN | WAITING and state is EnrolmentState.ENROLLED:
        enrolling.admit(ctx, row.class_id, row.person_id)
    else:
        enrolling.note(ctx, enrolment_id, state)
    return member(ctx, enrolment_id)


def order(ctx: Ctx, enrolment_id: int) -> MemberCard:
    """Somebody on the list has to attend, under the class's order; first in line for a seat."""
    row = keeping.row(ctx, enrolment_id)
    class_reach.require_editor(ctx, row.class_id)
    keeping.require_about(ctx, row)
    enrolling.order(ctx, row.class_id, row.person_id)
    return member(ctx, enrolment_id)


def _order() -> tuple[Any, ...]:
    waits = Enrolment.state == EnrolmentState.APPROVED
    group = case(
        (Enrolment.state.in_(TRAINEE_STATES), 0),
        (waits, 1),
        (Enrolment.state.in_((EnrolmentState.REQUESTED, EnrolmentState.NOMINATED)), 2),
        (Enrolment.state == EnrolmentState.INTERESTED, 3),
        else_=4,
    )
    return (
        group,
        case((waits & Enrolment.required, 0), (waits, 1), else_=2),
        case((waits, func.coalesce(Enrolment.lot, seats.NO_LOT))),
        case((waits, Enrolment.approved_at)),
        case((waits, Enrolment.id)),
        Person.full_name,
        Person.id,
    )


def _shown(ctx: Ctx, row: Enrolment) -> MemberCard:
    held = ctx.session.get_one(TrainingClass, row.class_id)
    return _card(ctx, held, row, directory.card(ctx.session, row.person_id))


def _card(ctx: Ctx, held: TrainingClass, row: Enrolment, person: PersonCard) -> MemberCard:
    assert row.id is not None
    waits = row.state is EnrolmentState.APPROVED
    asked = approvals.open_about(ctx, row.id) if row.state in WAITING else None
    return MemberCard(
        enrolment_id=row.id,
        class_id=row.class_id,
        person_id=person.id,
        staff_no=person.staff_no,
        name=person.name,
        unit=person.unit,
        state=row.state,
        linked=person.linked,
        place=seats.place_of(ctx.session, row) if waits else 0,
        required=row.required,
        request=asked.id if asked is not None else None,
        begun=held.starts_on is not None and seats.has_started(ctx, held),
    )
