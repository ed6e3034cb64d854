"""One month of training in figures for a director, beside the same month of the year before."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from bot import policy
from bot.calendar import DAY, add_months
from bot.context import Ctx
from bot.evaluation import results
from bot.evaluation.class_results import Rate
from bot.evaluation.levels import Scope, ScopeKind
from bot.evaluation.response_rates import LIFTED
from bot.evaluation.scopes import ClassIds, classes
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.people import Person
from bot.models.training import Enrolment, TrainingClass
from bot.people import access, reach
from bot.people.access_table import Action
from bot.training.membership import TRAINEE_STATES
from bot.training.session_days import days_of

WOMEN = frozenset({"f", "female", "woman"})


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """Of a time from the first to the last day: `women` is None where too few are behind it."""

    first: dt.date
    last: dt.date
    classes: int
    trained: int
    days_per_officer: float
    women: float | None
    response: Rate


def first_of(day: dt.date) -> dt.date:
    """The first day of the month before the one in which `day` lies."""
    return add_months(day.replace(day=1), -1)


def of_month(ctx: Ctx, first: dt.date) -> MonthFigures:
    """The month that begins on `first`, within the actor's reach; refuses who reads no reports."""
    return between(ctx, first, add_months(first, 1) - DAY)


def between(ctx: Ctx, first: dt.date, last: dt.date) -> MonthFigures:
    """The classes that ended from one day to another, both included, and what closed then."""
    access.require(ctx, Action.READ_REPORTS)
    ended = classes(ctx, Scope(ScopeKind.YEAR, since=first, until=last))
    rows = ctx.session.execute(
        select(Enrolment.class_id, Enrolment.person_id, Person.gender)
        .join(Person, Person.id == Enrolment.person_id)
        .where(
            Enrolment.class_id.in_(ended),
            Enrolment.state.in_(TRAINEE_STATES),
            reach.within(ctx, Action.READ_REPORTS),
        )
    ).all()
    days = _days(ctx, ended)
    genders = {person_id: results.folded(gender) for _class, person_id, gender in rows}
    officers = _officers(ctx)
    return MonthFigures(
        first=first,
        last=last,
        classes=len(days),
        trained=len(genders),
        days_per_officer=sum(days[row[0]] for row in rows) / officers if officers else 0.0,
        women=_women(genders, policy.value(ctx.session, "smallest_group")),
        response=_response(ctx, first, last),
    )


def _days(ctx: Ctx, ended: ClassIds) -> dict[int, int]:
    """On how many days each class was held."""
    week, country = policy.value(ctx.session, "working_week"), ctx.settings.country
    rows = ctx.session.scalars(select(TrainingClass).where(TrainingClass.id.in_(ended)))
    return {row.id or 0: len(days_of(row, week, country)) for row in rows}


def _officers(ctx: Ctx) -> int:
    query = select(func.count()).where(Person.active, reach.within(ctx, Action.READ_REPORTS))
    return int(ctx.session.execute(query.select_from(Person)).scalar_one())


def _women(genders: Mapping[int, str], threshold: int) -> float | None:
    """The share of women among those trained whose gender is known."""
    sizes = Counter(gender for gender in genders.values() if gender)
    total = sizes.total()
    women = sum(count for gender, count in sizes.items() if gender in WOMEN)
    split = {"women": women, "others": total - women}
    too_few = any(0 < count < threshold for count in split.values())
    return None if total < threshold or too_few else women / total


def _response(ctx: Ctx, first: dt.date, last: dt.date) -> Rate:
    """Of all that was asked about these days, how much was answered."""
    rows = ctx.session.execute(
        select(Assignment.state, func.count())
        .join(Person, Person.id == Assignment.person_id)
        .where(
            Assignment.occasion >= first,
            Assignment.occasion <= last,
            Assignment.state.not_in(LIFTED),
            reach.within(ctx, Action.READ_REPORTS),
        )
        .group_by(Assignment.state)
    )
    counts = dict(rows.all())
    return Rate(sum(counts.values()), counts.get(AssignmentState.ANSWERED, 0))
