"""Plan years: pure arithmetic on the day of the calendar on which they begin.

A year that begins at the end of February begins on the last day of that month, leap year or not.
"""

from __future__ import annotations

import datetime as dt

from bot import policy
from bot.calendar import DAY
from bot.context import Ctx

FEBRUARY, SHORTEST_FEBRUARY = 2, 28


def plan_year(ctx: Ctx, day: dt.date | None = None) -> dt.date:
    """The first day of the plan year that holds `day`, else today."""
    month, first = begins_on(ctx)
    day = day or ctx.today()
    begun = _start(day.year, month, first)
    return begun if begun <= day else _start(day.year - 1, month, first)


def next_plan_year(ctx: Ctx) -> dt.date:
    """The first day of the plan year after the one that holds today."""
    return following(plan_year(ctx))


def begins_on(ctx: Ctx) -> tuple[int, int]:
    """Month and day on which a plan year begins, as the unit has set them."""
    month, day = policy.value(ctx.session, "plan_year_starts").split("-")
    return int(month), int(day)


def following(first: dt.date) -> dt.date:
    """The first day of the plan year after the one that begins on `first`."""
    return _start(first.year + 1, first.month, first.day)


def span(first: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of the plan year that begins on `first`."""
    return first, following(first) - DAY


def label(first: dt.date) -> str:
    """What a plan year is called: “2027”, or “2026/27” where it holds parts of two years."""
    if (first.month, first.day) == (1, 1):
        return str(first.year)
    return f"{first.year}/{(first.year + 1) % 100:02}"


def _start(year: int, month: int, day: int) -> dt.date:
    if month == FEBRUARY and day >= SHORTEST_FEBRUARY:
        return dt.date(year, FEBRUARY + 1, 1) - DAY
    return dt.date(year, month, day)
