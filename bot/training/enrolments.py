"""The list of a class: who is in it, added, removed, and what became of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Text, Texts, _
from bot.models.people import Person
from bot.models.training import Enrolment, EnrolmentState, TrainingClass
from bot.people import access, directory
from bot.people.access import Action
from bot.people.directory import PersonCard
from bot.training import catalogue, class_reach
from bot.training.membership import TRAINEE_STATES

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
    """One person on the list of a class."""

    enrolment_id: int
    class_id: int
    person_id: int
    staff_no: str
    name: Texts
    unit: str
    state: EnrolmentState
    linked: bool

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
    """The list of a class, who holds a place first; refuses classes that are not the actor's."""
    class_reach.require_keeper(ctx, class_id)
    rows = ctx.session.scalars(
        select(Enrolment)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.class_id == class_id)
        .order_by(Enrolment.state.not_in(TRAINEE_STATES), Person.full_name, Person.id)
    ).all()
    pages = max(1, -(-len(rows) // PAGE))
    number = min(max(number, 0), pages - 1)
    shown = rows[number * PAGE : (number + 1) * PAGE]
    people = directory.cards(ctx.session, [row.person_id for row in shown])
    return MemberPage(tuple(map(_card, shown, people)), number, pages)


def member(ctx: Ctx, enrolment_id: int) -> MemberCard:
    """One person on a list; refuses classes that are not the actor's."""
    row = _row(ctx, enrolment_id)
    return _card(row, directory.card(ctx.session, row.person_id))


def add(ctx: Ctx, class_id: int, staff_no: str) -> MemberCard:
    """Put somebody on the list of a class, or back on it.

    Refuses people out of reach, somebody who is on it already, and a class that is full.
    """
    class_reach.require_editor(ctx, class_id)
    person_id = directory.find_staff_no(ctx.session, staff_no)
    if person_id is None:
        raise Refusal(_("Nobody has the staff number {number}.", number=staff_no))
    access.require(ctx, Action.EDIT_CLASSES, person_id)
    row = _enrolment(ctx, class_id, person_id)
    if row is not None and row.state in TRAINEE_STATES:
        raise Refusal(_("This person is on the list already."))
    _refuse_full(ctx, class_id)
    if row is None:
        row = Enrolment(class_id=class_id, person_id=person_id, changed_at=ctx.now())
        ctx.session.add(row)
    _change(ctx, row, EnrolmentState.ENROLLED)
    return _card(row, directory.card(ctx.session, person_id))


def remove(ctx: Ctx, enrolment_id: int) -> MemberCard:
    """Take somebody off the list; they owe nothing about the class any more."""
    row = _row(ctx, enrolment_id)
    class_reach.require_editor(ctx, row.class_id)
    _require_about(ctx, row)
    _change(ctx, row, EnrolmentState.CANCELLED)
    return member(ctx, enrolment_id)


def set_state(ctx: Ctx, enrolment_id: int, state: EnrolmentState) -> MemberCard:
    """Say what became of somebody; trainers may note attendance only.

    Refuses a state that is not set by hand, and a place in a class that is full.
    """
    row = _row(ctx, enrolment_id)
    if state not in ATTENDANCE:
        class_reach.require_editor(ctx, row.class_id)
    if state not in CORRECTIONS:
        raise Refusal(_("Choose one of the states shown."))
    _require_about(ctx, row)
    if state in TRAINEE_STATES and row.state not in TRAINEE_STATES:
        _refuse_full(ctx, row.class_id)
    _change(ctx, row, state)
    return member(ctx, enrolment_id)


def _change(ctx: Ctx, row: Enrolment, state: EnrolmentState) -> None:
    before = row.state if row.id is not None else None
    if before is state:
        return
    row.state, row.changed_at = state, ctx.now()
    ctx.session.flush()
    audit.record(
        ctx,
        "enrolment.changed",
        "enrolment",
        row.id,
        old=before.value if before else "",
        new=state.value,
    )


def _refuse_full(ctx: Ctx, class_id: int) -> None:
    """Seats of one class are given one after the other: the class is held until the commit."""
    held = ctx.session.get_one(
        TrainingClass, class_id, with_for_update=True, populate_existing=True
    )
    if held.seats and catalogue.count_trainees(ctx.session, held.id) >= held.seats:
        raise Refusal(
            _("The class is full: {seats} seats. Give it more seats first.", seats=held.seats)
        )


def _row(ctx: Ctx, enrolment_id: int) -> Enrolment:
    row = ctx.session.get(Enrolment, enrolment_id)
    if row is None:
        raise Refusal(_("This person is not on the list any more."))
    class_reach.require_keeper(ctx, row.class_id)
    return row


def _require_about(ctx: Ctx, row: Enrolment) -> None:
    """Who keeps a class decides about all who are in it; who only has a part of the
    organisation, about its people.
    """
    if not class_reach.is_own(ctx, row.class_id):
        access.require(ctx, Action.EDIT_CLASSES, row.person_id)


def _enrolment(ctx: Ctx, class_id: int, person_id: int) -> Enrolment | None:
    return ctx.session.scalars(
        select(Enrolment).where(Enrolment.class_id == class_id, Enrolment.person_id == person_id)
    ).first()


def _card(row: Enrolment, person: PersonCard) -> MemberCard:
    return MemberCard(
        enrolment_id=row.id,
        class_id=row.class_id,
        person_id=person.id,
        staff_no=person.staff_no,
        name=person.name,
        unit=person.unit,
        state=row.state,
        linked=person.linked,
    )
