"""The people on the list of a class, for whoever keeps it: its trainers, coordinator, the unit.

Who leads, backs up or coordinates a class decides about all who are in it; who only has a part
of the organisation, about its people.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, not_, select, true

from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import _
from bot.models.people import Person
from bot.models.training import Enrolment, TrainingClass
from bot.people import access, reach
from bot.people.access_table import Action
from bot.training import class_reach, seats
from bot.training.states import HELD


def row(ctx: Ctx, enrolment_id: int) -> Enrolment:
    """An enrolment in a class that the actor keeps; refuses all others alike."""
    found = ctx.session.get(Enrolment, enrolment_id)
    if found is None:
        raise Refusal(_("This person is not on the list any more."))
    class_reach.require_keeper(ctx, found.class_id)
    return found


def require_about(ctx: Ctx, found: Enrolment) -> None:
    """Refuse people about whom the actor does not decide."""
    if not class_reach.is_own(ctx, found.class_id):
        access.require(ctx, Action.EDIT_CLASSES, found.person_id)


def require_open(ctx: Ctx, class_id: int) -> TrainingClass:
    """The class, held until the commit; refuses one that has been closed."""
    held = seats.hold(ctx, class_id)
    if held.closed_at is not None:
        raise Refusal(_("The class has been closed. The training unit can open it again."))
    return held


def trainee(ctx: Ctx, enrolment_id: int) -> Enrolment:
    """The enrolment of somebody who has or had a place, and about whom the actor decides."""
    found = row(ctx, enrolment_id)
    require_about(ctx, found)
    if found.state not in HELD:
        raise Refusal(_("This person has no place in the class."))
    return found


def decides_about_all(ctx: Ctx, class_id: int) -> bool:
    """Whether nobody in the class is out of the actor's reach."""
    others = select(Enrolment.id).join(Person, Person.id == Enrolment.person_id)
    query = others.where(
        Enrolment.class_id == class_id,
        Enrolment.state.in_(HELD),
        not_(_decided_about(ctx, class_id)),
    )
    return ctx.session.execute(query.limit(1)).first() is None


def held_by(ctx: Ctx, class_id: int) -> Sequence[tuple[Enrolment, Person]]:
    """Who has or had a place in the class and may be decided about, by name."""
    return [
        (found, person)
        for found, person in ctx.session.execute(
            select(Enrolment, Person)
            .join(Person, Person.id == Enrolment.person_id)
            .where(
                Enrolment.class_id == class_id,
                Enrolment.state.in_(HELD),
                _decided_about(ctx, class_id),
            )
            .order_by(Person.full_name, Person.id)
        )
    ]


def _decided_about(ctx: Ctx, class_id: int) -> ColumnElement[bool]:
    if class_reach.is_own(ctx, class_id):
        return true()
    return reach.within(ctx, Action.EDIT_CLASSES)
