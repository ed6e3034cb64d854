"""The classes that a plan became and that have dates, as entries for a calendar of one's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from bot import policy
from bot.context import Ctx
from bot.i18n import Texts, _, render
from bot.models.planning import AnnualPlan, PlanClass, PlanLine
from bot.models.training import Course, TrainingClass
from bot.planning import reading
from bot.training import calendar_file, catalogue, class_calendar
from bot.training.calendar_file import Entry
from bot.training.schedule import DEFAULT_END, DEFAULT_START, zone_of
from bot.training.session_days import days_of


@dataclass(frozen=True, slots=True)
class Dated:
    """A class with dates; `moved` is how often it was, so that a calendar knows the newest."""

    class_id: int
    code: str
    title: Texts
    place: str
    zone: str
    days: tuple[dt.date, ...]
    starts: dt.time
    ends: dt.time
    moved: int


def of_plan(ctx: Ctx, plan: AnnualPlan) -> tuple[Dated, ...]:
    """The classes of all lines that were not dropped, in order; cancelled ones are left out."""
    week, country = policy.value(ctx.session, "working_week"), ctx.settings.country
    rows = ctx.session.execute(
        select(TrainingClass, Course)
        .join(Course, Course.id == TrainingClass.course_id)
        .join(PlanClass, PlanClass.class_id == TrainingClass.id)
        .join(PlanLine, PlanLine.id == PlanClass.line_id)
        .where(PlanLine.plan_id == plan.id, reading.HELD)
        .where(TrainingClass.cancelled_at.is_(None), TrainingClass.starts_on.is_not(None))
        .order_by(TrainingClass.starts_on, TrainingClass.id)
    )
    return tuple(
        _dated(ctx, held, course, days)
        for held, course in rows
        if (days := days_of(held, week, country))
    )


def file_of(found: Sequence[Dated], language: str, at: dt.datetime) -> bytes:
    """An iCalendar file of these classes, as of the instant `at`."""
    entries = [
        Entry(
            uid=f"class-{one.class_id}@rollcall",
            sequence=one.moved,
            summary=render(one.title, language),
            description=render(_("Class {code}", code=one.code), language),
            place=one.place,
            zone=one.zone,
            days=one.days,
            starts=one.starts,
            ends=one.ends,
        )
        for one in found
    ]
    return calendar_file.written(entries, render(_("Training unit"), language), at)


def _dated(ctx: Ctx, held: TrainingClass, course: Course, days: tuple[dt.date, ...]) -> Dated:
    assert held.id is not None
    return Dated(
        class_id=held.id,
        code=held.code,
        title=catalogue.title_of(course),
        place=held.place,
        zone=zone_of(held, ctx.settings.timezone),
        days=days,
        starts=held.start_time or DEFAULT_START,
        ends=held.end_time or DEFAULT_END,
        moved=class_calendar.moves(ctx, held.id),
    )
