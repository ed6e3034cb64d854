"""Career stages by the roster, and what is reckoned from the levels of a check sheet."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.evaluation.check_sheets import levels
from bot.evaluation.check_sheets.belonging import by_roster
from bot.models.on_the_job import CareerStage

TODAY = dt.date(2026, 3, 2)


@pytest.mark.parametrize(
    ("hired_on", "in_post_since", "leads", "expected"),
    [
        (dt.date(2025, 3, 3), None, False, CareerStage.NEWLY_HIRED),
        (dt.date(2025, 3, 2), None, False, CareerStage.AFTER_SECOND_YEAR),
        (dt.date(2025, 3, 2), dt.date(2025, 3, 2), False, CareerStage.NEWLY_ASSIGNED),
        (None, dt.date(2024, 3, 3), False, CareerStage.NEWLY_ASSIGNED),
        (None, dt.date(2024, 3, 2), False, CareerStage.AFTER_SECOND_YEAR),
        (dt.date(2025, 12, 1), dt.date(2025, 12, 1), True, CareerStage.SECTION_CHIEF),
        (None, None, False, CareerStage.AFTER_SECOND_YEAR),
    ],
)
def test_career_stage__by_the_roster__is_this(
    hired_on: dt.date | None, in_post_since: dt.date | None, leads: bool, expected: CareerStage
) -> None:
    assert by_roster(hired_on, in_post_since, leads=leads, today=TODAY).stage is expected


def test_career_stage__hired_on_a_leap_day__is_new_for_a_year() -> None:
    hired = dt.date(2024, 2, 29)
    day = dt.date(2025, 2, 27)
    assert by_roster(hired, None, leads=False, today=day).stage is CareerStage.NEWLY_HIRED
    later = by_roster(hired, None, leads=False, today=dt.date(2025, 2, 28))
    assert later.stage is CareerStage.AFTER_SECOND_YEAR


@pytest.mark.parametrize(
    ("given", "mean", "no_chance"),
    [
        (("1", "5"), 3.0, 0),
        (("4", "6", "7", ""), 4.0, 2),
        (("6", "7"), None, 2),
        ((), None, 0),
    ],
)
def test_levels__without_opportunity__are_in_no_mean(
    given: tuple[str, ...], mean: float | None, no_chance: int
) -> None:
    assert levels.mean(given) == mean
    assert levels.without_chance(given) == no_chance
