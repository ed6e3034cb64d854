"""Supervisors hear once a week of what lapsed and who is late."""

from __future__ import annotations

import datetime as dt

import pytest

from bot import policy
from bot.models.qualifications import Curriculum, Requirement, RequirementKind
from bot.training.qualifications import extensions, posts
from tests.integration.qualifications.conftest import Academy
from tests.integration.qualifications.reminding import Read, play

TEAM = "Qualifications of your team that need attention"


@pytest.fixture
def valuer(academy: Academy) -> Curriculum:
    policy.change(academy.ctx, "go_live", "2026-01-01")
    return academy.curriculum("VALUER", "VAL", valid_months=24, title="Valuer")


def letters(read: list[Read]) -> list[Read]:
    return [one for one in read if one.title == TEAM]


def test_lapses__of_one_week__come_in_one_letter_on_its_last_working_day(
    academy: Academy, valuer: Curriculum
) -> None:
    academy.complete("dara", "VAL", "2024-03-16")
    academy.complete("rith", "VAL", "2024-03-18")
    (read,) = letters(play(academy, "2026-04-30"))
    assert (read.day, read.who) == ("2026-03-20", "sokha")
    assert read.letter.buttons == ("teamq",)
    for words in ("• Sok Dara: Valuer has lapsed. It ended on Mar 16, 2026.", "• Nhem Rith: "):
        assert words in read.letter.text


def test_lapse__renewed_before_the_letter__is_left_out(
    academy: Academy, valuer: Curriculum
) -> None:
    academy.complete("dara", "VAL", "2024-03-16")
    academy.complete("rith", "VAL", "2024-03-18")
    play(academy, "2026-03-19")
    academy.complete("dara", "VAL", "2026-03-19")
    (read,) = letters(play(academy, "2026-04-30"))
    assert "Sok Dara" not in read.letter.text


def test_lapse__of_which_time_was_given__is_left_out(academy: Academy, valuer: Curriculum) -> None:
    academy.complete("dara", "VAL", "2024-03-16")
    play(academy, "2026-03-19")
    row = academy.held("dara", valuer)
    assert row is not None
    extensions.extend(academy.acting("sokha"), row.id, dt.date(2026, 5, 31), "On mission.")
    assert letters(play(academy, "2026-04-30")) == []
    (read,) = letters(play(academy, "2026-06-30"))
    assert read.day == "2026-06-05"


def test_lapse__of_somebody_who_is_led_by_another_now__is_not_told_to_the_old_supervisor(
    academy: Academy, valuer: Curriculum
) -> None:
    academy.complete("dara", "VAL", "2024-03-16")
    play(academy, "2026-03-19")
    academy.person("dara").supervisor_id = academy.ids["director"]
    assert letters(play(academy, "2026-04-30")) == []


@pytest.mark.parametrize(
    ("kind", "told"), [(RequirementKind.CORE, ["2026-05-08"]), (RequirementKind.ENHANCED, [])]
)
def test_late__with_what_the_post_requires__is_told_if_it_is_core(
    academy: Academy, valuer: Curriculum, kind: RequirementKind, told: list[str]
) -> None:
    academy.add_person("valy", position="Valuer", in_post_since=dt.date(2026, 2, 1))
    academy.add(Requirement(position="Valuer", curriculum_id=valuer.id, within_days=90, kind=kind))
    posts.posts_changed(academy.ctx, ["Valuer"])
    found = letters(play(academy, "2026-08-30"))
    assert [one.day for one in found] == told
    assert all("Valy: Valuer was to be earned by May 2, 2026." in one.letter.text for one in found)
