"""A class that is closed earns what it completes; closed again otherwise, it takes it back."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.models.qualifications import Curriculum
from bot.models.records import Presence
from bot.models.training import TrainingClass
from bot.training import attendance, closing, enrolling
from bot.work import paperwork  # noqa: F401  (makes what closing asks for)
from tests.integration.qualifications.conftest import Academy, Heard


@pytest.fixture
def held(academy: Academy) -> TrainingClass:
    """A class of five days on the evening of the last; Dara was always there."""
    made = academy.hold(seats=5, trainer_id=academy.trainer().id)
    enrolling.admit(academy.ctx, made.id, academy.ids["dara"])
    academy.pass_days(14 + 4.5)
    note(academy, made, Presence.PRESENT)
    return made


def note(academy: Academy, made: TrainingClass, presence: Presence) -> None:
    assert made.starts_on is not None
    row = academy.enrolment("dara", made)
    for number in range(5):
        day = made.starts_on + dt.timedelta(days=number)
        attendance.note(academy.acting("trainer"), row.id, day, presence)


def close(academy: Academy, made: TrainingClass) -> None:
    closing.close(academy.acting("trainer"), made.id)


@pytest.fixture
def valuer(academy: Academy) -> Curriculum:
    return academy.curriculum("V", "VAL", valid_months=24)


def test_class__closed__earns_from_its_last_day(
    academy: Academy, valuer: Curriculum, held: TrainingClass, heard: Heard
) -> None:
    close(academy, held)
    assert academy.span("dara", valuer) == ("2026-03-20", "2028-03-20")
    assert [one.person_id for one in heard.earned] == [academy.ids["dara"]]


def test_class__closed_again_otherwise_and_back__withdraws_and_stands_again(
    academy: Academy, valuer: Curriculum, held: TrainingClass, heard: Heard
) -> None:
    close(academy, held)
    first = academy.held("dara", valuer)
    closing.reopen(academy.acting("unit"), held.id, "A wrong list")
    assert academy.held("dara", valuer) is first
    note(academy, held, Presence.ABSENT)
    close(academy, held)
    assert academy.held("dara", valuer) is None
    closing.reopen(academy.acting("unit"), held.id, "It was right")
    note(academy, held, Presence.PRESENT)
    close(academy, held)
    assert academy.held("dara", valuer) is first
    assert [one.again for one in heard.earned] == [False, True]
    assert len(heard.withdrawn) == 1


def test_class__moved_and_closed_again__is_earned_from_the_new_day_once(
    academy: Academy, valuer: Curriculum, held: TrainingClass
) -> None:
    close(academy, held)
    closing.reopen(academy.acting("unit"), held.id, "It ended a day earlier")
    held.ends_on = dt.date(2026, 3, 19)
    close(academy, held)
    assert academy.span("dara", valuer) == ("2026-03-19", "2028-03-19")
    standing = [row for row in academy.rows("dara", valuer) if row.withdrawn_at is None]
    assert len(standing) == 1


def test_class__closed_without_any_curriculum__asks_for_nothing(
    academy: Academy, held: TrainingClass, heard: Heard
) -> None:
    close(academy, held)
    assert (heard.earned, heard.withdrawn) == ([], [])
