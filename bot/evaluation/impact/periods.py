"""The months before and after a class that are compared: whole calendar months, pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.calendar import add_months

MOST_MONTHS = 36


@dataclass(frozen=True, slots=True)
class Periods:
    """As many months before as after; months in which the class was held belong to neither."""

    before: tuple[dt.date, ...]
    after: tuple[dt.date, ...]

    @property
    def complete_on(self) -> dt.date:
        """The first day on which all of the months are over."""
        return add_months(self.after[-1], 1)


def month_of(day: dt.date) -> dt.date:
    """The first day of its month, by which figures are kept."""
    return day.replace(day=1)


def around(starts_on: dt.date, ends_on: dt.date, months: int) -> Periods:
    """So many months before the first day's month and after the last day's.

    Refuses (ValueError) no months at all.
    """
    if months < 1:
        raise ValueError("at least one month is compared")
    first, last = month_of(starts_on), month_of(ends_on)
    return Periods(
        before=tuple(add_months(first, -back) for back in range(months, 0, -1)),
        after=tuple(add_months(last, on) for on in range(1, months + 1)),
    )
