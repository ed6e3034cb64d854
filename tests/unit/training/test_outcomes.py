"""What attendance and marks come to."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.i18n import render
from bot.models.records import Presence
from bot.models.training import Course, EnrolmentState
from bot.training import outcomes
from bot.training.outcomes import Achieved

S, P = EnrolmentState, Presence


def course(pass_mark: int | None = None, least: int = 80) -> Course:
    return Course(code="C", title="C", pass_mark=pass_mark, least_attendance=least)


@pytest.mark.parametrize(
    ("presences", "expected"),
    [
        ((), None),
        ((P.ABSENT, P.EXCUSED), S.NO_SHOW),
        ((P.PRESENT,) * 4 + (P.ABSENT,), S.ATTENDED),
        ((P.LATE,) * 4 + (P.EXCUSED,), S.ATTENDED),
        ((P.PRESENT,) * 3 + (P.ABSENT,), S.PARTLY_ATTENDED),
    ],
)
def test_state__follows_from_the_days_noted(
    presences: tuple[Presence, ...], expected: EnrolmentState | None
) -> None:
    assert outcomes.state_by_attendance(Achieved(S.ENROLLED, presences), 80) is expected


@pytest.mark.parametrize(
    ("state", "reasons"),
    [
        (S.ATTENDED, []),
        (S.COMPLETED, []),
        (S.ENROLLED, ["Attendance was not noted."]),
        (S.PARTLY_ATTENDED, ["Did not attend all of the class."]),
        (S.NO_SHOW, ["Did not attend all of the class."]),
    ],
)
def test_completion__without_a_day_noted__goes_by_the_list(
    state: EnrolmentState, reasons: list[str]
) -> None:
    found = outcomes.why_not_complete(Achieved(state), course(), ())
    assert [render(reason, "en") for reason in found] == reasons


@pytest.mark.parametrize(
    ("marks", "tests", "reasons"),
    [
        ({}, (), ["No marks were entered."]),
        ({"oral": 60.0, "paper": 80.0}, ("oral", "paper"), []),
        ({"oral": 59.0, "paper": 80.0}, ("oral", "paper"), ["Mean mark 69.5; 70 is needed."]),
        ({"oral": 99.0}, ("oral", "paper"), ["No mark: Paper test"]),
    ],
)
def test_completion__with_a_pass_mark__goes_by_the_mean_of_all_tests(
    marks: Mapping[str, float], tests: tuple[str, ...], reasons: list[str]
) -> None:
    achieved = Achieved(S.ATTENDED, (P.PRESENT,), marks)
    found = outcomes.why_not_complete(achieved, course(pass_mark=70), tests)
    assert [render(reason, "en") for reason in found] == reasons


def test_completion__just_missed__is_not_rounded_up_to_what_is_needed() -> None:
    achieved = Achieved(S.ATTENDED, (P.PRESENT,) * 199 + (P.ABSENT,))
    (reason,) = outcomes.why_not_complete(achieved, course(least=100), ())
    assert render(reason, "en") == "There on 99% of the days; 100% are needed."


def test_completion__of_who_was_away_and_failed__says_both() -> None:
    achieved = Achieved(S.ATTENDED, (P.PRESENT, P.ABSENT), {"oral": 10.0})
    found = outcomes.why_not_complete(achieved, course(pass_mark=50), ("oral",))
    assert [render(reason, "en") for reason in found] == [
        "There on 50% of the days; 80% are needed.",
        "Mean mark 10; 50 is needed.",
    ]
