"""When the cohorts of a line are held: pure arithmetic of plan years, months and quarters."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from bot.needs import years

QUARTERS = 4
MONTHS_OF_A_QUARTER = 3
MONTHS_OF_A_YEAR = 12


def months_of(months: Sequence[int], cohorts: int) -> tuple[int | None, ...]:
    """The calendar month of each cohort, spread evenly over the months of its line; None where
    the line names no month.
    """
    if not months:
        return (None,) * cohorts
    return tuple(months[place * len(months) // cohorts] for place in range(cohorts))


def cohorts_by_month(months: Sequence[int], cohorts: int) -> Counter[int | None]:
    """How many cohorts a line has in each of its months."""
    return Counter(months_of(months, cohorts))


def month_of_year(plan_year: dt.date, month: int) -> dt.date:
    """The first day of a calendar month as it falls into the plan year that begins on that day."""
    return dt.date(plan_year.year + (month < plan_year.month), month, 1)


def months_from(plan_year: dt.date) -> tuple[dt.date, ...]:
    """The first days of the twelve months in the order in which the plan year has them."""
    numbers = ((plan_year.month - 1 + step) % MONTHS_OF_A_YEAR + 1 for step in range(12))
    return tuple(month_of_year(plan_year, month) for month in numbers)


def quarter_of_month(plan_year: dt.date, month: int) -> int:
    """The quarter of the plan year, from 1, in which a calendar month begins to be counted."""
    return (month - plan_year.month) % MONTHS_OF_A_YEAR // MONTHS_OF_A_QUARTER + 1


def quarter_of_day(plan_year: dt.date, day: dt.date) -> int | None:
    """The quarter of the plan year, from 1, that holds a day; None outside the year.

    As in plans a calendar month belongs to one quarter: of a year that begins within a month, the
    rest of that month a year later belongs to the last.
    """
    if not plan_year <= day < years.following(plan_year):
        return None
    months = (day.year - plan_year.year) * MONTHS_OF_A_YEAR + day.month - plan_year.month
    return min(months, MONTHS_OF_A_YEAR - 1) // MONTHS_OF_A_QUARTER + 1
