"""How long a qualification is valid and how it stands on a day: pure, in whole local days.

The last day of validity is valid. Month arithmetic keeps to the month's last day where the day
itself is missing, so that one year after 29 February is 28 February.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.calendar import DAY, add_months
from bot.models.qualifications import ExpiryRule

A_YEAR = 12
LEAP_DAY = "02-29"
TOLD_LAPSED = -1
"""The stage of reminding at which somebody was told, or need not be, that it has lapsed."""


class Standing(StrEnum):
    """How a qualification stands: before its window, in it, after its last day, after grace."""

    HOLDS = "holds"
    DUE = "due"
    OVERDUE = "overdue"
    LAPSED = "lapsed"


class Terms(Protocol):
    """What a curriculum says of validity; `fixed_day` is MM-DD."""

    expiry_rule: ExpiryRule
    valid_months: int | None
    fixed_day: str
    min_months: int
    window_days: int
    grace_days: int


class Dated(Protocol):
    """The dates of something earned, as `Qualification` has them."""

    @property
    def expires_on(self) -> dt.date | None: ...
    @property
    def window_on(self) -> dt.date | None: ...
    @property
    def grace_days(self) -> int: ...
    @property
    def extended_until(self) -> dt.date | None: ...
    @property
    def away_until(self) -> dt.date | None: ...


@dataclass(frozen=True, slots=True)
class Validity:
    """From when until when, as it is fixed on earning; no dates for what never expires."""

    earned_on: dt.date
    expires_on: dt.date | None
    window_on: dt.date | None
    grace_days: int


def earned(
    terms: Terms, completed: dt.date, previous: Dated | None = None, return_days: int = 0
) -> Validity:
    """The validity of what is completed on this day; `previous` is what it renews, if anything.

    Renewing counts from the day after earning at the earliest; where the window has no days, at
    any time after it.
    """
    expires_on = expiry(terms, completed, previous, return_days)
    if expires_on is None:
        return Validity(completed, None, None, terms.grace_days)
    first = completed + DAY
    opens = expires_on - terms.window_days * DAY if terms.window_days else first
    return Validity(completed, expires_on, max(first, opens), terms.grace_days)


def expiry(
    terms: Terms, completed: dt.date, previous: Dated | None = None, return_days: int = 0
) -> dt.date | None:
    """The last day of validity; None if it never expires."""
    if terms.expiry_rule is ExpiryRule.FIXED:
        return _on_fixed_day(terms, completed, previous)
    if terms.valid_months is None:
        return None
    if terms.expiry_rule is ExpiryRule.PREVIOUS and previous is not None:
        follows = _after_previous(terms.valid_months, completed, previous, return_days)
        if follows is not None:
            return follows
    return add_months(completed, terms.valid_months)


def standing(held: Dated, today: dt.date, return_days: int) -> Standing:
    """How it stands today, where the holder lives; `return_days` as the policy has them."""
    last_day = lapses_after(held, return_days)
    if held.expires_on is None or held.window_on is None or last_day is None:
        return Standing.HOLDS
    if today > last_day:
        return Standing.LAPSED
    if today > held.expires_on:
        return Standing.OVERDUE
    return Standing.DUE if today >= held.window_on else Standing.HOLDS


def lapses_after(held: Dated, return_days: int) -> dt.date | None:
    """The last day of grace, with what a supervisor allowed and what an absence over the last
    day of validity gives; None if it never expires.
    """
    if held.expires_on is None:
        return None
    days = [held.expires_on + held.grace_days * DAY]
    if held.extended_until is not None:
        days.append(held.extended_until)
    if held.away_until is not None and held.away_until >= held.expires_on:
        days.append(held.away_until + max(held.grace_days, return_days) * DAY)
    return max(days)


def is_away(held: Dated, today: dt.date) -> bool:
    """Whether an absence freezes it today: nobody is reminded meanwhile."""
    return held.away_until is not None and today <= held.away_until


def day_in(year: int, fixed_day: str) -> dt.date:
    """The day MM-DD of a year; 29 February is the 28th in common years."""
    try:
        return dt.date.fromisoformat(f"{year:04}-{fixed_day}")
    except ValueError:
        if fixed_day != LEAP_DAY:
            raise
        return dt.date(year, 2, 28)


def _after_previous(
    months: int, completed: dt.date, previous: Dated, return_days: int
) -> dt.date | None:
    """The end counted from the previous one; None where the completion came too early or too
    late for that, or the new end would have passed by then.
    """
    last_day = lapses_after(previous, return_days)
    if previous.expires_on is None or previous.window_on is None or last_day is None:
        return None
    if not previous.window_on <= completed <= last_day:
        return None
    follows = add_months(previous.expires_on, months)
    return follows if follows > completed else None


def _on_fixed_day(terms: Terms, completed: dt.date, previous: Dated | None) -> dt.date:
    """The last such day within the months of validity, but no less than the least months after
    completion, and after the end of what is renewed.
    """
    months = A_YEAR if terms.valid_months is None else terms.valid_months
    latest = add_months(completed, months)
    least = max(add_months(completed, terms.min_months), completed + DAY)
    if previous is not None and previous.expires_on is not None:
        least = max(least, previous.expires_on + DAY)
    found = _last_on_or_before(latest, terms.fixed_day)
    return found if found >= least else _first_on_or_after(least, terms.fixed_day)


def _last_on_or_before(day: dt.date, fixed_day: str) -> dt.date:
    found = day_in(day.year, fixed_day)
    return found if found <= day else day_in(day.year - 1, fixed_day)


def _first_on_or_after(day: dt.date, fixed_day: str) -> dt.date:
    found = day_in(day.year, fixed_day)
    return found if found >= day else day_in(day.year + 1, fixed_day)
