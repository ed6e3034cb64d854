"""The calendar file, read again as a calendar reads it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from bot.training.calendar_file import Entry, written

AT = dt.datetime(2026, 3, 2, 2, tzinfo=dt.UTC)
MONDAY = dt.date(2026, 3, 16)
WEEK = tuple(MONDAY + dt.timedelta(days=number) for number in range(5))
ENTRY = Entry(
    uid="enrolment-7@rollcall",
    sequence=3,
    summary="Customs Valuation",
    description="Class VAL-1\nPlease bring: the code; a pen, a ruler",
    place="Room 2, Poipet",
    zone="Asia/Phnom_Penh",
    days=WEEK,
    starts=dt.time(8),
    ends=dt.time(16, 30),
)


def read(*entries: Entry, cancelled: bool = False) -> tuple[Calendar, list[Event]]:
    content = written(entries or (ENTRY,), "Training unit", AT, cancelled=cancelled)
    calendar = Calendar.from_ical(content)
    return calendar, calendar.walk("VEVENT")


def days_in(event: Event) -> list[dt.date]:
    """The days on which a calendar shows the event."""
    start = event["DTSTART"].dt
    if "RRULE" not in event:
        return [start.date()]
    rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=start)
    left_out = event.get("EXDATE", [])
    absent = {
        one.dt for field in (left_out if isinstance(left_out, list) else [left_out])
        for one in field.dts
    }  # fmt: skip
    return [moment.date() for moment in rule if moment not in absent]


def test_file__of_a_class__holds_what_was_given() -> None:
    calendar, [event] = read()
    assert calendar["METHOD"] == "PUBLISH"
    assert str(event["UID"]) == "enrolment-7@rollcall"
    assert event["SEQUENCE"] == 3
    assert str(event["SUMMARY"]) == "Customs Valuation"
    assert str(event["LOCATION"]) == "Room 2, Poipet"
    assert str(event["DESCRIPTION"]) == ENTRY.description
    assert event["DTSTAMP"].dt == AT


def test_file__of_a_class__begins_and_ends_at_its_local_hours() -> None:
    _calendar, [event] = read(replace(ENTRY, zone="Pacific/Fiji"))
    zone = ZoneInfo("Pacific/Fiji")
    assert event["DTSTART"].dt == dt.datetime(2026, 3, 16, 8, tzinfo=zone)
    assert event["DTEND"].dt == dt.datetime(2026, 3, 16, 16, 30, tzinfo=zone)


def test_file__class_at_night__ends_on_the_next_day() -> None:
    _calendar, [event] = read(replace(ENTRY, starts=dt.time(22), ends=dt.time(2)))
    assert event["DTEND"].dt - event["DTSTART"].dt == dt.timedelta(hours=4)


def test_file__cancelled__takes_the_entry_out() -> None:
    calendar, [event] = read(cancelled=True)
    assert (calendar["METHOD"], event["STATUS"]) == ("CANCEL", "CANCELLED")


def test_file__two_classes_in_one_zone__describes_the_zone_once() -> None:
    later = replace(ENTRY, uid="enrolment-8@rollcall", days=(dt.date(2027, 1, 4),))
    calendar, events = read(ENTRY, later)
    assert [str(event["UID"]) for event in events] == [ENTRY.uid, later.uid]
    assert len(calendar.walk("VTIMEZONE")) == 1


def test_file__over_a_change_of_the_clocks__keeps_its_hours() -> None:
    days = tuple(dt.date(2026, 3, 27) + dt.timedelta(days=number) for number in range(5))
    _calendar, [event] = read(replace(ENTRY, zone="Europe/Paris", days=days))
    rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=event["DTSTART"].dt)
    assert [moment.hour for moment in rule] == [8] * 5


@pytest.mark.parametrize(
    "days",
    [WEEK[:1], WEEK, (WEEK[0], WEEK[2], WEEK[4]), (WEEK[0], WEEK[1], WEEK[3])],
    ids=["one day", "a week", "every second day", "a holiday between"],
)
def test_file__days__are_shown_and_no_others(days: tuple[dt.date, ...]) -> None:
    _calendar, [event] = read(replace(ENTRY, days=days))
    assert tuple(days_in(event)) == days


@given(
    numbers=st.sets(st.integers(0, 60), min_size=1),
    hour=st.integers(0, 23),
    zone=st.sampled_from(["Asia/Phnom_Penh", "Asia/Karachi", "Pacific/Fiji", "Europe/Paris"]),
)
def test_file__any_days__are_shown_and_no_others(numbers: set[int], hour: int, zone: str) -> None:
    days = tuple(MONDAY + dt.timedelta(days=number) for number in sorted(numbers))
    _calendar, [event] = read(replace(ENTRY, days=days, zone=zone, starts=dt.time(hour)))
    assert tuple(days_in(event)) == days
