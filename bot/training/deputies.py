"""Who stands in for a supervisor until the end of a day: named, ended, and told.

What waits for the one goes to the other, and back again.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select

from bot import audit
from bot.calendar import DAY, instant, local_date
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.errors import Refusal
from bot.i18n import _
from bot.models.approvals import Deputy
from bot.models.delivery import Urgency
from bot.models.people import Person
from bot.people import access, directory, reach, search
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.people.directory import PersonCard
from bot.training import passing_on

LONGEST = dt.timedelta(days=366)
MOST_FOUND = 50
DEPUTY_NAMED = outbox.declare(NoticeKind("deputy_named", Urgency.DATED, repeats=True))


@dataclass(frozen=True, slots=True)
class DeputyCard:
    """Who stands in for whom, until the end of which day."""

    person: PersonCard
    deputy: PersonCard
    until_on: dt.date


def name(ctx: Ctx, person_id: int, staff_no: str, until_on: dt.date) -> DeputyCard:
    """Have somebody decide in a person's stead; who did so before does not any more.

    A supervisor names one of the own people or a colleague of the same office, the training unit
    anybody within its reach. Refuses all others, who is not on the desk, and a day that is past or
    more than a year away.
    """
    _require_setter(ctx, person_id)
    deputy_id = directory.find_staff_no(ctx.session, staff_no)
    if deputy_id is None or deputy_id not in _allowed(ctx, person_id):
        raise Refusal(_("Choose one of your people or of your office."))
    deputy = directory.card(ctx.session, deputy_id)
    if not deputy.reachable:
        raise Refusal(_("{name} cannot be reached here. Choose somebody else.", name=deputy.name))
    if not ctx.today() <= until_on <= ctx.today() + LONGEST:
        raise Refusal(_("Give a day from today on, at most a year away."))
    ctx.session.merge(Deputy(person_id=person_id, deputy_id=deputy_id, until_on=until_on))
    ctx.session.flush()
    audit.record(
        ctx, "deputy.named", "person", person_id, deputy=deputy_id, until=until_on.isoformat()
    )
    passing_on.realign(ctx, [person_id], of_approver=True)
    found = of(ctx, person_id)
    assert found is not None, "it was named just now"
    _tell(ctx, found)
    return found


def end(ctx: Ctx, person_id: int) -> None:
    """End it before its day; what waits goes back. Refuses who may not, nothing if nobody is."""
    _require_setter(ctx, person_id)
    _end(ctx, person_id)


def end_past(ctx: Ctx) -> None:
    """End those whose last day is over where the supervisor serves; idempotent."""
    for row, person in _with_people(ctx):
        if local_date(ctx.now(), directory.zone_of(person, ctx.settings)) > row.until_on:
            _end(ctx, row.person_id)


def next_end(ctx: Ctx, after: dt.datetime) -> dt.datetime | None:
    """When the next of them ends."""
    moments = [
        instant(row.until_on + DAY, dt.time(), directory.zone_of(person, ctx.settings))
        for row, person in _with_people(ctx)
    ]
    return min((moment for moment in moments if moment > after), default=None)


def of(ctx: Ctx, person_id: int) -> DeputyCard | None:
    """Who stands in for a person now."""
    row = ctx.session.get(Deputy, person_id)
    return _card(ctx, row) if row is not None else None


def within_reach(ctx: Ctx) -> list[DeputyCard]:
    """Those whom the actor may end: the own one, and all that lie within the unit's reach."""
    rows = ctx.session.scalars(
        select(Deputy)
        .join(Person, Person.id == Deputy.person_id)
        .where(or_(Person.id == ctx.actor.person_id, reach.within(ctx, Action.OVERRULE)))
        .order_by(Person.full_name, Person.id)
    ).all()
    return [_card(ctx, row) for row in rows]


def candidates(ctx: Ctx, person_id: int, typed: str) -> list[PersonCard]:
    """Who may stand in for a person, by any spelling of their name; refuses who may not ask."""
    _require_setter(ctx, person_id)
    ids = ctx.session.scalars(
        select(Person.id)
        .where(_eligible(ctx, person_id), search.matches(typed))
        .order_by(Person.full_name, Person.id)
        .limit(MOST_FOUND)
    ).all()
    return directory.cards(ctx.session, ids)


def _allowed(ctx: Ctx, person_id: int) -> set[int | None]:
    return set(ctx.session.scalars(select(Person.id).where(_eligible(ctx, person_id))))


def _eligible(ctx: Ctx, person_id: int) -> ColumnElement[bool]:
    person = ctx.session.get_one(Person, person_id)
    near = or_(
        Person.unit_id == person.unit_id,
        Person.supervisor_id == person_id,
        Person.acting_supervisor_id == person_id,
    )
    if access.may_about(ctx, Action.OVERRULE, person_id):
        near = or_(near, reach.within(ctx, Action.OVERRULE))
    return near & Person.active & (Person.id != person_id)


def _require_setter(ctx: Ctx, person_id: int) -> None:
    """Supervisors for themselves, the training unit for everybody within its reach."""
    own = ctx.actor.person_id == person_id and access.may(ctx, Action.DECIDE)
    if not own and not access.may_about(ctx, Action.OVERRULE, person_id):
        raise OutOfReach(Action.OVERRULE, person_id)


def _end(ctx: Ctx, person_id: int) -> None:
    row = ctx.session.get(Deputy, person_id)
    if row is None:
        return
    deputy_id = row.deputy_id
    ctx.session.delete(row)
    ctx.session.flush()
    audit.record(ctx, "deputy.ended", "person", person_id, deputy=deputy_id)
    passing_on.realign(ctx, [deputy_id], of_approver=True)


def _tell(ctx: Ctx, card: DeputyCard) -> None:
    """The deputy, and the supervisor where the unit named one."""
    day = card.until_on.isoformat()
    for receiver in {card.deputy.id, card.person.id} - {ctx.actor.person_id}:
        key = f"deputy:{card.person.id}:{card.deputy.id}:{day}:{receiver}:{ctx.now().isoformat()}"
        params = {"person": card.person.id, "deputy": card.deputy.id, "until": day}
        outbox.tell(ctx, DEPUTY_NAMED, receiver, params, key=key)


def _with_people(ctx: Ctx) -> list[tuple[Deputy, Person]]:
    rows = ctx.session.execute(select(Deputy, Person).join(Person, Person.id == Deputy.person_id))
    return [(row, person) for row, person in rows]


def _card(ctx: Ctx, row: Deputy) -> DeputyCard:
    person, deputy = directory.cards(ctx.session, [row.person_id, row.deputy_id])
    return DeputyCard(person, deputy, row.until_on)
