"""Taking seats away from a class that is full: who would have to leave first, one by one.

The seat goes with the person, so that it is not given to who waits next.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Texts, _
from bot.models.people import Person
from bot.models.training import Enrolment, EnrolmentState
from bot.people import access
from bot.people.access_table import Action
from bot.people.directory import names_of
from bot.training import class_reach, classes, enrolling, seats

MOST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Leaving:
    """Somebody with a place who has not come to a session yet."""

    enrolment_id: int
    class_id: int
    name: Texts
    required: bool
    approved_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Seats:
    """The seats of a class, and who would leave first: whoever was approved last, required
    training after all others.
    """

    class_id: int
    code: str
    seats: int
    free: int
    waiting: int
    first: tuple[Leaving, ...]


def seats_of(ctx: Ctx, class_id: int) -> Seats:
    """How the seats of a class stand; refuses classes out of reach."""
    held = class_reach.require_editor(ctx, class_id)
    rows = ctx.session.execute(
        select(Enrolment, Person)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.class_id == class_id, Enrolment.state == EnrolmentState.ENROLLED)
        .order_by(Enrolment.required, Enrolment.approved_at.desc(), Enrolment.id.desc())
        .limit(MOST_SHOWN)
    )
    first = tuple(_leaving(row, person) for row, person in rows)
    waiting = select(func.count()).select_from(seats.wait_list(class_id).subquery())
    return Seats(
        class_id,
        held.code,
        held.seats,
        seats.free(ctx, held),
        int(ctx.session.execute(waiting).scalar_one()),
        first,
    )


def leaving(ctx: Ctx, enrolment_id: int) -> Leaving:
    """One who may leave; refuses who has no place to give up, and classes out of reach."""
    row = ctx.session.get(Enrolment, enrolment_id)
    if row is not None:
        class_reach.require_editor(ctx, row.class_id)
    if row is None or row.state is not EnrolmentState.ENROLLED:
        raise Refusal(_("This person has no place in the class any more."))
    return _leaving(row, ctx.session.get_one(Person, row.person_id))


def leave_with_seat(ctx: Ctx, enrolment_id: int, reason: str = "") -> Seats:
    """Take somebody off the list, and their seat with them; they are told.

    Refuses the last seat, people out of reach, and a class that is closed.
    """
    one = leaving(ctx, enrolment_id)
    held = classes.require_open(ctx, one.class_id)
    row = ctx.session.get_one(Enrolment, enrolment_id)
    if not class_reach.is_own(ctx, one.class_id):
        access.require(ctx, Action.EDIT_CLASSES, row.person_id)
    if held.seats <= 1:
        raise Refusal(_("A class has at least one seat. Cancel the class instead."))
    held.seats -= 1
    ctx.session.flush()
    audit.record(ctx, "class.seat_taken_away", "class", held.id, seats=held.seats)
    enrolling.cancel(ctx, enrolment_id, reason)
    return seats_of(ctx, one.class_id)


def _leaving(row: Enrolment, person: Person) -> Leaving:
    return Leaving(row.id, row.class_id, names_of(person), row.required, row.approved_at)
