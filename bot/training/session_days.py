"""The days on which a class is held: pure, from its dates, weekdays and the public holidays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container

from bot.calendar import DAY, local_date, public_holidays, week_of
from bot.models.training import TrainingClass
from bot.training.schedule import zone_of

MOST_DAYS = 400


def days_of(held: TrainingClass, working_week: str, country: str) -> tuple[dt.date, ...]:
    """The session days in order; none without dates.

    Without weekdays of its own a class follows the working week. Public holidays are left out,
    and if nothing would be left, every day from the first to the last counts.
    """
    if held.starts_on is None or held.ends_on is None:
        return ()
    count = min((held.ends_on - held.starts_on).days + 1, MOST_DAYS)
    span = [held.starts_on + DAY * number for number in range(count)]
    week = week_of(held.weekdays or working_week)
    free = _holidays(span, country)
    return tuple(day for day in span if day.weekday() in week and day not in free) or tuple(span)


def is_to_come(held: TrainingClass, day: dt.date, now: dt.datetime, default_zone: str) -> bool:
    """Whether this day has not yet begun where the class is held."""
    return day > local_date(now, zone_of(held, default_zone))


def _holidays(span: list[dt.date], country: str) -> Container[dt.date]:
    return {day for year in {day.year for day in span} for day in public_holidays(country, year)}
