"""Pure calendar arithmetic: local dates, calendar months, quiet hours.

The only place that turns local wall-clock time into instants and back.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

DAY = dt.timedelta(days=1)


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
