"""How one class stands to the officer who looks at it: what can be done, and why something not.

Asking for a place, with the charter, is here too; every step is taken by `enrolling`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import Session

from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Lines, Moment, Text, Texts, Words, _
from bot.models.training import Course, Enrolment, EnrolmentState, Entry, TrainingClass
from bot.people import directory
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.training import (
    approvals,
    cases,
    catalogue,
    enrolling,
    foreign_offers,
    last_in_line,
    offer,
    reasons,
    seats,
    states,
)
from bot.training.catalogue import ClassCard
from bot.training.offer import CourseFacts
from bot.training.schedule import end_of, enrolment_ends, zone_of
from bot.training.states import LIVE, Act

NOT_LISTED = _("You are not on the list of this class.")
OWN_ACTS = (Act.REQUEST, Act.INTEREST, Act.WITHDRAW)
ENTRIES: Mapping[Entry, Text] = {
    Entry.NOMINATED: _("Entry: officers are nominated"),
    Entry.ORDERED: _("Entry: by order"),
}
CHARTER_STATES = LIVE - {EnrolmentState.INTERESTED}


@dataclass(frozen=True, slots=True)
class Standing:
    """One class for one officer.

    `can` holds the acts that are possible now; `reasons` says why the one that would come next
    is not. `place` is that on the wait list, 0 without one; `asked` is whom the request lies
    with: their name, or blank where it is nobody's or the training unit's. `over` once the class
    has ended or been closed.
    """

    held: ClassCard
    course: CourseFacts
    entry: Words
    enrol_until: Moment | None
    language: str
    bring: str
    offer: Mapping[str, str]
    over: bool
    free: int
    waiting: int
    enrolment_id: int | None
    state: EnrolmentState | None
    reason: Words
    place: int
    is_asked: bool
    asked: Texts | None
    owes_charter: bool
    can: frozenset[Act]
    reasons: tuple[Words, ...]


def standing(ctx: Ctx, class_id: int) -> Standing:
    """How the class stands to the actor; refuses classes that the actor may not see."""
    held = offer.require(ctx, class_id)
    course = ctx.session.get_one(Course, held.course_id)
    row = offer.row_of_actor(ctx, class_id)
    can, why_not = _acts(ctx, held, row)
    is_asked, asked = _asked(ctx, row)
    return Standing(
        held=catalogue.card(ctx, class_id),
        course=offer.facts_of(course),
        entry=ENTRIES.get(held.entry, ""),
        enrol_until=_enrol_until(ctx, held),
        language=held.language,
        bring=held.bring,
        offer=foreign_offers.known(held),
        over=_is_over(ctx, held),
        free=seats.free(ctx, held),
        waiting=_waiting(ctx.session, class_id),
        enrolment_id=row.id if row else None,
        state=row.state if row else None,
        reason=reasons.shown(row.reason) if row else "",
        place=_place(ctx.session, row),
        is_asked=is_asked,
        asked=asked,
        owes_charter=owes_charter(course, row),
        can=can,
        reasons=why_not,
    )


def ask(ctx: Ctx, class_id: int, *, accepts: bool = False) -> EnrolmentState:
    """The actor asks for a place, accepting the charter where the course has one.

    Refuses without that, and with every condition that does not hold. Source: F §2.2.
    """
    held = offer.require(ctx, class_id)
    if ctx.session.get_one(Course, held.course_id).has_charter and not accepts:
        raise Refusal(_("Accept the training charter first."))
    row = enrolling.request(ctx, class_id)
    row.charter_at = ctx.now() if accepts else None
    ctx.session.flush()
    return row.state


def show_interest(ctx: Ctx, class_id: int) -> None:
    """The actor is interested in a class without dates."""
    offer.require(ctx, class_id)
    enrolling.show_interest(ctx, class_id)


def accept_charter(ctx: Ctx, class_id: int) -> None:
    """Somebody who was nominated, ordered or registered accepts the charter; once is enough."""
    offer.require(ctx, class_id)
    row = offer.row_of_actor(ctx, class_id)
    if row is None or row.state not in CHARTER_STATES:
        raise _not_listed(class_id, row.state if row else None)
    row.charter_at = row.charter_at or ctx.now()
    ctx.session.flush()


def require_leaving(shown: Standing) -> None:
    """Refuse who is not on the list, or cannot withdraw, with every reason why."""
    if shown.state not in LIVE:
        raise _not_listed(shown.held.id, shown.state)
    if Act.WITHDRAW not in shown.can:
        raise Refusal(Text("{reasons}", (("reasons", Lines(shown.reasons)),)))


def withdraw(ctx: Ctx, class_id: int, reason: str) -> bool:
    """The actor gives the place, or the request, back; a seat goes to the next.

    Whether there was a seat to give back.
    """
    offer.require(ctx, class_id)
    row = offer.row_of_actor(ctx, class_id)
    if row is None or row.id is None or row.state not in LIVE:
        raise _not_listed(class_id, row.state if row else None)
    had_seat = row.state is EnrolmentState.ENROLLED
    enrolling.withdraw(ctx, row.id, reason)
    return had_seat


def _not_listed(class_id: int, state: EnrolmentState | None) -> Refusal:
    """For the audit only where somebody acts on a list that never had them."""
    if state is None:
        return OutOfReach(Action.USE_DESK, class_id, "class", NOT_LISTED)
    return Refusal(NOT_LISTED)


def _acts(
    ctx: Ctx, held: TrainingClass, row: Enrolment | None
) -> tuple[frozenset[Act], tuple[Words, ...]]:
    assert ctx.actor.person_id is not None
    state = row.state if row is not None else None
    case = cases.case(ctx, held, ctx.actor.person_id, row)
    lawful = [act for act in OWN_ACTS if state in states.TRANSITIONS[act].before]
    faults = {act: states.why_not(case, act) for act in lawful}
    can = frozenset(act for act in lawful if not faults[act])
    wanted = Act.REQUEST if held.starts_on else Act.INTEREST
    if state in LIVE - {EnrolmentState.INTERESTED}:
        wanted = Act.WITHDRAW
    return can, faults.get(wanted, ())


def _asked(ctx: Ctx, row: Enrolment | None) -> tuple[bool, Texts | None]:
    approval = approvals.open_about(ctx, row.id) if row is not None and row.id else None
    if approval is None:
        return False, None
    asked = last_in_line.asked_of(ctx.session, approval)
    return True, directory.name_of(ctx.session, asked) if asked is not None else None


def _place(session: Session, row: Enrolment | None) -> int:
    if row is None or row.state is not EnrolmentState.APPROVED:
        return 0
    return seats.place_of(session, row)


def _waiting(session: Session, class_id: int) -> int:
    count = select(func.count()).where(
        Enrolment.class_id == class_id, Enrolment.state == EnrolmentState.APPROVED
    )
    return int(session.execute(count).scalar_one())


def _is_over(ctx: Ctx, held: TrainingClass) -> bool:
    ends_at = end_of(held, ctx.settings.timezone)
    return held.closed_at is not None or (ends_at is not None and ends_at <= ctx.now())


def _enrol_until(ctx: Ctx, held: TrainingClass) -> Moment | None:
    default = ctx.settings.timezone
    ends = enrolment_ends(held, default)
    return Moment(ends, zone_of(held, default)) if ends is not None else None


def owes_charter(course: Course, row: Enrolment | None) -> bool:
    """Whether somebody on the list of a class has still to accept its charter."""
    if row is None or not course.has_charter or row.charter_at is not None:
        return False
    return row.state in CHARTER_STATES
