"""How long and at what hours, in the words that plans are printed with."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.planning.layouts import periods
from bot.planning.layouts.periods import Period


@pytest.mark.parametrize(
    ("words", "days", "starts", "ends"),
    [
        ("One week 8 am to 9.30 am", 5, (8, 0), (9, 30)),
        ("3 days 8 am to 9.30 am", 3, (8, 0), (9, 30)),
        ("One Month 7 am to 9.am", 20, (7, 0), (9, 0)),
        ("1 day 8 am to 9.30", 1, (8, 0), (9, 30)),
        ("One day 8 am to 11.45 am", 1, (8, 0), (11, 45)),
        ("2 weeks 1 pm to 4.30 pm", 10, (13, 0), (16, 30)),
        ("8:00-12:00", None, (8, 0), (12, 0)),
        ("two days", 2, None, None),
        ("by arrangement", None, None, None),
        ("", None, None, None),
    ],
)
def test_period__as_printed__is_days_and_hours(
    words: str, days: float | None, starts: tuple[int, int] | None, ends: tuple[int, int] | None
) -> None:
    found = periods.read(words)
    assert found.days == days
    assert found.starts_at == (dt.time(*starts) if starts else None)
    assert found.ends_at == (dt.time(*ends) if ends else None)


def test_hours__of_a_week_of_an_hour_and_a_half__are_those_of_all_days() -> None:
    assert periods.read("One week 8 am to 9.30 am").hours == 7.5
    assert periods.read("One week").hours is None


@given(
    st.one_of(st.none(), st.integers(1, 99).map(float)),
    st.times().map(lambda one: one.replace(second=0, microsecond=0)),
    st.times().map(lambda one: one.replace(second=0, microsecond=0)),
)
def test_period__written__is_read_again(
    days: float | None, starts: dt.time, ends: dt.time
) -> None:
    words = periods.write(days, starts, ends)
    assert periods.read(words) == Period(days, starts, ends)
