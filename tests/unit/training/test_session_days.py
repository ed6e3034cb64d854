"""On which days a class is held."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.models.training import TrainingClass
from bot.training import session_days

MONDAY = dt.date(2026, 3, 2)


def held(first: dt.date | None, last: dt.date | None, weekdays: str = "") -> TrainingClass:
    return TrainingClass(code="C", course_id=1, starts_on=first, ends_on=last, weekdays=weekdays)


def days(*numbers: int) -> tuple[dt.date, ...]:
    return tuple(MONDAY + dt.timedelta(days=number) for number in numbers)


@pytest.mark.parametrize(
    ("length", "weekdays", "expected"),
    [
        (5, "", (0, 1, 2, 3, 4)),
        (8, "", (0, 1, 2, 3, 4, 7)),
        (8, "Mon,Wed", (0, 2, 7)),
        (1, "", (0,)),
    ],
)
def test_days__of_two_weeks__only_those_on_which_it_is_held(
    length: int, weekdays: str, expected: tuple[int, ...]
) -> None:
    last = MONDAY + dt.timedelta(days=length - 1)
    found = session_days.days_of(held(MONDAY, last, weekdays), "Mon-Fri", "PK")
    assert found == days(*expected)


def test_days__with_a_public_holiday__leave_it_out() -> None:
    first, last = dt.date(2026, 1, 6), dt.date(2026, 1, 8)  # the 7th is a holiday in Cambodia
    found = session_days.days_of(held(first, last), "Mon-Fri", "KH")
    assert found == (first, last)


@pytest.mark.parametrize(("day", "country"), [((2026, 3, 7), "PK"), ((2026, 1, 7), "KH")])
def test_days__of_a_class_on_a_free_day_only__are_that_day(
    day: tuple[int, int, int], country: str
) -> None:
    only = dt.date(*day)
    assert session_days.days_of(held(only, only), "Mon-Fri", country) == (only,)


def test_days__without_dates__are_none() -> None:
    assert session_days.days_of(held(None, None), "Mon-Fri", "KH") == ()


def test_day__begins_at_midnight_where_the_class_is() -> None:
    suva = held(MONDAY, MONDAY)
    suva.timezone = "Pacific/Fiji"
    evening = dt.datetime(2026, 3, 1, 13, 0, tzinfo=dt.UTC)
    assert not session_days.is_to_come(suva, MONDAY, evening, "Asia/Phnom_Penh")
    suva.timezone = ""
    assert session_days.is_to_come(suva, MONDAY, evening, "Asia/Phnom_Penh")
