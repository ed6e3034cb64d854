"""By when a task is to be done, counted in hours from joining the post: pure."""

from __future__ import annotations

import datetime as dt

MOST_HOURS = 8760
"""A year; what takes longer has no limit."""
SHORTEST_WARNING = dt.timedelta(hours=2)
LONGEST_WARNING = dt.timedelta(hours=24)
PART_LEFT = 4


def due_at(joined_at: dt.datetime, within_hours: int | None) -> dt.datetime | None:
    """The instant by which a task is to be done; None where there is no limit."""
    return None if within_hours is None else joined_at + dt.timedelta(hours=within_hours)


def warned_at(joined_at: dt.datetime, within_hours: int) -> dt.datetime:
    """When the officer is reminded: with a quarter of the time left, but two hours at least and
    a day at most.
    """
    whole = dt.timedelta(hours=within_hours)
    left = min(max(whole / PART_LEFT, SHORTEST_WARNING), LONGEST_WARNING)
    return joined_at + max(whole - left, dt.timedelta())


def is_late(due: dt.datetime | None, done_at: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether a task was done, or is still not done, after its limit."""
    return due is not None and (done_at or now) > due
