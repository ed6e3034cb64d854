"""Who is asked about an officer: who has led them long enough, and is there."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.calendar import DAY
from bot.evaluation import assignments, supervising
from bot.evaluation.supervising import Judges, Stint
from bot.models.approvals import Deputy
from bot.models.evaluation import AssignmentState
from tests.integration.evaluation.followed import LONG_AGO, Followed

ASKED_ON = dt.date(2026, 4, 4)
STAGE = "follow_up_supervisor"


@pytest.fixture
def followed(school) -> Followed:
    return Followed(school)


@pytest.fixture
def boss(followed):
    return followed.school.person("Boss")


def ask(followed, officer) -> list[int]:
    followed.held("2026-03-04", officer)
    followed.at("2026-04-04T02:00")
    return followed.askers(STAGE)


def test_supervisor__for_long__is_asked_about_each_officer(followed, boss):
    assert ask(followed, followed.officer(boss)) == [boss.id]


@pytest.mark.parametrize(("days", "is_asked"), [(29, False), (30, True), (31, True)])
def test_supervisor__of_so_many_days__is_asked_from_thirty_on(followed, boss, days, is_asked):
    before = followed.school.person("Before")
    officer = followed.officer(before)
    followed.led_by(officer, boss, ASKED_ON - days * DAY)
    assert ask(followed, officer) == [boss.id if is_asked else before.id]


def test_predecessor__who_has_left__the_next_in_line_is_asked(followed, boss):
    before, chief = followed.school.person("Before"), followed.school.person("Chief")
    boss.supervisor_id, before.active = chief.id, False
    officer = followed.officer(before)
    followed.led_by(officer, boss, ASKED_ON - 5 * DAY)
    assert ask(followed, officer) == [chief.id]


def test_predecessor__for_a_few_days__comes_after_one_for_long(followed, boss):
    first, second = followed.school.person("First"), followed.school.person("Second")
    officer = followed.officer(first)
    followed.led_by(officer, second, ASKED_ON - 20 * DAY)
    followed.led_by(officer, boss, ASKED_ON - 5 * DAY)
    assert ask(followed, officer) == [first.id]


def test_new_posting__under_the_same_supervisor__does_not_count_from_anew(followed, boss):
    officer = followed.officer(boss)
    followed.led_by(officer, boss, ASKED_ON - 5 * DAY)
    assert ask(followed, officer) == [boss.id]


def test_history__that_begins_with_the_roster__is_taken_as_long_enough(followed, boss):
    officer = followed.officer(boss, since=ASKED_ON - 3 * DAY)
    assert ask(followed, officer) == [boss.id]


def test_newcomer__hired_this_week__is_judged_by_nobody_but_the_line(followed, boss):
    chief = followed.school.person("Chief")
    boss.supervisor_id = chief.id
    hired = ASKED_ON - 3 * DAY
    officer = followed.officer(boss, since=hired, hired_on=hired)
    assert ask(followed, officer) == [chief.id]


def test_acting_supervisor__while_it_lasts__is_asked(followed, boss):
    acting = followed.school.person("Acting")
    officer = followed.officer(boss)
    officer.acting_supervisor_id, officer.acting_until = acting.id, ASKED_ON
    assert ask(followed, officer) == [acting.id]


def test_acting_supervisor__whose_time_is_over__is_not_asked(followed, boss):
    acting = followed.school.person("Acting")
    officer = followed.officer(boss)
    officer.acting_supervisor_id, officer.acting_until = acting.id, ASKED_ON - DAY
    assert ask(followed, officer) == [boss.id]


def test_vacant_post__who_led_before__is_asked(followed, boss):
    officer = followed.officer(boss)
    followed.led_by(officer, None, ASKED_ON - 40 * DAY)
    assert ask(followed, officer) == [boss.id]


def test_away__with_somebody_named_to_stand_in__that_one_is_asked(followed, boss):
    deputy = followed.school.person("Deputy")
    followed.school.add(Deputy(person_id=boss.id, deputy_id=deputy.id, until_on=ASKED_ON))
    boss.away_until = ASKED_ON
    assert ask(followed, followed.officer(boss)) == [deputy.id]


def test_away__back_in_time__is_asked_on_coming_back(followed, boss):
    boss.away_until = ASKED_ON + 5 * DAY
    assert ask(followed, followed.officer(boss)) == []
    followed.play("2026-05-10T00:00")
    assert followed.opened(STAGE) == ["2026-04-10T02:00"]


def test_away__for_long__the_next_in_line_is_asked(followed, boss):
    chief = followed.school.person("Chief")
    boss.supervisor_id, boss.away_until = chief.id, ASKED_ON + 30 * DAY
    assert ask(followed, followed.officer(boss)) == [chief.id]


def test_nobody_to_judge__nobody_is_asked(followed):
    assert ask(followed, followed.officer(None)) == []


def test_own_line__comes_back_to_the_officer__is_never_asked_about_oneself(followed, boss):
    officer = followed.officer(boss)
    boss.active, boss.supervisor_id = False, officer.id
    assert ask(followed, officer) == []


def test_transfer__before_the_day__is_judged_by_who_knew_the_officer(followed, boss):
    new = followed.school.person("New Boss")
    officer = followed.officer(boss)
    followed.held("2026-03-04", officer)
    followed.led_by(officer, new, ASKED_ON - 10 * DAY)
    followed.at("2026-04-04T02:00")
    assert followed.askers(STAGE) == [boss.id]


def test_transfer__after_being_asked__the_one_asked_still_answers(followed, boss):
    officer = followed.officer(boss)
    ask(followed, officer)
    followed.led_by(officer, followed.school.person("New Boss"), ASKED_ON + 2 * DAY)
    followed.at("2026-04-08T02:00")
    assert followed.askers(STAGE) == [boss.id]


def test_supervisor__leaves_after_being_asked__another_is_asked(followed, boss):
    chief = followed.school.person("Chief")
    officer = followed.officer(boss)
    ask(followed, officer)
    boss.active, boss.supervisor_id = False, chief.id
    followed.at("2026-04-06T02:00").at("2026-04-07T02:00")
    assert followed.askers(STAGE) == [chief.id]
    assert [row.reason for row in followed.asked(STAGE)] == [assignments.LEFT, ""]


@pytest.mark.parametrize(("reason", "asks_another"), [("not_mine", True), ("cannot_judge", False)])
def test_declined__the_predecessor_is_asked_only_if_it_was_not_their_officer(
    followed, boss, reason, asks_another
):
    before = followed.school.person("Before")
    officer = followed.officer(before)
    followed.led_by(officer, boss, LONG_AGO + 365 * DAY)
    ask(followed, officer)
    (row,) = followed.asked(STAGE)
    assignments.decline(followed.school.as_person(boss), row.id, reason)
    followed.at("2026-04-05T02:00").at("2026-04-06T02:00")
    assert followed.askers(STAGE) == ([before.id] if asks_another else [])
    assert row.state is AssignmentState.DECLINED


def test_officer__left_the_class__nothing_is_asked_about_them(followed, boss):
    officer = followed.officer(boss)
    ask(followed, officer)
    officer.active = False
    followed.at("2026-04-06T02:00")
    assert followed.askers(STAGE) == []


def test_judges__without_any_posting__is_who_the_roster_names(followed, boss):
    officer = followed.school.person("Officer", supervisor_id=boss.id)
    judges = Judges(followed.school.ctx, [officer], ASKED_ON)
    assert judges.of(officer, ASKED_ON) == boss.id


def test_stints__vacancy_between__are_three():
    day = dt.date(2026, 1, 1)
    history = [
        Stint(1, day, day + DAY),
        Stint(None, day + DAY, day + 2 * DAY),
        Stint(2, day, None),
    ]
    assert supervising.before(history) == [1]
