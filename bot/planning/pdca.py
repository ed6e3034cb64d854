"""Planned against held, quarter by quarter and beside the year before: classes, trainees, hours,
money.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import case, func, select
from sqlmodel import Session

from bot.context import Ctx
from bot.models.planning import AnnualPlan, PlanClass, PlanLine
from bot.models.training import Course, Enrolment, EnrolmentState, TrainingClass
from bot.needs import years
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.planning import cohorts, reading, spending
from bot.planning.reading import Line

TRAINED = (
    EnrolmentState.ATTENDED,
    EnrolmentState.PARTLY_ATTENDED,
    EnrolmentState.COMPLETED,
)


@dataclass(slots=True)
class Amount:
    """So many classes, trainees, hours of class, and so much money."""

    classes: float = 0
    trainees: float = 0
    hours: float = 0
    money: float = 0

    def add(self, other: Amount) -> None:
        self.classes += other.classes
        self.trainees += other.trainees
        self.hours += other.hours
        self.money += other.money


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of a plan year, from 1; 0 is what has no month."""

    number: int
    planned: Amount = field(default_factory=Amount)
    held: Amount = field(default_factory=Amount)


@dataclass(frozen=True, slots=True)
class Progress:
    """A plan year as it was planned and as it was held up to today.

    `beside` is what was held in the year and is no cohort of the plan. `unscheduled` and
    `dropped` count lines.
    """

    label: str
    money: str
    quarters: tuple[Quarter, ...]
    beside: Amount
    unscheduled: int
    dropped: int

    @property
    def planned(self) -> Amount:
        return _sum(quarter.planned for quarter in self.quarters)

    @property
    def held(self) -> Amount:
        return _sum(quarter.held for quarter in self.quarters)


@dataclass(frozen=True, slots=True)
class Held:
    """A class that has been held: how many were trained in it, and whether it is in the plan."""

    class_id: int
    course_id: int
    ends_on: dt.date
    hours: float
    trained: int
    line_id: int | None


def of_plan(ctx: Ctx, plan_id: int) -> Progress:
    """The plan against what was held; refuses who may not read the money of the plan."""
    plan = reading.require(ctx, plan_id)
    if not reading.sees_all(ctx, plan):
        raise OutOfReach(Action.EDIT_PLAN, plan_id, "plan", reading.NOT_YOURS)
    return of_row(ctx, plan)


def of_row(ctx: Ctx, plan: AnnualPlan) -> Progress:
    """The same for who has been let in already."""
    found = reading.lines(ctx.session, plan.id)
    quarters = {number: Quarter(number) for number in range(cohorts.QUARTERS + 1)}
    for line in reading.held(found):
        _plan_line(ctx.session, plan, line, quarters)
    beside = Amount()
    for one in held_in(ctx, plan):
        number = cohorts.quarter_of_day(plan.plan_year, one.ends_on)
        held = Amount(1, one.trained, one.hours)
        (quarters[number or 0].held if one.line_id is not None else beside).add(held)
    for day, amount in spending.of_plan(ctx.session, plan.id):
        number = cohorts.quarter_of_day(plan.plan_year, day)
        quarters[number or 0].held.add(Amount(money=amount))
    return Progress(
        label=years.label(plan.plan_year),
        money=plan.money,
        quarters=tuple(quarters[one] for one in (1, 2, 3, 4, 0) if one or _is_used(quarters[0])),
        beside=beside,
        unscheduled=sum(line.unscheduled for line in found),
        dropped=sum(bool(line.dropped_for) for line in found),
    )


def before(ctx: Ctx, plan_id: int) -> Progress | None:
    """The plan of the year before, if there was one that was approved."""
    plan = reading.require(ctx, plan_id)
    query = (
        select(AnnualPlan)
        .where(AnnualPlan.plan_year < plan.plan_year, AnnualPlan.state.in_(reading.APPROVED))
        .order_by(AnnualPlan.plan_year.desc())
    )
    earlier = ctx.session.scalars(query.limit(1)).first()
    return of_row(ctx, earlier) if earlier is not None else None


def held_in(ctx: Ctx, plan: AnnualPlan) -> list[Held]:
    """The classes that ended in the plan year and before today, without cancelled ones; those
    made of the plan whenever they ended.
    """
    first, last = years.span(plan.plan_year)
    trained = func.sum(case((Enrolment.state.in_(TRAINED), 1), else_=0))
    in_plan = select(PlanLine.id).where(PlanLine.plan_id == plan.id)
    of_year = TrainingClass.ends_on.between(first, last) & PlanClass.line_id.is_(None)
    rows = ctx.session.execute(
        select(TrainingClass, Course.hours, PlanClass.line_id, PlanLine.hours, trained)
        .join(Course, Course.id == TrainingClass.course_id)
        .outerjoin(PlanClass, PlanClass.class_id == TrainingClass.id)
        .outerjoin(PlanLine, PlanLine.id == PlanClass.line_id)
        .outerjoin(Enrolment, Enrolment.class_id == TrainingClass.id)
        .where(TrainingClass.cancelled_at.is_(None), TrainingClass.ends_on < ctx.today())
        .where(PlanClass.line_id.in_(in_plan) | of_year)
        .group_by(TrainingClass.id, Course.hours, PlanClass.line_id, PlanLine.hours)
        .order_by(TrainingClass.ends_on, TrainingClass.id)
    )
    return [
        Held(held.id, held.course_id, held.ends_on, of_line or hours or 0, int(count or 0), line)
        for held, hours, line, of_line, count in rows
    ]


def _plan_line(
    session: Session, plan: AnnualPlan, line: Line, quarters: dict[int, Quarter]
) -> None:
    hours = line.hours or _course_hours(session, line)
    for month in cohorts.months_of(line.months, line.cohorts):
        number = 0 if month is None else cohorts.quarter_of_month(plan.plan_year, month)
        share = (line.cost or 0) / line.cohorts
        quarters[number].planned.add(Amount(1, line.trainees or 0, hours, share))


def _course_hours(session: Session, line: Line) -> float:
    course = session.get(Course, line.course_id) if line.course_id is not None else None
    return course.hours or 0 if course is not None else 0


def _is_used(quarter: Quarter) -> bool:
    return quarter.planned != Amount() or quarter.held != Amount()


def _sum(amounts: Iterable[Amount]) -> Amount:
    whole = Amount()
    for one in amounts:
        whole.add(one)
    return whole
