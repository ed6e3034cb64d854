"""Pure calendar arithmetic: local dates, calendar months, working days, quiet hours.

The only place that turns local wall-clock time into instants and back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from dateutil.relativedelta import relativedelta

DAY = dt.timedelta(days=1)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORTEST_NAME = 3
LONGEST_STANDSTILL = 60
"""Days in a row without one that is worked on; after them any day of the week counts."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Local hours in which ordinary messages wait; `start` may lie after `end` (over midnight)."""

    start: dt.time = dt.time(20)
    end: dt.time = dt.time(7)

    def covers(self, wall: dt.time) -> bool:
        if self.start == self.end:
            return False
        if self.start < self.end:
            return self.start <= wall < self.end
        return wall >= self.start or wall < self.end


def local_date(at: dt.datetime, zone: str) -> dt.date:
    """The date on the wall in `zone` at the instant `at` (aware)."""
    return at.astimezone(ZoneInfo(zone)).date()


def instant(day: dt.date, wall: dt.time, zone: str) -> dt.datetime:
    """The UTC instant of a wall-clock time.

    A time that a spring change skips is moved on by the gap; one that an autumn
    change repeats is the first of the two.
    """
    local = dt.datetime.combine(day, wall.replace(tzinfo=None), ZoneInfo(zone))
    return local.astimezone(dt.UTC)


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day `months` calendar months on, or the month's last day where there is none."""
    return day + relativedelta(months=months)


def next_allowed(at: dt.datetime, zone: str, quiet: QuietHours) -> dt.datetime:
    """`at` itself, or the end of the quiet hours it falls into."""
    local = at.astimezone(ZoneInfo(zone))
    if not quiet.covers(local.time()):
        return at
    day = local.date()
    if quiet.start > quiet.end and local.time() >= quiet.start:
        day += DAY
    return instant(day, quiet.end, zone)


def last_allowed_before(at: dt.datetime, zone: str, quiet: QuietHours) -> dt.datetime:
    """The last instant before `at` that is outside quiet hours, to the minute."""
    moment = at - dt.timedelta(minutes=1)
    local = moment.astimezone(ZoneInfo(zone))
    if not quiet.covers(local.time()):
        return moment
    day = local.date()
    if quiet.start > quiet.end and local.time() < quiet.end:
        day -= DAY
    return instant(day, quiet.start, zone) - dt.timedelta(minutes=1)


def week_of(text: str) -> frozenset[int]:
    """The days of a working week such as `Mon-Fri` or `Sun-Thu,Sat`, 0 for Monday.

    Raises ValueError for anything else.
    """
    days: set[int] = set()
    for part in text.lower().split(","):
        first, dash, last = (word.strip() for word in part.partition("-"))
        begin, end = _weekday(first), _weekday(last if dash else first)
        days.update((begin + step) % 7 for step in range((end - begin) % 7 + 1))
    return frozenset(days)


def _weekday(name: str) -> int:
    found = [number for number, whole in enumerate(WEEKDAYS) if whole.startswith(name)]
    if len(name) < SHORTEST_NAME or not found:
        raise ValueError(name)
    return found[0]


def working_days_after(
    day: dt.date, count: int, week: frozenset[int], days_off: Container[dt.date] = ()
) -> dt.date:
    """The date that lies `count` working days after `day`, which itself need not be one."""
    idle = 0
    while count > 0:
        day += DAY
        is_worked = day.weekday() in week and day not in days_off
        idle = 0 if is_worked else idle + 1
        if is_worked or idle > LONGEST_STANDSTILL:
            count -= 1
    return day


@lru_cache
def public_holidays(country: str, year: int) -> frozenset[dt.date]:
    """A country's public holidays (ISO code); none where they are not known."""
    try:
        return frozenset(holidays.country_holidays(country, years=year))
    except (NotImplementedError, KeyError):
        return frozenset()
