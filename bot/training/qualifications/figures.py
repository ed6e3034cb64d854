"""How many stand how in a curriculum, and who: for the training unit and the executives.

Dates are counted in groups of equal ones, each judged by the day it is where the holders live.
Beyond `MANY` rows that is long work: a report, not a page.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from bot import policy
from bot.calendar import DAY
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Texts, _
from bot.models.people import Person, Unit
from bot.models.qualifications import Curriculum, CurriculumAssignment, Qualification
from bot.people import access, directory, own_days, reach
from bot.people.access_table import Action
from bot.training.qualifications import curriculum_cards
from bot.training.qualifications.curriculum_cards import MANY
from bot.training.qualifications.marks import Mark, mark_of

PAGE = 8
SLACK = 2 * DAY
"""By so much the days of two places differ at most at one moment, and less."""
DATES = (
    Qualification.expires_on,
    Qualification.window_on,
    Qualification.grace_days,
    Qualification.extended_until,
    Qualification.away_until,
)


@dataclass(frozen=True, slots=True)
class CurriculumFigures:
    """A curriculum and how many people have each mark; marks that nobody has are left out."""

    id: int
    code: str
    title: Texts
    counts: Mapping[Mark, int]


@dataclass(frozen=True, slots=True)
class OfficeFigures:
    """An office itself, without what belongs to it, and how many there have each mark."""

    id: int
    name: str
    path: str
    counts: Mapping[Mark, int]


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody with a mark; `day` is the last day, or the day by which it has to be earned."""

    person_id: int
    name: Texts
    unit: str
    day: dt.date | None


@dataclass(frozen=True, slots=True)
class ListedPage:
    """A page of people with a mark, by the day it is about, counted from 0."""

    people: tuple[Listed, ...]
    number: int
    pages: int


def require_readable(ctx: Ctx, curriculum_id: int) -> Curriculum:
    """The curriculum, for who may see its figures; refuses one that is not there."""
    access.require(ctx, Action.SEE_QUALIFICATIONS)
    return curriculum_cards.row_of(ctx, curriculum_id)


def is_many(ctx: Ctx, curriculum_id: int) -> bool:
    """Whether more is held or assigned than a page can wait for; it looks no further than that."""
    rows = (
        select(Qualification.id).where(
            Qualification.curriculum_id == curriculum_id, Qualification.current
        ),
        select(CurriculumAssignment.id).where(CurriculumAssignment.curriculum_id == curriculum_id),
    )
    return any(
        ctx.session.execute(found.offset(MANY).limit(1)).first() is not None for found in rows
    )


def of_curriculum(ctx: Ctx, curriculum_id: int) -> CurriculumFigures:
    """The figures of one curriculum within the actor's reach; refuses one that is not there."""
    row = require_readable(ctx, curriculum_id)
    counts: Counter[Mark] = Counter()
    for mark, _unit, count in _counted(ctx, curriculum_id):
        counts[mark] += count
    title = curriculum_cards.title_of(row)
    return CurriculumFigures(curriculum_id, row.code, title, dict(counts))


def by_office(ctx: Ctx, curriculum_id: int) -> list[OfficeFigures]:
    """The figures of each office that has any, by its path."""
    require_readable(ctx, curriculum_id)
    counts: dict[int, Counter[Mark]] = {}
    for mark, unit_id, count in _counted(ctx, curriculum_id):
        counts.setdefault(unit_id, Counter())[mark] += count
    units = ctx.session.execute(
        select(Unit.id, Unit.name, Unit.path).where(Unit.id.in_(counts)).order_by(Unit.path)
    )
    return [
        OfficeFigures(unit_id, name, path, dict(counts[unit_id])) for unit_id, name, path in units
    ]


def people(ctx: Ctx, curriculum_id: int, mark: Mark, number: int) -> ListedPage:
    """Who has this mark, the earliest day first; never-ending ones last.

    Refuses where so many hold it that a list is of no use to anybody.
    """
    require_readable(ctx, curriculum_id)
    if is_many(ctx, curriculum_id):
        raise Refusal(
            _("More than {most} people hold it or are to earn it: too many to list here. Look at "
              "one office as a table.", most=MANY)
        )  # fmt: skip
    found = _with(ctx, curriculum_id, mark)
    page, pages = _turned(number, len(found))
    shown = found[page * PAGE : (page + 1) * PAGE]
    cards = directory.cards(ctx.session, [person_id for person_id, _day in shown])
    lines = (
        Listed(card.id, card.name, card.unit, day)
        for card, (_id, day) in zip(cards, shown, strict=True)
    )
    return ListedPage(tuple(lines), page, pages)


def visible(ctx: Ctx) -> ColumnElement[bool]:
    """The condition on Person that the actor may see what somebody holds; guests hold nothing."""
    return and_(
        reach.within(ctx, Action.SEE_QUALIFICATIONS), Person.active, Person.guest.is_(False)
    )


def _counted(ctx: Ctx, curriculum_id: int) -> Iterator[tuple[Mark, int, int]]:
    """Mark, office and number of people, each office and mark perhaps several times."""
    today_in, back = own_days.by_zone(ctx), policy.value(ctx.session, "return_days")
    groups = (Person.unit_id, Person.timezone, *DATES)
    held = _held(ctx, curriculum_id, func.count(), *groups).group_by(*groups)
    for number, unit_id, zone, *dates in ctx.session.execute(held):
        yield mark_of(_Dates(*dates), today_in(zone), back), unit_id, number
    lacking = _assigned(ctx, curriculum_id, Person.unit_id, func.count(Person.id.distinct()))
    for unit_id, number in ctx.session.execute(lacking.group_by(Person.unit_id)):
        yield Mark.OPEN, unit_id, number


@dataclass(slots=True)
class _Dates:
    """What the standing of a qualification depends on."""

    expires_on: dt.date | None
    window_on: dt.date | None
    grace_days: int
    extended_until: dt.date | None
    away_until: dt.date | None


def _held(ctx: Ctx, curriculum_id: int, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Qualification)
        .join(Person, Person.id == Qualification.person_id)
        .where(
            Qualification.curriculum_id == curriculum_id,
            Qualification.current,
            Qualification.withdrawn_at.is_(None),
            visible(ctx),
        )
    )


def _assigned(ctx: Ctx, curriculum_id: int, *columns: Any) -> Select[Any]:
    """Those who are to earn it and have nothing of it, not even something that lapsed."""
    earned = exists().where(
        Qualification.person_id == Person.id,
        Qualification.curriculum_id == curriculum_id,
        Qualification.current,
        Qualification.withdrawn_at.is_(None),
    )
    return (
        select(*columns)
        .select_from(CurriculumAssignment)
        .join(Person, Person.id == CurriculumAssignment.person_id)
        .where(
            CurriculumAssignment.curriculum_id == curriculum_id,
            CurriculumAssignment.ended_at.is_(None),
            ~earned,
            visible(ctx),
        )
    )


def _with(ctx: Ctx, curriculum_id: int, mark: Mark) -> Sequence[tuple[int, dt.date | None]]:
    """Person and day of all who have the mark, in the order in which they are shown."""
    if mark is Mark.OPEN:
        day = func.min(CurriculumAssignment.due_on)
        query = _assigned(ctx, curriculum_id, Person.id, day).group_by(Person.id)
        return [(person_id, due) for person_id, due in ctx.session.execute(_sorted(query, day))]
    columns = (Person.id, Person.timezone, *DATES)
    query = _held(ctx, curriculum_id, *columns).where(_about(mark, ctx.today()))
    rows = ctx.session.execute(_sorted(query, Qualification.expires_on))
    today_in, back = own_days.by_zone(ctx), policy.value(ctx.session, "return_days")
    return [
        (person_id, dates[0])
        for person_id, zone, *dates in rows
        if mark_of(_Dates(*dates), today_in(zone), back) is mark
    ]


def _about(mark: Mark, today: dt.date) -> ColumnElement[bool]:
    """What of the dates can be asked of the database, whatever day it is where somebody lives;
    the rest is judged.
    """
    ends, opens = Qualification.expires_on, Qualification.window_on
    first, last = today - SLACK, today + SLACK
    if mark is Mark.VALID:
        return or_(ends.is_(None), (ends >= first) & or_(opens.is_(None), opens > first))
    return (ends >= first) & (opens <= last) if mark is Mark.SOON else ends < last


def _sorted(query: Select[Any], day: Any) -> Select[Any]:
    return query.order_by(day.is_(None), day, Person.full_name, Person.id)


def _turned(number: int, count: int) -> tuple[int, int]:
    """The page there is for the one asked for, and how many there are."""
    pages = max(1, -(-count // PAGE))
    return min(max(number, 0), pages - 1), pages
