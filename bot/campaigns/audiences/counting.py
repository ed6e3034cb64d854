"""How many an audience means, and how each of them can be reached."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import ColumnElement, String, case, cast, func, literal, select

from bot import policy
from bot.campaigns.audiences import clauses
from bot.campaigns.audiences.rule import Rule
from bot.context import Ctx
from bot.i18n import Text, _
from bot.models.chats import Chat
from bot.models.people import Person, Unit
from bot.models.system import AuditEntry
from bot.people import directory
from bot.people.access_table import Action
from bot.people.directory import PersonCard

PAGE = 10


class Reached(StrEnum):
    """How somebody can be reached; of the last three nobody gets a message."""

    LINKED = "linked"
    SILENT = "silent"
    BLOCKED = "blocked"
    GONE = "account gone"
    NEVER = "never started"


UNREACHABLE = (Reached.BLOCKED, Reached.GONE, Reached.NEVER)
REACH_WORDS: Mapping[Reached, Text] = {
    Reached.LINKED: _("linked"),
    Reached.SILENT: _("linked, but silent for long"),
    Reached.BLOCKED: _("has blocked the bot"),
    Reached.GONE: _("the account is no longer linked"),
    Reached.NEVER: _("never linked"),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """How many there are by the way they can be reached."""

    by: Mapping[Reached, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.by.values())

    @property
    def unreachable(self) -> int:
        return sum(self.by.get(way, 0) for way in UNREACHABLE)

    @property
    def reachable(self) -> int:
        return self.total - self.unreachable


@dataclass(frozen=True, slots=True)
class OfficeCount:
    """The same for the people of one office."""

    unit_id: int
    path: str
    counted: Counted


@dataclass(frozen=True, slots=True)
class Member:
    """One person of an audience."""

    person: PersonCard
    reached: Reached


@dataclass(frozen=True, slots=True)
class MemberPage:
    """A page of an audience by name; `number` counts from 0."""

    members: tuple[Member, ...]
    number: int
    pages: int
    total: int


def count(ctx: Ctx, rule: Rule, action: Action = Action.BROADCAST) -> Counted:
    """How many the rule means within the actor's reach, by the way they can be reached."""
    way = reached(ctx)
    rows = ctx.session.execute(
        select(way, func.count())
        .select_from(Person)
        .outerjoin(Chat, Chat.person_id == Person.id)
        .where(clauses.audience(ctx, rule, action))
        .group_by(way)
    )
    return Counted({Reached(name): number for name, number in rows})


def is_anybody(ctx: Ctx, rule: Rule, action: Action = Action.BROADCAST) -> bool:
    """Whether the rule means anybody within the actor's reach; it looks no further than one."""
    found = select(Person.id).where(clauses.audience(ctx, rule, action)).limit(1)
    return ctx.session.execute(found).first() is not None


def by_office(ctx: Ctx, rule: Rule, action: Action = Action.BROADCAST) -> list[OfficeCount]:
    """The same for each office, by path; offices where nobody is meant are left out."""
    way = reached(ctx)
    rows = ctx.session.execute(
        select(Unit.id, Unit.path, way, func.count())
        .select_from(Person)
        .join(Unit, Unit.id == Person.unit_id)
        .outerjoin(Chat, Chat.person_id == Person.id)
        .where(clauses.audience(ctx, rule, action))
        .group_by(Unit.id, Unit.path, way)
        .order_by(Unit.path)
    )
    found: dict[tuple[int, str], Counter[Reached]] = defaultdict(Counter)
    for unit_id, path, name, number in rows:
        found[unit_id, path][Reached(name)] = number
    return [OfficeCount(unit_id, path, Counted(by)) for (unit_id, path), by in found.items()]


def members(ctx: Ctx, rule: Rule, number: int = 0) -> MemberPage:
    """A page of who is meant; the last one where the number is too high by now."""
    who = clauses.audience(ctx, rule)
    total = ctx.session.execute(select(func.count()).select_from(Person).where(who)).scalar_one()
    pages = max(1, -(-total // PAGE))
    number = min(max(number, 0), pages - 1)
    rows = ctx.session.execute(
        select(Person.id, reached(ctx))
        .outerjoin(Chat, Chat.person_id == Person.id)
        .where(who)
        .order_by(Person.full_name, Person.id)
        .offset(number * PAGE)
        .limit(PAGE)
    ).all()
    people = directory.cards(ctx.session, [person_id for person_id, _way in rows])
    found = zip(people, (Reached(way) for _id, way in rows), strict=True)
    return MemberPage(tuple(Member(*one) for one in found), number, pages, total)


def reached(ctx: Ctx, *, of_few: bool = False) -> ColumnElement[str]:
    """The word of `Reached` for each person, where `Chat` is joined from outside.

    Who lost their account is looked up one by one `of_few`, else once for everybody. Silent is
    whose chat is known not to have been used for as many days as the policy says.
    """
    limit = ctx.now() - dt.timedelta(days=policy.value(ctx.session, "silent_days"))
    ended = select(AuditEntry.object_id).where(
        AuditEntry.action == "link.ended", AuditEntry.object_kind == "person"
    )
    own = ended.where(AuditEntry.object_id == Person.id).correlate(Person)
    was_linked = own.exists() if of_few else Person.id.in_(ended)
    ways = {
        Reached.GONE: Chat.user_id.is_(None) & was_linked,
        Reached.NEVER: Chat.user_id.is_(None),
        Reached.BLOCKED: Chat.blocked_at.is_not(None),
        Reached.SILENT: func.coalesce(Chat.decided_at, Chat.shown_at) < limit,
    }
    whens = [(condition, literal(way.value)) for way, condition in ways.items()]
    return cast(case(*whens, else_=literal(Reached.LINKED.value)), String)
