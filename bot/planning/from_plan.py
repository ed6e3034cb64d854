"""A cohort of a line becomes a class with one tap; its course is made where there is none yet."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from sqlalchemy import func, select

from bot import audit, policy
from bot.calendar import DAY, add_months, week_of
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import _
from bot.models.planning import AnnualPlan, Change, Facility, PlanClass, PlanLine
from bot.models.training import Course, Enrolment, TrainingClass
from bot.people import access
from bot.people.access_table import Action
from bot.planning import cohorts, reading
from bot.training import classes
from bot.training.class_fields import MOST_SEATS
from bot.training.classes import Done
from bot.training.states import LIVE

LONGEST_CODE = 36
WEEKS_OF_A_MONTH = 4


@dataclass(frozen=True, slots=True)
class Cohort:
    """One cohort of a line: its month, and the class it became, with how many are on its list.

    A cohort whose class was cancelled can become another one.
    """

    number: int
    month: dt.date | None
    class_id: int | None = None
    code: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    people: int = 0


def of_line(ctx: Ctx, line_id: int) -> list[Cohort]:
    """The cohorts of a line in order; refuses who may not read the plan."""
    line = reading.require_line(ctx, line_id)
    plan = ctx.session.get_one(AnnualPlan, line.plan_id)
    made = {row.cohort: held for row, held in _made(ctx, line_id)}
    return [
        _cohort(ctx, number, _first(plan, month), made.get(number))
        for number, month in enumerate(cohorts.months_of(line.months, line.cohorts), 1)
    ]


def make_class(ctx: Ctx, line_id: int, cohort: int) -> Done:
    """Make a class of a cohort: with dates in its month if that is still to come, else without.

    Refuses a plan that is not approved, a line that was dropped, and a cohort that is a class
    already.
    """
    access.require(ctx, Action.EDIT_CLASSES)
    line, plan = _require_line(ctx, line_id, cohort)
    if any(row.cohort == cohort for row, _held in _made(ctx, line_id)):
        raise Refusal(_("This cohort is a class already."))
    course = _course(ctx, line)
    starts, ends = dates_of(ctx, plan, line, cohort)
    facility = ctx.session.get(Facility, line.facility_id) if line.facility_id else None
    done = classes.add(
        ctx,
        TrainingClass(
            code=_free_code(ctx, line, cohort),
            course_id=course.id,
            starts_on=starts,
            ends_on=ends,
            start_time=line.starts_at,
            end_time=line.ends_at,
            place=line.place or (facility.name if facility else ""),
            seats=_seats(line, facility),
            coordinator_id=ctx.actor.person_id,
            cohort=f"{cohort}/{line.cohorts}",
        ),
    )
    ctx.session.add(PlanClass(class_id=done.card.id, line_id=line_id, cohort=cohort))
    ctx.session.flush()
    audit.record(ctx, "plan.class_made", "class", done.card.id, line=line_id, cohort=cohort)
    return done


def dates_of(
    ctx: Ctx, plan: AnnualPlan, line: PlanLine, cohort: int
) -> tuple[dt.date, dt.date] | tuple[None, None]:
    """First and last day that are proposed for a cohort: in the week of its month that its place
    among the cohorts of that month says. None where the month is unknown or has begun.
    """
    months = cohorts.months_of(line.months, line.cohorts)
    month = months[cohort - 1]
    if month is None:
        return None, None
    place = sum(1 for one in months[: cohort - 1] if one == month)
    first = max(cohorts.month_of_year(plan.plan_year, month), plan.plan_year)
    starts = _week_in_month(ctx, first, place)
    if starts <= ctx.today():
        return None, None
    days = max(1, math.ceil(line.days or 1))
    return starts, policy.working_days_on(ctx, starts, days - 1)


def _week_in_month(ctx: Ctx, first: dt.date, place: int) -> dt.date:
    """The first day of work of the week with this place, from 0, from a day to the end of its
    month; after its last week, or the fourth, it begins again with the first.
    """
    week = week_of(policy.value(ctx.session, "working_week"))
    opening = next((day for day in sorted(week) if (day - 1) % 7 not in week), 0)
    day = first + DAY * ((opening - first.weekday()) % 7)
    weeks_left = -((day - add_months(first.replace(day=1), 1)).days // 7)
    weeks = max(1, min(WEEKS_OF_A_MONTH, weeks_left))
    day += DAY * 7 * (place % weeks)
    return policy.working_days_on(ctx, day - DAY, 1)


def _require_line(ctx: Ctx, line_id: int, cohort: int) -> tuple[PlanLine, AnnualPlan]:
    row, plan = reading.hold_line(ctx, line_id, Action.EDIT_PLAN)
    if plan.state not in reading.APPROVED:
        raise Refusal(_("Classes are made once the plan has been approved."))
    if row.dropped_for or row.change is Change.DISCONTINUED:
        raise Refusal(_("This line was dropped. No class is made of it."))
    if not 1 <= cohort <= row.cohorts:
        raise Refusal(_("This line has fewer cohorts by now."))
    return row, plan


def _made(ctx: Ctx, line_id: int) -> list[tuple[PlanClass, TrainingClass]]:
    """The classes that cohorts of a line became, without those that were cancelled."""
    rows = ctx.session.execute(
        select(PlanClass, TrainingClass)
        .join(TrainingClass, TrainingClass.id == PlanClass.class_id)
        .where(PlanClass.line_id == line_id, TrainingClass.cancelled_at.is_(None))
        .order_by(PlanClass.class_id)
    )
    return [(row, held) for row, held in rows]


def _cohort(ctx: Ctx, number: int, month: dt.date | None, held: TrainingClass | None) -> Cohort:
    if held is None:
        return Cohort(number, month)
    on_list = select(func.count()).where(Enrolment.class_id == held.id, Enrolment.state.in_(LIVE))
    people = int(ctx.session.execute(on_list).scalar_one())
    return Cohort(number, month, held.id, held.code, held.starts_on, held.ends_on, people)


def _first(plan: AnnualPlan, month: int | None) -> dt.date | None:
    return None if month is None else cohorts.month_of_year(plan.plan_year, month)


def _course(ctx: Ctx, line: PlanLine) -> Course:
    """The course of a line, made from it if it names none."""
    if line.course_id is not None:
        return ctx.session.get_one(Course, line.course_id)
    course = Course(
        code=_free_course_code(ctx, line.code),
        title=line.title,
        category=line.category.value,
        hours=line.hours,
        max_seats=line.trainees,
    )
    ctx.session.add(course)
    ctx.session.flush()
    line.course_id = course.id
    audit.record(ctx, "course.created", "course", course.id, code=course.code, line=line.id)
    return course


def _free_course_code(ctx: Ctx, code: str) -> str:
    """The code of the line, with a number after it where a course has it already."""
    wanted = "-".join(code.split())[:LONGEST_CODE]
    taken = set(ctx.session.scalars(select(Course.code).where(Course.code.startswith(wanted))))
    return _free(wanted, taken)


def _free_code(ctx: Ctx, line: PlanLine, cohort: int) -> str:
    plan = ctx.session.get_one(AnnualPlan, line.plan_id)
    wanted = f"{line.code[:24]}-{plan.plan_year:%y}-{cohort:02}"
    query = select(TrainingClass.code).where(TrainingClass.code.startswith(wanted))
    return _free(wanted, set(ctx.session.scalars(query)))


def _free(wanted: str, taken: set[str]) -> str:
    number, code = 2, wanted
    while code in taken:
        code, number = f"{wanted}-{number}", number + 1
    return code


def _seats(line: PlanLine, facility: Facility | None) -> int:
    """Those of a cohort; for all officials, those of the place, as long as it has any."""
    if line.trainees is not None:
        return min(line.trainees, MOST_SEATS)
    return min(facility.seats, MOST_SEATS) if facility else 0
