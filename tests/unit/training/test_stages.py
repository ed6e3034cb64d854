"""Of which stage somebody is told, and what an absence freezes: pure, day by day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from bot.training.qualifications.absence import frozen_until
from bot.training.qualifications.stages import days_left, is_new, reached, told_by_news

DAYS = [7, 30, 90]
END = dt.date(2026, 6, 30)
BACK = 30


@dataclass
class Held:
    """The dates of something earned that ends on the last of June."""

    expires_on: dt.date | None = END
    window_on: dt.date | None = dt.date(2026, 4, 1)
    grace_days: int = 0
    extended_until: dt.date | None = None
    away_until: dt.date | None = None


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(f"2026-{text}")


@pytest.mark.parametrize(
    ("today", "stage"),
    [
        ("03-31", None),
        ("04-01", 90),
        ("05-30", 90),
        ("05-31", 30),
        ("06-22", 30),
        ("06-23", 7),
        ("06-29", 7),
        ("06-30", 0),
        ("07-01", -1),
    ],
)
def test_stage__without_grace__follows_the_days_that_are_left(
    today: str, stage: int | None
) -> None:
    assert reached(Held(), DAYS, day(today), BACK) == stage


@pytest.mark.parametrize(
    ("held", "today", "stage"),
    [
        (Held(grace_days=10), "07-10", 0),
        (Held(grace_days=10), "07-11", -1),
        (Held(extended_until=day("09-01")), "09-01", 0),
        (Held(extended_until=day("09-01")), "09-02", -1),
        (Held(away_until=day("07-15")), "08-14", 0),
        (Held(away_until=day("07-15")), "08-15", -1),
        (Held(away_until=day("06-29")), "07-01", -1),
        (Held(expires_on=None, window_on=None), "07-01", None),
    ],
)
def test_stage__with_grace_more_time_or_absence__lapses_after_the_last_of_them(
    held: Held, today: str, stage: int | None
) -> None:
    assert reached(held, DAYS, day(today), BACK) == stage


def test_stage__without_days__is_the_last_day_alone() -> None:
    assert days_left(END, [], day("06-29")) is None
    assert days_left(END, [], END) == 0


@pytest.mark.parametrize(
    ("stage", "told", "new"),
    [(90, None, True), (90, 90, False), (30, 90, True), (30, 7, False), (0, 7, True),
     (-1, 0, True), (-1, -1, False), (None, None, False)],
)  # fmt: skip
def test_stage__after_one_that_was_told__is_new_if_it_is_nearer(
    stage: int | None, told: int | None, new: bool
) -> None:
    assert is_new(stage, told) is new


@pytest.mark.parametrize(
    ("today", "told"),
    [("03-24", None), ("03-25", 90), ("05-23", 90), ("05-24", 30), ("06-16", 7), ("06-30", 7)],
)
def test_stage__that_would_follow_news_at_once__counts_as_told(
    today: str, told: int | None
) -> None:
    assert told_by_news(END, DAYS, day(today)) == told


@pytest.mark.parametrize(
    ("known", "roster", "today", "frozen"),
    [
        (None, None, "06-01", None),
        (None, "07-15", "06-01", "07-15"),
        ("07-15", "08-15", "06-20", "08-15"),
        ("08-15", "07-15", "06-20", "07-15"),
        ("08-15", "08-15", "08-20", "08-15"),
        ("08-15", None, "08-20", "08-15"),
        ("08-15", None, "07-10", "07-09"),
        ("08-15", "07-05", "07-10", "07-05"),
        (None, "06-20", "06-25", "06-20"),
        ("06-20", "06-10", "06-25", "06-20"),
    ],
)
def test_absence__as_the_roster_has_it__freezes_until_its_last_day(
    known: str | None, roster: str | None, today: str, frozen: str | None
) -> None:
    held = Held(away_until=day(known) if known else None)
    found = frozen_until(held, day(roster) if roster else None, day(today), BACK)
    assert found == (day(frozen) if frozen else None)


def test_absence__that_becomes_known_after_the_lapse__freezes_nothing() -> None:
    assert frozen_until(Held(), day("08-15"), day("07-10"), BACK) is None
    assert frozen_until(Held(), day("07-05"), day("07-10"), BACK) is None


def test_absence__begun_within_grace__gives_time_after_the_return() -> None:
    held = Held(grace_days=15)
    held.away_until = frozen_until(held, day("08-15"), day("07-10"), BACK)
    assert reached(held, DAYS, day("09-14"), BACK) == 0
    assert reached(held, DAYS, day("09-15"), BACK) == -1
