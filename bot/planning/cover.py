"""How many people of an office are expected to be away for training, month by month.

A line is meant for those whose post has its course in the training framework, for those who said
in the survey that they need its topic, or for all officials. The seats of a line are expected to
go to offices as the people are spread for whom it is meant, rounded up.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, union
from sqlmodel import Session

from bot.context import Ctx
from bot.i18n import Words
from bot.models.needs import FrameworkCourse, Need, NeedsRound
from bot.models.people import Person
from bot.models.planning import AnnualPlan, PlanLine
from bot.people import reach
from bot.planning import cohorts, reading
from bot.planning.reading import Line


@dataclass(frozen=True, slots=True)
class LineCover:
    """How many of an office one line is expected to take in a month."""

    line_id: int
    title: Words
    people: int


@dataclass(frozen=True, slots=True)
class MonthCover:
    """What an office needs cover for in the month that begins on `month`."""

    month: dt.date
    lines: tuple[LineCover, ...]

    @property
    def people(self) -> int:
        return sum(line.people for line in self.lines)


def totals(session: Session, plan: AnnualPlan) -> dict[int, int]:
    """For how many people each line of the plan is meant, by its id."""
    return _meant(session, plan, None)


def of_office(
    ctx: Ctx, plan: AnnualPlan, unit_id: int, totals: Mapping[int, int]
) -> tuple[MonthCover, ...]:
    """What an office, with all that belongs to it, needs cover for; months without are left out.

    `totals` are those of the whole administration.
    """
    units = reach.units_below(ctx.session, {unit_id})
    meant = _meant(ctx.session, plan, units)
    staff = _count(ctx.session, Person.unit_id.in_(units))
    found: dict[dt.date, list[LineCover]] = defaultdict(list)
    for line in reading.held(reading.lines(ctx.session, plan.id)):
        expected = _expected(line, meant.get(line.id, 0), totals.get(line.id, 0), staff)
        for month, people in _by_month(plan.plan_year, line, expected):
            found[month].append(LineCover(line.id, line.title, people))
    return tuple(MonthCover(month, tuple(found[month])) for month in sorted(found))


def _expected(line: Line, meant: int, total: int, staff: int) -> int:
    """How many of an office a line takes in all its cohorts."""
    if line.seats is None:
        return meant or staff
    if not meant or not total:
        return 0
    return min(meant, -(-line.seats * meant // total))


def _by_month(plan_year: dt.date, line: Line, people: int) -> Iterable[tuple[dt.date, int]]:
    if not people:
        return
    for month, held in cohorts.cohorts_by_month(line.months, line.cohorts).items():
        if month is not None:
            share = -(-people * held // line.cohorts)
            yield cohorts.month_of_year(plan_year, month), share


def _meant(session: Session, plan: AnnualPlan, units: set[int] | None) -> dict[int, int]:
    """People by line, whole offices that asked for so many included."""
    both = union(_by_framework(plan, units), _by_need(plan, units)).subquery()
    query = select(both.c.line_id, func.count()).group_by(both.c.line_id)
    found = Counter(dict(session.execute(query).all()))
    found.update(dict(session.execute(_by_office(plan, units)).all()))
    return dict(found)


def _by_framework(plan: AnnualPlan, units: set[int] | None) -> Select[Any, Any]:
    query = (
        select(PlanLine.id.label("line_id"), Person.id.label("person_id"))
        .join(FrameworkCourse, FrameworkCourse.course_id == PlanLine.course_id)
        .join(Person, Person.position == FrameworkCourse.position)
        .where(PlanLine.plan_id == plan.id, Person.active, ~Person.guest)
    )
    return query if units is None else query.where(Person.unit_id.in_(units))


def _by_need(plan: AnnualPlan, units: set[int] | None) -> Select[Any, Any]:
    query = (
        select(PlanLine.id.label("line_id"), Person.id.label("person_id"))
        .join(Need, Need.topic_id == PlanLine.topic_id)
        .join(NeedsRound, NeedsRound.id == Need.round_id)
        .join(Person, Person.id == Need.person_id)
        .where(PlanLine.plan_id == plan.id, NeedsRound.plan_year == plan.plan_year)
        .where(Person.active, ~Person.guest)
    )
    return query if units is None else query.where(Person.unit_id.in_(units))


def _by_office(plan: AnnualPlan, units: set[int] | None) -> Select[Any, Any]:
    query = (
        select(PlanLine.id, func.sum(Need.people))
        .join(Need, Need.topic_id == PlanLine.topic_id)
        .join(NeedsRound, NeedsRound.id == Need.round_id)
        .where(PlanLine.plan_id == plan.id, NeedsRound.plan_year == plan.plan_year)
        .where(Need.person_id.is_(None), Need.unit_id.is_not(None))
        .group_by(PlanLine.id)
    )
    return query if units is None else query.where(Need.unit_id.in_(units))


def fits(ctx: Ctx, plan: AnnualPlan) -> set[int]:
    """The lines that are meant for the actor, by id: by their post, by what they said they need,
    or for all officials.
    """
    person = ctx.session.get(Person, ctx.actor.person_id)
    if person is None:
        return set()
    framework = select(FrameworkCourse.course_id).where(
        FrameworkCourse.position == person.position, FrameworkCourse.position != ""
    )
    needs = select(Need.topic_id).where(
        Need.person_id == person.id, Need.topic_id.is_not(None), ~Need.management
    )
    query = select(PlanLine.id).where(
        PlanLine.plan_id == plan.id,
        PlanLine.dropped_for == "",
        or_(
            PlanLine.course_id.in_(framework),
            PlanLine.topic_id.in_(needs),
            PlanLine.trainees.is_(None),
        ),
    )
    return {one for one in ctx.session.scalars(query) if one is not None}


def _count(session: Session, *where: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(Person).where(Person.active, ~Person.guest, *where)
    return int(session.execute(query).scalar_one())
