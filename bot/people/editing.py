"""One person added, edited, moved, deactivated; whole rosters come by import."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import _
from bot.models.people import Person, Role
from bot.people import access, directory, fields, leavers, postings, search
from bot.people.access_table import Action
from bot.people.directory import PersonCard

POST = ("unit_id", "position")


class Leaving(StrEnum):
    """Why somebody is taken off the roster."""

    RETIRED = "retired"
    RESIGNED = "resigned"
    TRANSFERRED = "transferred"
    DIED = "died"
    MISTAKE = "mistake"


def add(ctx: Ctx, typed: Mapping[str, Any]) -> PersonCard:
    """Put a new person on the roster.

    Refuses bad values, a staff number or telephone number that is taken, and an
    office outside the actor's reach. Somebody who left comes back by `bring_back`.
    """
    values = fields.read(ctx, typed)
    _require_office(ctx, values["unit_id"])
    _refuse_taken(ctx, None, values)
    person = Person(**values, names=fields.spellings(typed, {}))
    person.in_post_since = person.in_post_since or ctx.today()
    _settle(ctx, person)
    postings.keep(ctx, person, person.in_post_since)
    audit.record(ctx, "person.added", "person", person.id, unit=person.unit_id)
    leavers.joined(ctx, [person.id])
    return directory.card(ctx.session, person.id)


def edit(ctx: Ctx, person_id: int, typed: Mapping[str, Any]) -> PersonCard:
    """Change the fields given; another unit or position is a move and begins a posting.

    Refuses what `add` refuses, a supervisor who would close a circle, and people
    outside the actor's reach.
    """
    access.require(ctx, Action.EDIT_PEOPLE, person_id)
    person = ctx.session.get_one(Person, person_id)
    values = fields.read(ctx, typed)
    changed = {name for name, new in values.items() if getattr(person, name) != new}
    if "unit_id" in changed:
        _require_office(ctx, values["unit_id"])
    _refuse_taken(ctx, person, values)
    _refuse_circle(ctx, person, values.get("supervisor_id"))
    names = fields.spellings(typed, person.names)
    changed |= {"names"} if names != person.names else set()
    if changed:
        _apply(ctx, person, values | {"names": names}, changed)
    return directory.card(ctx.session, person_id)


def deactivate(ctx: Ctx, person_id: int, why: Leaving) -> int:
    """Take somebody off the roster today; how many people are left without a supervisor by it.

    Refuses oneself, people outside the actor's reach, and the last member of the training unit.
    """
    access.require(ctx, Action.EDIT_PEOPLE, person_id)
    person = ctx.session.get_one(Person, person_id)
    if person_id == ctx.actor.person_id:
        raise Refusal(_("You cannot take yourself off the roster. Ask a colleague of the unit."))
    if access.people_with(ctx.session, Role.UNIT) == [person_id]:
        raise Refusal(_("This is the last member of the training unit. Name another one first."))
    if person.active:
        person.active = False
        postings.close(ctx, person_id, ctx.today())
        audit.record(ctx, "person.deactivated", "person", person_id, reason=why.value)
        leavers.left(ctx, [person_id])
    return _led_by(ctx, person_id)


def bring_back(ctx: Ctx, person_id: int) -> PersonCard:
    """Put somebody who left on the roster again; they link anew. Refuses as `deactivate` does."""
    access.require(ctx, Action.EDIT_PEOPLE, person_id)
    person = ctx.session.get_one(Person, person_id)
    if not person.active:
        _refuse_taken(ctx, person, {"phone": person.phone})
        person.active = True
        postings.keep(ctx, person, ctx.today())
        audit.record(ctx, "person.brought_back", "person", person_id)
        leavers.joined(ctx, [person_id])
    return directory.card(ctx.session, person_id)


def as_typed(ctx: Ctx, person_id: int) -> dict[str, str]:
    """A person's fields as `edit` takes them, to fill a form beforehand."""
    access.require(ctx, Action.EDIT_PEOPLE, person_id)
    person = ctx.session.get_one(Person, person_id)
    shown: dict[str, Any] = {
        name: getattr(person, column)
        for name, (column, _reader) in fields.READERS.items()
        if name not in ("unit", "supervisor")
    }
    shown["unit"] = directory.office_code(ctx.session, person.unit_id)
    if person.supervisor_id is not None:
        shown["supervisor"] = ctx.session.get_one(Person, person.supervisor_id).staff_no
    shown |= {name: person.names.get(code) for name, code in fields.NAME_FIELDS.items()}
    return {name: str(value) for name, value in shown.items() if value}


def _apply(ctx: Ctx, person: Person, values: dict[str, Any], changed: set[str]) -> None:
    moves = bool(changed.intersection(POST))
    for name in changed:
        setattr(person, name, values[name])
    if moves and "in_post_since" not in changed:
        person.in_post_since = ctx.today()
    _settle(ctx, person)
    if moves or "supervisor_id" in changed:
        since = person.in_post_since if moves else None
        postings.keep(ctx, person, since or ctx.today())
    what = "person.moved" if moves else "person.edited"
    audit.record(ctx, what, "person", person.id, fields=sorted(changed), unit=person.unit_id)
    if moves:
        leavers.moved(ctx, [person.id])
    leavers.changed(ctx, [person.id], [person.id] if "supervisor_id" in changed else [])


def _settle(ctx: Ctx, person: Person) -> None:
    person.search = search.search_text(
        person.staff_no,
        person.full_name,
        person.names.values(),
        person.name_latin,
        person.address_as,
    )
    ctx.session.add(person)
    ctx.session.flush()


def _require_office(ctx: Ctx, unit_id: int) -> None:
    if ctx.actor.is_system:
        return
    holders = {
        person_id
        for role, _reach in access.roles_for(ctx, Action.EDIT_PEOPLE)
        for person_id in access.people_with(ctx.session, role, unit_id)
    }
    if ctx.actor.person_id not in holders:
        sentence = _("This office is outside your part of the administration.")
        raise access.OutOfReach(Action.EDIT_PEOPLE, unit_id, "unit", sentence)


def _refuse_taken(ctx: Ctx, person: Person | None, values: Mapping[str, Any]) -> None:
    own_id = person.id if person is not None else None
    number = values.get("staff_no")
    if number:
        holder = directory.find_staff_no(ctx.session, number)
        if holder is not None and holder != own_id:
            raise Refusal(_("The staff number {number} is taken.", number=number))
    phone = values.get("phone")
    if phone:
        ids = set(
            ctx.session.scalars(select(Person.id).where(Person.phone == phone, Person.active))
        )
        if ids - {own_id}:
            raise Refusal(
                _(
                    "Somebody else has the telephone number {number}. "
                    "A number can belong to one person only.",
                    number=phone,
                )
            )


def _refuse_circle(ctx: Ctx, person: Person, supervisor_id: int | None) -> None:
    if supervisor_id == person.id:
        raise Refusal(_("Nobody can be their own supervisor. Choose somebody else."))
    seen: set[int] = set()
    current = supervisor_id
    while current is not None and current not in seen:
        if current == person.id:
            raise Refusal(
                _(
                    "{name} works under this person already. Choose another supervisor.",
                    name=directory.name_of(ctx.session, supervisor_id or current),
                )
            )
        seen.add(current)
        current = ctx.session.get_one(Person, current).supervisor_id


def _led_by(ctx: Ctx, person_id: int) -> int:
    led = ctx.session.scalars(
        select(Person.id).where(Person.supervisor_id == person_id, Person.active)
    )
    return len(led.all())
