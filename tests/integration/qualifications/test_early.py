"""A completion before the window renews nothing, and its holder is told from when it would."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.i18n import render
from bot.models.qualifications import Curriculum
from bot.models.records import Equivalence
from bot.people.search import fold
from bot.training.qualifications.early import renews_nothing
from tests.integration.qualifications.conftest import Academy

EARLY, IN_TIME = dt.date(2026, 1, 10), dt.date(2026, 10, 4)


@pytest.fixture
def valuer(academy: Academy) -> Curriculum:
    """Earned on the first day of 2025 for two years: the window opens on 3 October 2026."""
    row = academy.curriculum("VALUER", "VAL", valid_months=24)
    academy.complete("dara", "VAL", "2025-01-01")
    return row


def said(academy: Academy, what: int | str, on: dt.date) -> list[str]:
    found = renews_nothing(academy.ctx, academy.ids["dara"], what, on)
    return [render(words, "en") for words in found]


def test_course__completed_before_the_window__is_too_early(
    academy: Academy, valuer: Curriculum
) -> None:
    course_id = academy.course("VAL").id
    assert course_id is not None
    assert said(academy, course_id, EARLY) == [
        "It does not renew “Title VALUER” yet: what is completed from Oct 3, 2026 on does."
    ]
    assert said(academy, course_id, IN_TIME) == []


def test_course__that_earned_it__is_not_too_early(academy: Academy, valuer: Curriculum) -> None:
    course_id = academy.course("VAL").id
    assert course_id is not None
    assert said(academy, course_id, dt.date(2025, 1, 1)) == []


def test_course__of_no_renewal__says_nothing(academy: Academy) -> None:
    refresher = academy.curriculum("REF", "ORI")
    academy.curriculum("VALUER", "VAL", valid_months=24, renewed_by_id=refresher.id)
    academy.complete("dara", "VAL", "2025-01-01")
    for code, count in (("VAL", 0), ("ORI", 1)):
        course_id = academy.course(code).id
        assert course_id is not None
        assert len(said(academy, course_id, EARLY)) == count


def test_equivalent__by_course_or_title__is_too_early_alike(
    academy: Academy, valuer: Curriculum
) -> None:
    course, other = academy.course("VAL"), academy.course("VAL2")
    academy.add(Equivalence(course_id=course.id, title="VAL2", other_course_id=other.id))
    academy.add(Equivalence(course_id=course.id, title="CLiKC! Valuation"))
    assert other.id is not None
    assert len(said(academy, other.id, EARLY)) == 1
    assert len(said(academy, fold("clikc! valuation"), EARLY)) == 1
    assert said(academy, "something else", EARLY) == []


def test_never_ending__is_never_too_early(academy: Academy) -> None:
    academy.curriculum("EVER", "VAL")
    academy.complete("dara", "VAL", "2025-01-01")
    course_id = academy.course("VAL").id
    assert course_id is not None
    assert said(academy, course_id, EARLY) == []
