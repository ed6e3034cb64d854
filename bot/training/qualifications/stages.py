"""Of which stage somebody is to be told before something earned ends: pure.

A stage is the days that were left: 90, 30, 7; 0 is the last day and the grace after it, -1 that
it has lapsed. Only the latest one counts: after an outage one message is enough.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from bot.training.qualifications import validity
from bot.training.qualifications.validity import TOLD_LAPSED, Dated, Standing

LAST_DAY = 0
SETTLING = 7
"""Days after somebody was told of a last day in which they are not told of it again."""


def reached(held: Dated, days: Iterable[int], today: dt.date, return_days: int) -> int | None:
    """The stage that something earned is in today; None before the first one, or for ever."""
    if held.expires_on is None:
        return None
    if validity.standing(held, today, return_days) is Standing.LAPSED:
        return TOLD_LAPSED
    return days_left(held.expires_on, days, today)


def days_left(last_day: dt.date, days: Iterable[int], today: dt.date) -> int | None:
    """The smallest of these days that is not less than what is left, 0 from the last day on."""
    left = max((last_day - today).days, LAST_DAY)
    return min((day for day in (*days, LAST_DAY) if day >= left), default=None)


def told_by_news(last_day: dt.date, days: Iterable[int], today: dt.date) -> int | None:
    """The stage that counts as told to who hears of a last day today, one that would follow at
    once among them; the last day itself never does.
    """
    left = (last_day - today).days - SETTLING
    return min((day for day in days if day >= left), default=None)


def is_new(stage: int | None, told: int | None) -> bool:
    """Whether a stage comes after the one that was told last."""
    return stage is not None and (told is None or stage < told)
