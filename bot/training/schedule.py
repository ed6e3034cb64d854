"""When a class begins and ends, where it is held: pure, from a class's own row."""

from __future__ import annotations

import datetime as dt

from bot.calendar import instant
from bot.models.training import TrainingClass

DEFAULT_START, DEFAULT_END = dt.time(8), dt.time(17)
LAST_MINUTE = dt.time(23, 59)
FARTHEST_EAST = dt.timedelta(hours=14)
"""How far the earliest zone is ahead of UTC."""


def zone_of(held: TrainingClass, default_zone: str) -> str:
    """The class's own zone, else the administration's."""
    return held.timezone or default_zone


def end_of(held: TrainingClass, default_zone: str) -> dt.datetime | None:
    """The instant (UTC) at which a class is over; None without dates."""
    if held.ends_on is None:
        return None
    return instant(held.ends_on, held.end_time or DEFAULT_END, zone_of(held, default_zone))


def start_of(held: TrainingClass, default_zone: str) -> dt.datetime | None:
    """The instant (UTC) at which the first session begins; None without dates."""
    if held.starts_on is None:
        return None
    wall = held.start_time or DEFAULT_START
    return instant(held.starts_on, wall, zone_of(held, default_zone))


def enrolment_ends(held: TrainingClass, default_zone: str) -> dt.datetime | None:
    """The instant (UTC) until which a place can be asked for; None if only the start ends it."""
    if held.enrol_by is None:
        return None
    return instant(held.enrol_by, LAST_MINUTE, zone_of(held, default_zone))


def latest_local_date(at: dt.datetime) -> dt.date:
    """The date it is, at `at`, in the zone farthest to the east."""
    return (at.astimezone(dt.UTC) + FARTHEST_EAST).date()
