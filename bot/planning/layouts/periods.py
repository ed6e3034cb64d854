"""How long and at what hours, as plans say it: “One week 8 am to 9.30 am” (C ch.3 case 1).

What is not understood is kept as it was written; nothing is guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
DAYS_OF = {"day": 1, "week": 5, "month": 20}
LENGTH = re.compile(rf"\b([0-9]+|{'|'.join(WORDS)})\s+(day|week|month)s?\b", re.IGNORECASE)
HOUR = r"([0-9]{1,2})(?:[.:]([0-9]{2}))?\s*(?:([ap])\.?\s*m\b\.?)?"
HOURS = re.compile(rf"{HOUR}\s*(?:to|-|–)\s*{HOUR}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Period:
    """Working days of one time, and its hours of the day; None where they are not said."""

    days: float | None = None
    starts_at: dt.time | None = None
    ends_at: dt.time | None = None

    @property
    def hours(self) -> float | None:
        """All hours of one time."""
        if self.days is None or self.starts_at is None or self.ends_at is None:
            return None
        minutes = (self.ends_at.hour - self.starts_at.hour) * 60
        minutes += self.ends_at.minute - self.starts_at.minute
        return self.days * minutes / 60 if minutes > 0 else None


def read(words: str) -> Period:
    """What words say of days and hours. A week has five working days, a month twenty."""
    length = LENGTH.search(words)
    days = None
    if length is not None:
        number = WORDS.get(length[1].casefold()) or int(length[1])
        days = float(number * DAYS_OF[length[2].casefold()])
    hours = HOURS.search(words, length.end() if length else 0)
    if hours is None:
        return Period(days)
    last = hours[6] or hours[3] or ""
    starts = _time(hours[1], hours[2], hours[3] or last)
    ends = _time(hours[4], hours[5], last)
    return Period(days, starts, ends)


def write(days: float | None, starts_at: dt.time | None, ends_at: dt.time | None) -> str:
    """The same in words; blank where nothing is known."""
    parts = []
    if days is not None:
        number = f"{days:g}"
        parts.append(f"{number} day" if number == "1" else f"{number} days")
    if starts_at is not None and ends_at is not None:
        parts.append(f"{_hour(starts_at)} to {_hour(ends_at)}")
    return " ".join(parts)


def _time(hour: str, minute: str | None, half: str) -> dt.time | None:
    number = int(hour)
    if half.casefold() == "p" and number < 12:
        number += 12
    elif half.casefold() == "a" and number == 12:
        number = 0
    return dt.time(number, int(minute or 0)) if number < 24 and int(minute or 0) < 60 else None


def _hour(time: dt.time) -> str:
    half = "am" if time.hour < 12 else "pm"
    hour = time.hour if time.hour <= 12 else time.hour - 12
    return f"{hour}.{time.minute:02} {half}" if time.minute else f"{hour} {half}"
