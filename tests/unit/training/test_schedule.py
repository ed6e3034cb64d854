"""When a class ends: by its own clock, at 17:00 where nothing else is said."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.models.training import TrainingClass
from bot.training.schedule import end_of, latest_local_date, zone_of


@pytest.mark.parametrize(
    ("zone", "end_time", "ends"),
    [
        ("", None, "2026-03-31T10:00"),
        ("Pacific/Fiji", dt.time(16, 30), "2026-03-31T04:30"),
        ("Asia/Kabul", None, "2026-03-31T12:30"),
        ("Pacific/Pago_Pago", dt.time(23, 30), "2026-04-01T10:30"),
    ],
)
def test_end__zone_and_time__give_one_instant(zone, end_time, ends):
    held = TrainingClass(
        code="A", course_id=1, ends_on=dt.date(2026, 3, 31), end_time=end_time, timezone=zone
    )
    expected = dt.datetime.fromisoformat(ends).replace(tzinfo=dt.UTC)
    assert end_of(held, "Asia/Phnom_Penh") == expected


def test_end__without_dates__is_none():
    assert end_of(TrainingClass(code="A", course_id=1), "Asia/Phnom_Penh") is None


def test_zone__its_own__beats_the_administrations():
    held = TrainingClass(code="A", course_id=1, timezone="Asia/Karachi")
    assert zone_of(held, "Asia/Phnom_Penh") == "Asia/Karachi"


def test_latest_date__late_in_utc__is_tomorrow_in_the_east():
    late = dt.datetime(2026, 12, 31, 12, tzinfo=dt.UTC)
    assert latest_local_date(late) == dt.date(2027, 1, 1)
