"""The directory: people and offices as small frozen cards, and how somebody is named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import or_, select
from sqlmodel import Session

from bot.config import Settings
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import LANGUAGES, Texts, Words, _
from bot.models.chats import Chat
from bot.models.people import Person, Unit
from bot.people import access, reach, search
from bot.people.access_table import Action

LATIN_SCRIPT = frozenset({"en"})
MOST_FOUND = 50
# Bytes; what a button can carry of a code beside draft and question.
LONGEST_CODE = 36


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person as others may see them; `greeting` is how they wish to be addressed."""

    id: int
    staff_no: str
    name: Texts
    greeting: Words
    rank: str
    position: str
    unit_id: int
    unit: str
    supervisor_id: int | None
    active: bool
    linked: bool
    reachable: bool


@dataclass(frozen=True, slots=True)
class UnitCard:
    """An office; `path` names everything above it too."""

    id: int
    name: str
    path: str


def name_for(person: Person, language: str) -> str:
    """The person's whole name as a reader of `language` should see it."""
    if person.names.get(language):
        return person.names[language]
    if language in LATIN_SCRIPT and person.name_latin:
        return person.name_latin
    return person.full_name


def names_of(person: Person) -> Texts:
    """The person's whole name for readers of every language."""
    return Texts.of({language: name_for(person, language) for language in LANGUAGES})


def greeting_of(person: Person) -> Words:
    """How to address somebody: as they asked for, else by their whole name."""
    return person.address_as or names_of(person)


def name_of(session: Session, person_id: int) -> Texts:
    """The whole name of a person known by id."""
    return names_of(session.get_one(Person, person_id))


def card(session: Session, person_id: int) -> PersonCard:
    """One person's card; an unknown id is a bug."""
    return cards(session, [person_id])[0]


def cards(session: Session, person_ids: Sequence[int | None]) -> list[PersonCard]:
    """Cards in the order of the ids."""
    rows = session.execute(
        select(Person, Unit.name, Chat.user_id, Chat.blocked_at)
        .join(Unit, Unit.id == Person.unit_id)
        .outerjoin(Chat, Chat.person_id == Person.id)
        .where(Person.id.in_(person_ids))
    )
    found = {row[0].id: _card(*row) for row in rows}
    return [found[person_id] for person_id in person_ids]


def by_staff_no(session: Session, staff_no: str) -> PersonCard | None:
    """The person with a staff number, typed in any case and with any script's digits."""
    person_id = find_staff_no(session, staff_no)
    return card(session, person_id) if person_id is not None else None


def find_staff_no(session: Session, staff_no: str) -> int | None:
    """The id of the person with a staff number, or None."""
    wanted = search.fold(staff_no)
    rows = session.execute(
        select(Person.id, Person.staff_no).where(Person.search.contains(wanted, autoescape=True))
    )
    found = [person_id for person_id, number in rows if search.fold(number) == wanted]
    return found[0] if len(found) == 1 else None


def find(ctx: Ctx, query: str, action: Action, limit: int = MOST_FOUND) -> list[PersonCard]:
    """Active people whom the actor may do `action` about, by any spelling of their name."""
    ids = ctx.session.scalars(
        select(Person.id)
        .where(reach.within(ctx, action), search.matches(query), Person.active)
        .order_by(Person.full_name, Person.id)
        .limit(limit)
    ).all()
    return cards(ctx.session, ids)


def find_offices(ctx: Ctx, query: str, action: Action, limit: int = MOST_FOUND) -> list[UnitCard]:
    """Offices in which the actor may do `action`, by a part of their path."""
    wanted = search.fold(query)
    allowed = reach.units_within(ctx, action)
    units = ctx.session.scalars(select(Unit).order_by(Unit.path))
    found = (
        UnitCard(unit.id, unit.name, unit.path)
        for unit in units
        if unit.id is not None
        and (allowed is None or unit.id in allowed)
        and wanted in search.fold(unit.path)
    )
    return list(islice(found, limit))


def office(session: Session, unit_id: int) -> UnitCard:
    """One office; an unknown id is a bug."""
    unit = session.get_one(Unit, unit_id)
    return UnitCard(unit_id, unit.name, unit.path)


def office_code(session: Session, unit_id: int) -> str:
    """What answers keep for an office: its name where that is enough, else `#` and its id."""
    unit = session.get_one(Unit, unit_id)
    fits = len(unit.name.encode()) <= LONGEST_CODE
    return unit.name if fits and find_office(session, unit.name) == unit_id else f"#{unit_id}"


def find_office(session: Session, code: str) -> int | None:
    """The office of a code, a whole path, or a name that only one office has."""
    if code.startswith("#") and code[1:].isdecimal():
        unit = session.get(Unit, int(code[1:]))
        return unit.id if unit is not None else None
    ids = session.scalars(select(Unit.id).where(or_(Unit.path == code, Unit.name == code))).all()
    return ids[0] if len(ids) == 1 else None


def genders(session: Session) -> list[str]:
    """The genders that the roster knows: an open list."""
    found = session.scalars(select(Person.gender).where(Person.gender != "").distinct())
    return sorted(found)


def members(session: Session, unit_id: int) -> list[PersonCard]:
    """The active people of an office and of what belongs to it, by name."""
    ids = session.scalars(
        select(Person.id)
        .where(Person.unit_id.in_(reach.units_below(session, {unit_id})), Person.active)
        .order_by(Person.full_name, Person.id)
    ).all()
    return cards(session, ids)


def require_card(ctx: Ctx, person_id: int, action: Action) -> PersonCard:
    """A person's card if the actor may do `action` about them; refuses all others alike."""
    if ctx.session.get(Person, person_id) is None:
        raise Refusal(_("This person is not in the roster any more."))
    access.require(ctx, action, person_id)
    return card(ctx.session, person_id)


def row(session: Session, person_id: int) -> Person:
    """The roster's row of a person, for services; an unknown id is a bug."""
    return session.get_one(Person, person_id)


def language_of(person: Person | None, chat: Chat | None, settings: Settings) -> str:
    """The language somebody reads: chosen in the chat, else the roster's, else the default."""
    chosen = chat.language if chat is not None else ""
    stated = person.language if person is not None else ""
    return chosen or stated or settings.language


def zone_of(person: Person | None, settings: Settings) -> str:
    """The time zone somebody lives in."""
    return (person.timezone if person is not None else "") or settings.timezone


def supervisor_on_duty(ctx: Ctx, person_id: int, today: dt.date) -> PersonCard | None:
    """The supervisor, or who acts for them; None where the post is vacant."""
    person = ctx.session.get_one(Person, person_id)
    supervisor_id = access.supervisor_of(person, today)
    return card(ctx.session, supervisor_id) if supervisor_id is not None else None


def _card(person: Person, unit: str, user_id: int | None, blocked: object) -> PersonCard:
    assert person.id is not None
    return PersonCard(
        id=person.id,
        staff_no=person.staff_no,
        name=names_of(person),
        greeting=greeting_of(person),
        rank=person.rank,
        position=person.position,
        unit_id=person.unit_id,
        unit=unit,
        supervisor_id=person.supervisor_id,
        active=person.active,
        linked=user_id is not None,
        reachable=user_id is not None and blocked is None,
    )
