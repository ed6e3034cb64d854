"""How long what is earned is valid: the three rules over leap years, ends of months, early and
late completion, gaps and absences; and how it stands on a day, wherever that day is.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.calendar import DAY, add_months, local_date
from bot.models.qualifications import ExpiryRule
from bot.training.qualifications import validity
from bot.training.qualifications.validity import Standing, Validity

COMPLETION, PREVIOUS, FIXED = ExpiryRule.COMPLETION, ExpiryRule.PREVIOUS, ExpiryRule.FIXED
RETURN_DAYS = 30


@dataclass
class Terms:
    expiry_rule: ExpiryRule = COMPLETION
    valid_months: int | None = 12
    fixed_day: str = ""
    min_months: int = 0
    window_days: int = 90
    grace_days: int = 0


@dataclass
class Held:
    expires_on: dt.date | None
    window_on: dt.date | None = None
    grace_days: int = 0
    extended_until: dt.date | None = None
    away_until: dt.date | None = None


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def held(until: str, opens: str, grace: int = 0, extended: str = "", away: str = "") -> Held:
    return Held(
        day(until),
        day(opens),
        grace,
        day(extended) if extended else None,
        day(away) if away else None,
    )


def ends(terms: Terms, completed: str, previous: Held | None = None) -> str:
    return str(validity.expiry(terms, day(completed), previous, RETURN_DAYS))


@pytest.mark.parametrize(
    ("months", "completed", "until"),
    [
        (12, "2026-03-02", "2027-03-02"),
        (12, "2024-02-29", "2025-02-28"),
        (48, "2024-02-29", "2028-02-29"),
        (24, "2023-02-28", "2025-02-28"),
        (12, "2023-02-28", "2024-02-28"),
        (1, "2026-01-31", "2026-02-28"),
        (1, "2024-01-31", "2024-02-29"),
        (3, "2025-11-30", "2026-02-28"),
        (6, "2026-08-31", "2027-02-28"),
        (1, "2026-12-31", "2027-01-31"),
        (1200, "2000-02-29", "2100-02-28"),
        (None, "2026-03-02", "None"),
    ],
)
def test_from_completion__counts_calendar_months(
    months: int | None, completed: str, until: str
) -> None:
    assert ends(Terms(valid_months=months), completed) == until


@pytest.mark.parametrize(
    ("completed", "until"),
    [
        ("2026-03-31", "2027-03-31"),
        ("2026-04-01", "2027-06-30"),
        ("2026-06-30", "2027-06-30"),
        ("2026-07-01", "2027-06-30"),
        ("2026-07-14", "2027-06-30"),
        ("2026-07-15", "2027-07-15"),
        ("2029-01-01", "2030-01-01"),
    ],
    ids=["early", "window opens", "last day", "grace", "last of grace", "late", "gap of years"],
)
def test_from_previous__from_window_to_grace__keeps_the_day_of_the_year(
    completed: str, until: str
) -> None:
    before = held("2026-06-30", "2026-04-01", grace=14)
    assert ends(Terms(PREVIOUS), completed, before) == until


@pytest.mark.parametrize(
    ("before", "completed", "until"),
    [
        (None, "2026-06-01", "2027-06-01"),
        (held("2026-06-30", "2026-04-01", extended="2026-09-30"), "2026-09-30", "2027-06-30"),
        (held("2026-06-30", "2026-04-01", extended="2026-09-30"), "2026-10-01", "2027-10-01"),
        (held("2026-06-30", "2026-04-01", away="2026-08-31"), "2026-09-30", "2027-06-30"),
        (held("2026-06-30", "2026-04-01", away="2026-08-31"), "2026-10-01", "2027-10-01"),
        (held("2026-06-30", "2026-04-01", away="2026-06-29"), "2026-07-01", "2027-07-01"),
        (held("2024-02-29", "2023-12-01"), "2024-02-01", "2025-02-28"),
        (held("2025-08-31", "2025-06-01"), "2025-07-01", "2026-08-31"),
        (Held(None), "2026-06-01", "2027-06-01"),
    ],
    ids=[
        "first time",
        "last day allowed",
        "after it",
        "back from absence",
        "too long back",
        "absence before the end",
        "leap day",
        "end of month",
        "never ended",
    ],
)
def test_from_previous__what_allows_more_time__is_in_time(
    before: Held | None, completed: str, until: str
) -> None:
    assert ends(Terms(PREVIOUS), completed, before) == until


def test_from_previous__end_that_has_passed_already__counts_from_completion() -> None:
    before = held("2026-01-31", "2026-01-01", grace=90)
    assert ends(Terms(PREVIOUS, valid_months=1), "2026-02-10", before) == "2026-02-28"
    assert ends(Terms(PREVIOUS, valid_months=1), "2026-03-10", before) == "2026-04-10"


@pytest.mark.parametrize(
    ("months", "least", "fixed", "completed", "until"),
    [
        (12, 0, "12-31", "2026-03-02", "2026-12-31"),
        (None, 0, "12-31", "2026-03-02", "2026-12-31"),
        (12, 6, "12-31", "2026-06-30", "2026-12-31"),
        (12, 6, "12-31", "2026-07-01", "2027-12-31"),
        (24, 0, "12-31", "2026-03-02", "2027-12-31"),
        (24, 22, "12-31", "2026-03-02", "2028-12-31"),
        (12, 0, "12-31", "2026-12-31", "2027-12-31"),
        (12, 0, "03-01", "2026-03-02", "2027-03-01"),
        (12, 0, "03-02", "2026-03-02", "2027-03-02"),
        (6, 0, "12-31", "2026-01-15", "2026-12-31"),
        (6, 0, "12-31", "2026-12-31", "2027-12-31"),
        (12, 14, "03-31", "2026-01-31", "2027-03-31"),
        (12, 0, "02-29", "2026-03-02", "2027-02-28"),
        (12, 0, "02-29", "2027-03-02", "2028-02-29"),
        (12, 1, "02-29", "2027-01-31", "2027-02-28"),
        (12, 0, "02-29", "2024-02-29", "2025-02-28"),
    ],
)
def test_to_fixed_day__last_one_in_reach__or_the_next_after_the_least(
    months: int | None, least: int, fixed: str, completed: str, until: str
) -> None:
    terms = Terms(FIXED, months, fixed, least)
    assert ends(terms, completed) == until


@pytest.mark.parametrize(
    ("completed", "until"),
    [("2026-10-15", "2027-12-31"), ("2026-12-31", "2027-12-31"), ("2027-02-01", "2027-12-31")],
    ids=["early", "last day", "late"],
)
def test_to_fixed_day__renewed__ends_after_what_it_renews(completed: str, until: str) -> None:
    assert ends(Terms(FIXED, 12, "12-31"), completed, held("2026-12-31", "2026-10-02")) == until


def test_window__opens_so_many_days_before__and_not_before_the_day_after_earning() -> None:
    usual = validity.earned(Terms(), day("2026-03-02"))
    assert usual == Validity(day("2026-03-02"), day("2027-03-02"), day("2026-12-02"), 0)
    short = validity.earned(Terms(valid_months=1), day("2026-03-02"))
    assert short.window_on == day("2026-03-03")
    any_time = validity.earned(Terms(window_days=0), day("2026-03-02"))
    assert any_time.window_on == day("2026-03-03")
    endless = validity.earned(Terms(valid_months=None, grace_days=9), day("2026-03-02"))
    assert endless == Validity(day("2026-03-02"), None, None, 9)


@pytest.mark.parametrize(
    ("today", "stands"),
    [
        ("2026-03-31", Standing.HOLDS),
        ("2026-04-01", Standing.DUE),
        ("2026-06-30", Standing.DUE),
        ("2026-07-01", Standing.OVERDUE),
        ("2026-07-14", Standing.OVERDUE),
        ("2026-07-15", Standing.LAPSED),
    ],
)
def test_standing__on_each_border__turns_on_the_day_after(today: str, stands: Standing) -> None:
    one = held("2026-06-30", "2026-04-01", grace=14)
    assert validity.standing(one, day(today), RETURN_DAYS) is stands


@pytest.mark.parametrize(
    ("one", "last"),
    [
        (held("2026-06-30", "2026-04-01"), "2026-06-30"),
        (held("2026-06-30", "2026-04-01", grace=14, extended="2026-07-01"), "2026-07-14"),
        (held("2026-06-30", "2026-04-01", grace=14, extended="2026-08-01"), "2026-08-01"),
        (held("2026-06-30", "2026-04-01", away="2026-06-30"), "2026-07-30"),
        (held("2026-06-30", "2026-04-01", away="2026-06-29"), "2026-06-30"),
        (held("2026-06-30", "2026-04-01", grace=60, away="2026-12-31"), "2027-03-01"),
        (Held(None), "None"),
    ],
)
def test_lapses_after__the_latest_of_grace_extension_and_return(one: Held, last: str) -> None:
    assert str(validity.lapses_after(one, RETURN_DAYS)) == last


def test_away__until_and_with_its_last_day__freezes() -> None:
    one = held("2026-06-30", "2026-04-01", away="2026-08-31")
    assert validity.is_away(one, day("2026-08-31"))
    assert not validity.is_away(one, day("2026-09-01"))
    assert not validity.is_away(held("2026-06-30", "2026-04-01"), day("2026-04-01"))


@pytest.mark.parametrize(
    ("zone", "stands"),
    [
        ("Pacific/Apia", Standing.OVERDUE),
        ("Pacific/Fiji", Standing.OVERDUE),
        ("Asia/Phnom_Penh", Standing.DUE),
        ("Asia/Kabul", Standing.DUE),
        ("Asia/Karachi", Standing.DUE),
        ("Pacific/Pago_Pago", Standing.DUE),
    ],
)
def test_standing__at_one_instant__is_by_the_day_of_the_holder(
    zone: str, stands: Standing
) -> None:
    noon_of_the_last_day = dt.datetime(2026, 6, 30, 12, 30, tzinfo=dt.UTC)
    today = local_date(noon_of_the_last_day, zone)
    one = held("2026-06-30", "2026-04-01", grace=14)
    assert validity.standing(one, today, RETURN_DAYS) is stands


dates = st.dates(dt.date(1999, 1, 1), dt.date(2101, 12, 31))
month_days = st.dates(dt.date(2024, 1, 1), dt.date(2024, 12, 31)).map(lambda one: f"{one:%m-%d}")
terms_of_any_kind = st.builds(
    Terms,
    st.sampled_from(ExpiryRule),
    st.one_of(st.none(), st.integers(1, 120)),
    month_days,
    st.integers(0, 24),
    st.integers(0, 400),
    st.integers(0, 100),
)


@given(terms=terms_of_any_kind, first=dates, gap=st.integers(1, 2000))
def test_any_terms__earned_and_renewed__end_after_they_begin_and_after_each_other(
    terms: Terms, first: dt.date, gap: int
) -> None:
    one = validity.earned(terms, first)
    if one.expires_on is None or one.window_on is None:
        assert (terms.valid_months, one.window_on) == (None, None)
        return
    assert first < one.window_on
    assert first < one.expires_on
    again = first + gap * DAY
    assume(again >= one.window_on)
    before = Held(one.expires_on, one.window_on, one.grace_days)
    two = validity.earned(terms, again, before, RETURN_DAYS)
    assert two.expires_on is not None
    assert two.expires_on > again
    if terms.expiry_rule is not COMPLETION:
        in_time = again <= one.expires_on
        assert not in_time or two.expires_on > one.expires_on


@given(
    fixed=month_days,
    completed=dates,
    months=st.integers(1, 60),
    least=st.integers(0, 60),
)
def test_fixed_day__of_any_year__is_that_day_and_none_fits_better(
    fixed: str, completed: dt.date, months: int, least: int
) -> None:
    end = validity.expiry(Terms(FIXED, months, fixed, least), completed)
    assert end is not None
    assert f"{end:%m-%d}" == fixed or (fixed == "02-29" and f"{end:%m-%d}" == "02-28")
    soonest = max(add_months(completed, least), completed + DAY)
    assert end >= soonest
    latest = add_months(completed, months)
    candidates = [validity.day_in(completed.year + n, fixed) for n in range(8)]
    fitting = [one for one in candidates if soonest <= one <= latest]
    later = [one for one in candidates if one >= soonest]
    assert end == (fitting[-1] if fitting else later[0])
