"""Until when something may be answered: whole local days, over month ends and zones."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import local_date
from bot.evaluation import windows

ZONES = [
    "Pacific/Pago_Pago",
    "Asia/Kabul",
    "Asia/Karachi",
    "Asia/Kathmandu",
    "Asia/Phnom_Penh",
    "Pacific/Fiji",
    "Pacific/Chatham",
    "Pacific/Apia",
    "Pacific/Kiritimati",
]


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("occasion", "zone", "closes"),
    [
        ("2026-03-04", "Asia/Phnom_Penh", "2026-03-11T16:59"),
        ("2026-02-25", "Asia/Phnom_Penh", "2026-03-04T16:59"),
        ("2028-02-25", "Asia/Phnom_Penh", "2028-03-03T16:59"),
        ("2026-12-28", "Asia/Karachi", "2027-01-04T18:59"),
        ("2026-03-04", "Pacific/Apia", "2026-03-11T10:59"),
        ("2026-03-04", "Pacific/Pago_Pago", "2026-03-12T10:59"),
        ("2026-03-29", "Pacific/Chatham", "2026-04-05T11:14"),
    ],
)
def test_closing__seven_days__is_the_end_of_the_seventh_local_day(occasion, zone, closes):
    day = dt.date.fromisoformat(occasion)
    asked = utc(f"{occasion}T10:00")
    assert windows.closes_at(day, 7, zone, asked) == utc(closes)


@given(
    st.dates(dt.date(2024, 1, 1), dt.date(2030, 12, 31)),
    st.integers(1, 60),
    st.sampled_from(ZONES),
    st.integers(-14, 24 * 61),
)
def test_closing__asked_at_any_time__leaves_two_days_or_is_over(occasion, days, zone, hours):
    now = dt.datetime.combine(occasion, dt.time(12), dt.UTC) + dt.timedelta(hours=hours)
    closes = windows.closes_at(occasion, days, zone, now)
    regular = occasion + dt.timedelta(days=days)
    if closes is None:
        assert local_date(now, zone) >= regular
        return
    least = dt.timedelta(days=min(2, days) - 1)
    assert closes - now >= least
    assert local_date(closes, zone) >= regular
