"""From when until when something may be answered, in local days: pure."""

from __future__ import annotations

import datetime as dt

from bot.calendar import instant, local_date

LAST_MINUTE = dt.time(23, 59)
LEAST_DAYS = 2


def closes_at(occasion: dt.date, days: int, zone: str, now: dt.datetime) -> dt.datetime | None:
    """The end of day `days` after `occasion` in `zone`; None if that has passed at `now`.

    Whoever is asked late has two days left all the same, unless `days` is less.
    """
    regular = instant(occasion + dt.timedelta(days=days), LAST_MINUTE, zone)
    if now >= regular:
        return None
    left = dt.timedelta(days=min(LEAST_DAYS, days))
    return max(regular, instant(local_date(now, zone) + left, LAST_MINUTE, zone))


def day_after(occasion: dt.date, days: int, wall: dt.time, zone: str) -> dt.datetime:
    """The instant of `wall` on day `days` after `occasion`, for somebody in `zone`."""
    return instant(occasion + dt.timedelta(days=days), wall, zone)
