"""The calendar of a plan as pictures of months, as a paper in landscape, and as a workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from bot.i18n import Joined, Words, _
from bot.planning import dated
from bot.planning.cover import MonthCover
from bot.reports import papers, workbook
from bot.reports.grid import (
    ROWS_ON_A_PHONE,
    Cell,
    Grid,
    Paint,
    Row,
    grid_picture,
    in_parts,
)
from bot.reports.months import month_words, narrow_month
from bot.reports.papers import Block, Paper
from bot.reports.plan_calendar import Calendar, Entry, Month
from bot.reports.registry import XLSX, MadeFile
from bot.reports.workbook import Column, Sheet, write_workbook
from bot.screens import FileKind
from bot.training import calendar_file

NUMBER = workbook.Kind.INT
MANY = 20
"""So many people of an office away in one month are painted darkest."""


def make(data: Calendar, language: str) -> tuple[MadeFile, ...]:
    """Everything that is made of it, pictures first."""
    name = f"plan-{data.label.replace('/', '-')}-calendar"
    grids = [_by_line(data), *([_by_office(data)] if data.offices else [])]
    parts = [part for grid in grids for part in in_parts(grid)]
    pictures = [
        MadeFile(f"{name}-{number}.png", "image/png", grid_picture(part, language), FileKind.PHOTO)
        for number, part in enumerate(parts, 1)
    ]
    book = write_workbook(tuple(_sheets(data)), language)
    return (
        *pictures,
        MadeFile(f"{name}.pdf", "application/pdf", papers.pdf(_paper(data, language))),
        MadeFile(f"{name}.xlsx", XLSX, book),
        *_own_calendar(data, name, language),
    )


def _own_calendar(data: Calendar, name: str, language: str) -> Iterator[MadeFile]:
    """The classes that have dates by now, if there are any."""
    if data.dated:
        content = dated.file_of(data.dated, language, data.made_at)
        yield MadeFile(f"{name}.ics", calendar_file.MIME, content)


def _by_line(data: Calendar) -> Grid:
    """A row for each line, a column for each month, how many classes in the cell."""
    found = {one.line.id: one.line for month in data.months for one in month.entries}
    counts = {
        (one.line.id, month.first): one.cohorts for month in data.months for one in month.entries
    }
    paints = {line.id: Paint.GOOD if line.required else Paint.SOON for line in found.values()}
    rows = tuple(
        Row(line.title, tuple(
            Cell(paints[line.id], str(counts[line.id, month.first]))
            if (line.id, month.first) in counts else None
            for month in data.months
        ))
        for line in found.values()
    )  # fmt: skip
    return Grid(
        title=_("Training plan {year}", year=data.label),
        subtitle=_("How many classes in which month"),
        columns=tuple(narrow_month(month.first) for month in data.months),
        rows=rows,
        legend=((Paint.GOOD, _("required")), (Paint.SOON, _("not required"))),
    )


def _by_office(data: Calendar) -> Grid:
    """A row for each office, those first that most people of are expected to be away; the
    workbook has all of them.
    """
    months = [month.first for month in data.months]
    first = sorted(data.offices, key=lambda one: -sum(needed.people for needed in one[1]))
    shown = first[:ROWS_ON_A_PHONE]
    return Grid(
        title=_("Training plan {year}", year=data.label),
        subtitle=_("How many people are expected to be away"),
        columns=tuple(narrow_month(first) for first in months),
        rows=tuple(
            Row(path.rpartition("/")[2], _people(needed, months)) for path, needed in shown
        ),
        legend=(
            (Paint.SOON, _("less than {count}", count=MANY)),
            (Paint.GOOD, _("{count} and more", count=MANY)),
        ),
    )


def _people(needed: Sequence[MonthCover], months: Sequence[dt.date]) -> tuple[Cell | None, ...]:
    by_month = {one.month: one.people for one in needed}
    return tuple(
        Cell(Paint.GOOD if by_month[first] >= MANY else Paint.SOON, str(by_month[first]))
        if first in by_month
        else None
        for first in months
    )


def _paper(data: Calendar, language: str) -> Paper:
    columns = (
        papers.Column(_("Course"), 5),
        papers.Column(_("Target Officials"), 5),
        papers.Column(_("Date"), 3),
        papers.Column(_("Place"), 3),
        papers.Column(_("No. of Trainees"), number=True),
        papers.Column(_("Remarks"), 2),
    )
    blocks = [
        Block(
            title=month_words(month.first),
            columns=columns,
            rows=[_row(one) for one in month.entries],
        )
        for month in data.months
        if month.entries
    ]
    return Paper(
        title=_("Training plan {year}: the calendar", year=data.label),
        facts=(_status(data),),
        blocks=tuple(blocks),
        landscape=True,
        languages=papers.languages_for(data.local, language),
    )


def _row(one: Entry) -> tuple[object, ...]:
    line = one.line
    trainees: object = _("All") if line.trainees is None else line.trainees * one.cohorts
    remark: Words = _("Required") if line.required else line.remark
    return (line.title, line.target, _date(one), line.place, trainees, remark)


def _date(one: Entry) -> Words:
    """The days of its classes, else how many classes there are of how many days."""
    if one.days:
        days = Joined(tuple(_("{first} to {last}", first=a, last=b) for a, b in one.days))
        return _("{days}", days=days)
    if one.line.days:
        return _("{count} × {days} days", count=one.cohorts, days=one.line.days)
    return _("{count} ×", count=one.cohorts)


def _status(data: Calendar) -> Words:
    return _("Published") if data.published else _("Not published yet")


def _sheets(data: Calendar) -> Iterator[Sheet]:
    yield Sheet(
        name=_("Months"),
        columns=(
            Column(_("Month"), "month", kind=workbook.Kind.DATE),
            Column(_("Code"), "code", width=10),
            Column(_("Course"), "course"),
            Column(_("Target Officials"), "target"),
            Column(_("Classes"), "classes", kind=NUMBER),
            Column(_("Trainees of each"), "trainees", kind=NUMBER),
            Column(_("Place"), "place"),
            Column(_("Days"), "days", kind=workbook.Kind.DECIMAL),
            Column(_("Remarks"), "remarks"),
        ),
        rows=[_cells(month, one) for month in data.months for one in month.entries],
        notes=(_("Training plan {year}", year=data.label), _status(data)),
        with_codes=True,
    )
    if data.offices:
        yield Sheet(
            name=_("Offices"),
            columns=(
                Column(_("Office"), "office", width=40),
                Column(_("Month"), "month", kind=workbook.Kind.DATE),
                Column(_("Course"), "course"),
                Column(_("Expected to be away"), "people", kind=NUMBER),
            ),
            rows=[
                (path, one.month, line.title, line.people)
                for path, needed in data.offices
                for one in needed
                for line in one.lines
            ],
            notes=(_("Seats are expected to go to offices as those are spread who need them."),),
            with_codes=True,
        )


def _cells(month: Month, one: Entry) -> tuple[object, ...]:
    line = one.line
    trainees: object = _("All") if line.trainees is None else line.trainees
    return (
        month.first,
        line.code,
        line.title,
        line.target,
        one.cohorts,
        trainees,
        line.place,
        line.days,
        _("Required") if line.required else line.remark,
    )
