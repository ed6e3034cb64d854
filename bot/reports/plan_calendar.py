"""The calendar of a plan: what is held in which month, and which offices it takes people from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Joined, Text, Words, _, _n
from bot.long_text import in_screens
from bot.models.planning import PlanState
from bot.needs import years
from bot.people import directory
from bot.people.access_table import Action
from bot.planning import cohorts, cover, dated, from_plan, publishing, reading
from bot.planning.cover import MonthCover
from bot.planning.dated import Dated
from bot.planning.from_plan import Cohort
from bot.planning.reading import Line
from bot.reports.months import month_words
from bot.reports.registry import WHOLE, MadeFile, Params, Report, register
from bot.screens import Screen

TITLE = _("Calendar of the training plan")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line in a month: so many cohorts; `days` are those of their classes that have dates."""

    line: Line
    cohorts: int
    days: tuple[tuple[dt.date, dt.date], ...] = ()


@dataclass(frozen=True, slots=True)
class Month:
    """What is held in the month that begins on `first`."""

    first: dt.date
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The twelve months of a plan year, and what offices need cover for, by their path.

    `without` are the lines that name no month; `local` is the administration's language;
    `dated` are classes for a calendar of one's own.
    """

    label: str
    published: bool
    months: tuple[Month, ...]
    without: tuple[Line, ...]
    offices: tuple[tuple[str, tuple[MonthCover, ...]], ...]
    local: str
    dated: tuple[Dated, ...]
    made_at: dt.datetime


def read(ctx: Ctx, params: Params) -> Calendar:
    """The calendar of `params["plan"]`; refuses who may not read the plan, and an empty one.

    Offices are given to those only who may read all of the plan.
    """
    plan = reading.require(ctx, int(params["plan"]))
    found = reading.held(reading.lines(ctx.session, plan.id))
    if not found:
        raise Refusal(_("The plan has no line yet."))
    offices: tuple[tuple[str, tuple[MonthCover, ...]], ...] = ()
    if params.get(WHOLE) and reading.sees_all(ctx, plan):
        totals = cover.totals(ctx.session, plan)
        offices = tuple(
            (directory.office(ctx.session, unit).path, needed)
            for unit in publishing.all_units(ctx)
            if (needed := cover.of_office(ctx, plan, unit, totals))
        )
    return Calendar(
        label=years.label(plan.plan_year),
        published=plan.state is PlanState.PUBLISHED,
        months=_months(ctx, plan.plan_year, found),
        without=tuple(line for line in found if not line.months),
        offices=offices,
        local=ctx.settings.language,
        dated=dated.of_plan(ctx, plan) if params.get(WHOLE) else (),
        made_at=ctx.now(),
    )


def screens(data: Calendar) -> tuple[Screen, ...]:
    """One line a month and title."""
    lines: list[Words] = []
    for month in data.months:
        if month.entries:
            lines += ["", month_words(month.first), *(entry_words(one) for one in month.entries)]
    if data.without:
        lines += ["", _("Without a month yet:"), *(line.title for line in data.without)]
    title = _("Training plan {year}: the calendar", year=data.label)
    return in_screens(title, lines or [_("No line names a month yet.")])


def files(data: Calendar, language: str) -> tuple[MadeFile, ...]:
    """Pictures of months by line and by office, a paper, a workbook, dated classes as .ics."""
    from bot.reports import plan_calendar_files  # drawing takes a second to load

    return plan_calendar_files.make(data, language)


def entry_words(one: Entry) -> Words:
    """A line of a month: title, how many, when and where."""
    size: Text = (
        _n("{count} class for all officials", "{count} classes for all officials", one.cohorts)
        if one.line.trainees is None
        else _n(
            "{count} class of {trainees}",
            "{count} classes of {trainees}",
            one.cohorts,
            trainees=one.line.trainees,
        )
    )
    if not one.days:
        return _("• {title}: {size}", title=one.line.title, size=size)
    days = Joined(tuple(_("{first} to {last}", first=a, last=b) for a, b in one.days))
    return _("• {title}: {size}, {days}", title=one.line.title, size=size, days=days)


def _months(ctx: Ctx, plan_year: dt.date, found: Iterable[Line]) -> tuple[Month, ...]:
    entries: dict[dt.date, list[Entry]] = {one: [] for one in cohorts.months_from(plan_year)}
    for line in found:
        made = from_plan.of_line(ctx, line.id)
        for first, of_month in entries.items():
            held = [one for one in made if one.month == first]
            if held:
                of_month.append(Entry(line, len(held), _days(held)))
    return tuple(Month(first, tuple(of_month)) for first, of_month in entries.items())


def _days(held: Iterable[Cohort]) -> tuple[tuple[dt.date, dt.date], ...]:
    """First and last day of the classes that these cohorts became."""
    return tuple(
        (one.starts_on, one.ends_on)
        for one in held
        if one.starts_on is not None and one.ends_on is not None
    )


PLAN_CALENDAR = register(Report("plan_calendar", TITLE, Action.READ_PLAN, read, screens, files))
