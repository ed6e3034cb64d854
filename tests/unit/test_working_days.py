"""Working days: a weekend of any days, holidays, and a country that is not known."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.calendar import public_holidays, week_of, working_days_after

MONDAY, THURSDAY = dt.date(2026, 3, 2), dt.date(2026, 3, 5)
FRIDAY, SATURDAY = dt.date(2026, 3, 6), dt.date(2026, 3, 7)
NEXT_MONDAY = dt.date(2026, 3, 9)


@pytest.mark.parametrize(
    ("day", "count", "week", "days_off", "then"),
    [
        (MONDAY, 0, "Mon-Fri", [], MONDAY),
        (MONDAY, 2, "Mon-Fri", [], dt.date(2026, 3, 4)),
        (THURSDAY, 2, "Mon-Fri", [], NEXT_MONDAY),
        (SATURDAY, 1, "Mon-Fri", [], NEXT_MONDAY),
        (FRIDAY, 4, "Mon-Fri", [], dt.date(2026, 3, 12)),
        (THURSDAY, 1, "Sun-Thu", [], dt.date(2026, 3, 8)),
        (THURSDAY, 2, "Sun-Thu,Sat", [], dt.date(2026, 3, 8)),
        (THURSDAY, 1, "Mon-Thu", [], NEXT_MONDAY),
        (FRIDAY, 1, "Mon-Fri", [NEXT_MONDAY], dt.date(2026, 3, 10)),
        (dt.date(2026, 12, 31), 1, "Mon-Fri", [dt.date(2027, 1, 1)], dt.date(2027, 1, 4)),
    ],
)
def test_working_days_after__weekends_and_holidays__are_left_out(
    day: dt.date, count: int, week: str, days_off: list[dt.date], then: dt.date
) -> None:
    assert working_days_after(day, count, week_of(week), days_off) == then


def test_working_days_after__nothing_but_holidays__comes_to_an_end() -> None:
    whole_year = [MONDAY + dt.timedelta(days=day) for day in range(366)]
    assert working_days_after(MONDAY, 1, week_of("Mon-Fri"), whole_year) < dt.date(2026, 5, 10)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Mon-Fri", {0, 1, 2, 3, 4}),
        ("sun - thu", {6, 0, 1, 2, 3}),
        ("Monday,Wed", {0, 2}),
        ("Fri-Mon", {4, 5, 6, 0}),
    ],
)
def test_week_of__as_it_is_written__gives_days(text: str, days: set[int]) -> None:
    assert week_of(text) == days


@pytest.mark.parametrize("text", ["", "Mon-", "workdays", "Mon;Tue", "1-5"])
def test_week_of__anything_else__is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        week_of(text)


def test_public_holidays__known_country__has_its_new_year_and_an_unknown_one_none() -> None:
    assert dt.date(2026, 1, 1) in public_holidays("FJ", 2026)
    assert public_holidays("ZZ", 2026) == frozenset()
