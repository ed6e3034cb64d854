"""An iCalendar file (RFC 5545) of classes; pure.

What an entry says of itself it keeps: the UID it has, and a SEQUENCE that has to rise with each
change, so that a calendar moves or removes the entry that it has.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vCalAddress

MIME = "text/calendar"
NOBODY = "invalid:nomail"
"""An entry has to name an organizer by an address; what is written to this one goes nowhere."""
DAY_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a calendar; `days` are those on which it is held, in order, at least one."""

    uid: str
    sequence: int
    summary: str
    description: str
    place: str
    zone: str
    days: tuple[dt.date, ...]
    starts: dt.time
    ends: dt.time


def written(
    entries: Sequence[Entry], organizer: str, at: dt.datetime, *, cancelled: bool = False
) -> bytes:
    """The file, as of the instant `at`."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Rollcall//Classes//EN")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    for zone in sorted({entry.zone for entry in entries}):
        first = min(entry.days[0].year for entry in entries if entry.zone == zone)
        calendar.add_component(_timezone(zone, first))
    for entry in entries:
        calendar.add_component(_event(entry, organizer, at, cancelled=cancelled))
    content: bytes = calendar.to_ical()
    return content


def _event(entry: Entry, organizer: str, at: dt.datetime, *, cancelled: bool) -> Event:
    starts = _start(entry, entry.days[0])
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", at)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("organizer", _address(organizer))
    event.add("summary", entry.summary)
    event.add("dtstart", starts)
    event.add("dtend", starts + _length(entry))
    if len(entry.days) > 1:
        event.add("rrule", _repeats(entry))
        for day in _left_out(entry):
            event.add("exdate", _start(entry, day))
    event.add("description", entry.description)
    if entry.place:
        event.add("location", entry.place)
    return event


def _address(name: str) -> vCalAddress:
    address = vCalAddress(NOBODY)
    address.params["CN"] = name
    return address


def _length(entry: Entry) -> dt.timedelta:
    """How long one day of it lasts; what ends before it begins ends on the next day."""
    day = entry.days[0]
    span = dt.datetime.combine(day, entry.ends) - dt.datetime.combine(day, entry.starts)
    return span if span > dt.timedelta() else span + dt.timedelta(days=1)


def _start(entry: Entry, day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, entry.starts, ZoneInfo(entry.zone))


def _repeats(entry: Entry) -> dict[str, object]:
    """Each week on the weekdays on which it is ever held, to the last day."""
    until = _start(entry, entry.days[-1]).astimezone(dt.UTC)
    return {
        "freq": "weekly",
        "until": until,
        "byday": [DAY_NAMES[day] for day in _weekdays(entry)],
    }


def _left_out(entry: Entry) -> list[dt.date]:
    """Days between the first and the last on such weekdays on which it is not held: holidays."""
    first, span = entry.days[0], (entry.days[-1] - entry.days[0]).days
    between = (first + dt.timedelta(days=number) for number in range(span))
    weekdays, held = _weekdays(entry), set(entry.days)
    return [day for day in between if day.weekday() in weekdays and day not in held]


def _weekdays(entry: Entry) -> list[int]:
    return sorted({day.weekday() for day in entry.days})


@lru_cache(maxsize=64)
def _timezone(zone: str, year: int) -> Timezone:
    """The zone's rules around a year; worked out once, since that takes a while."""
    return Timezone.from_tzid(
        zone, first_date=dt.date(year - 1, 1, 1), last_date=dt.date(year + 2, 12, 31)
    )
