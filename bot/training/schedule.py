"""When a class ends, where it is held: pure, from a class's own row."""

from __future__ import annotations

import datetime as dt

from bot.calendar import instant
from bot.models.training import TrainingClass

DEFAULT_END = dt.time(17)
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


def latest_local_date(at: dt.datetime) -> dt.date:
    """The date it is, at `at`, in the zone farthest to the east."""
    return (at.astimezone(dt.UTC) + FARTHEST_EAST).date()
