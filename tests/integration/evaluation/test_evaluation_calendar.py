"""On which day and at which instant a rule asks: month ends, leap years, zones, clocks changed."""

from __future__ import annotations

import pytest

from tests.integration.evaluation.followed import Followed

ONE_MONTH = "follow_up_participant"


@pytest.fixture
def followed(school) -> Followed:
    return Followed(school)


@pytest.mark.parametrize(
    ("ends_on", "asked_on"),
    [
        ("2026-01-28", "2026-02-28"),
        ("2026-01-29", "2026-02-28"),
        ("2026-01-31", "2026-02-28"),
        ("2028-01-29", "2028-02-29"),
        ("2028-01-31", "2028-02-29"),
        ("2028-02-29", "2028-03-29"),
        ("2026-05-31", "2026-06-30"),
        ("2026-12-31", "2027-01-31"),
        ("2026-11-30", "2026-12-30"),
    ],
)
def test_follow_up__month_ends_and_leap_years__is_the_last_day_there_is(
    followed, ends_on, asked_on
):
    followed.held(ends_on, followed.officer())
    followed.school.at(f"{ends_on}T12:00")
    followed.play(f"{asked_on}T23:00")
    assert followed.opened(ONE_MONTH) == [f"{asked_on}T02:00"]


@pytest.mark.parametrize(
    ("zone", "asked"),
    [
        ("Pacific/Apia", "2026-04-03T20:00"),
        ("Pacific/Pago_Pago", "2026-04-04T20:00"),
        ("Pacific/Kiritimati", "2026-04-03T19:00"),
        ("Asia/Kabul", "2026-04-04T04:30"),
        ("Asia/Kathmandu", "2026-04-04T03:15"),
        ("Asia/Karachi", "2026-04-04T04:00"),
        # Summer time ended in the night before, or goes on.
        ("Pacific/Auckland", "2026-04-03T20:00"),
        ("Australia/Sydney", "2026-04-03T22:00"),
        ("Europe/London", "2026-04-04T08:00"),
    ],
)
def test_follow_up__zones__each_at_their_own_nine_o_clock(followed, zone, asked):
    followed.held("2026-03-04", followed.officer(timezone=zone))
    followed.school.at("2026-03-05T00:00")
    followed.play("2026-04-06T00:00")
    assert followed.opened(ONE_MONTH) == [asked]


@pytest.mark.parametrize(
    ("ends_on", "zone", "asked"),
    [
        ("2026-03-05", "Pacific/Auckland", "2026-04-04T21:00"),  # clocks went back that night
        ("2026-02-28", "Europe/London", "2026-03-28T09:00"),
        ("2026-03-01", "Europe/London", "2026-04-01T08:00"),
        ("2026-02-28", "Asia/Tehran", "2026-03-28T05:30"),
    ],
)
def test_follow_up__around_a_change_of_the_clocks__is_at_nine_by_the_new_ones(
    followed, ends_on, zone, asked
):
    followed.held(ends_on, followed.officer(timezone=zone))
    followed.school.at("2026-03-02T00:00")
    followed.play("2026-04-10T00:00")
    assert followed.opened(ONE_MONTH) == [asked]
