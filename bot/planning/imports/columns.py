"""The columns of a plan's workbook."""

from __future__ import annotations

import datetime as dt
import re

from bot.evaluation.impact.typed import LARGEST
from bot.i18n import _
from bot.imports import cells
from bot.imports.cells import Cell
from bot.imports.findings import BadValue
from bot.imports.kinds import Column
from bot.models.planning import Category, Change
from bot.planning.details import DETAIL_WORDS, PERIOD
from bot.planning.layouts.monthly import month_in
from bot.planning.line_values import MOST_COHORTS, MOST_DAYS, MOST_HOURS, MOST_TRAINEES

ALL = frozenset({"all", "all officials"})
YEAR = re.compile(r"20[0-9]{2}|21[0-9]{2}")
DAY_NOUGHT = dt.date(1899, 12, 30)
"""From which spreadsheets count days."""
BUDGETS = ("goods", "services", "infrastructure")


def year(cell: Cell) -> dt.date | int:
    """The first day of a plan year, or the year alone in which it begins.

    A year typed over a date keeps the date's format: to a spreadsheet it is the day of that
    number, long ago.
    """
    words = cells.text(cell)
    if YEAR.fullmatch(words):
        return int(words)
    day = cells.date(cell)
    number = (day - DAY_NOUGHT).days
    return number if YEAR.fullmatch(str(number)) else day


def months(cell: Cell) -> tuple[int, ...]:
    """Months with semicolons between, each as often as cohorts begin in it: numbers or names."""
    if isinstance(cell, (dt.date, dt.time, dt.timedelta)):
        raise _no_month(cells.shown(cell))
    found = []
    for part in re.split(r"[;,]", cells.text(cell)):
        words = part.strip()
        if not words:
            continue
        number = int(words) if words.isdecimal() else month_in(words) or 0
        if not 1 <= number <= 12:
            raise _no_month(words)
        found.append(number)
    return tuple(found)


def trainees(cell: Cell) -> int | None:
    """How many each time; “All” for all officials, as a blank cell."""
    if cells.text(cell).casefold() in ALL:
        return None
    found = cells.whole_number(1, MOST_TRAINEES)(cell)
    assert isinstance(found, int)
    return found


def _no_month(words: str) -> BadValue:
    return BadValue(
        "bad-month",
        _("“{value}” is no month. Write numbers or names with ; between, such as 3; 9.",
          value=words),
    )  # fmt: skip


COLUMNS = (
    Column("plan_year", year, blank=None),
    Column("code", cells.key),
    Column("title", cells.name, starred=True),
    Column("course_code", cells.key),
    Column("goal", cells.key),
    Column("topic", cells.name),
    Column("category", cells.one_of(one.value for one in Category), blank=Category.TECHNICAL.value,
           blank_means=_("technical")),
    Column("section", cells.name),
    Column("change", cells.one_of(one.value for one in Change), blank=None),
    Column("target", cells.name),
    Column("cohorts", cells.whole_number(1, MOST_COHORTS), blank=1, blank_means=_("once")),
    Column("trainees", trainees, blank=None, blank_means=_("all officials")),
    Column("months", months, blank=()),
    Column("mode", cells.name),
    Column("facility", cells.name),
    Column("place", cells.name),
    Column("days", cells.number(0, MOST_DAYS), blank=None),
    Column("hours", cells.number(0, MOST_HOURS), blank=None),
    Column("starts_at", cells.time, blank=None),
    Column("ends_at", cells.time, blank=None),
    Column("residential", cells.yes_no, blank=False, blank_means=_("no")),
    Column("trainers", cells.name),
    Column("required", cells.yes_no, blank=False, blank_means=_("no")),
    *(Column(name, cells.number(0, LARGEST), blank=None) for name in BUDGETS),
    Column("remark", cells.name),
    Column(PERIOD, cells.name),
    *(Column(name, cells.text) for name in DETAIL_WORDS),
)  # fmt: skip
PLAIN = (
    "title", "category", "section", "target", "cohorts", "trainees", "mode", "place", "days",
    "hours", "starts_at", "ends_at", "residential", "trainers", "required", "remark",
)  # fmt: skip
"""Columns that are fields of a line as they are."""
