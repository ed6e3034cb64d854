"""What is asked about a class: of the right people, on the right day, once."""

from __future__ import annotations

import pytest

from bot import policy
from bot.evaluation import assignments
from bot.models.evaluation import AssignmentState, CourseForm, EvaluationSetting
from bot.models.training import EnrolmentState
from tests.integration.evaluation.followed import Followed

ONE_MONTH = "follow_up_participant"


@pytest.fixture
def followed(school) -> Followed:
    return Followed(school)


def test_follow_up__one_month_after__is_asked_at_nine(followed):
    followed.held("2026-03-04", followed.officer())
    followed.at("2026-04-04T01:59")
    assert followed.asked(ONE_MONTH) == []
    followed.at("2026-04-04T02:00")
    assert followed.opened(ONE_MONTH) == ["2026-04-04T02:00"]


def test_recruits__whole_course__is_asked_from_level_check_to_nine_months(followed):
    boss = followed.school.person("Boss")
    recruit = followed.officer(boss)
    followed.held("2026-03-31", recruit, starts_on="2026-03-02", basic=True)
    followed.school.at("2026-02-01T00:00")
    followed.play("2027-02-01T00:00")
    days = {
        stage: [row.opens_at.date().isoformat() for row in followed.asked(stage)]
        for stage in (
            "level_check", "prompt_recall", "prompt_engage", "prompt_reflect", ONE_MONTH,
            "follow_up_supervisor", "follow_up_3_participant", "follow_up_recruit", "post_test",
        )
    }  # fmt: skip
    assert days == {
        "level_check": ["2026-02-23"],
        "prompt_recall": ["2026-04-03"],
        "prompt_engage": ["2026-04-10"],
        "prompt_reflect": ["2026-04-21"],
        ONE_MONTH: ["2026-04-30"],
        "follow_up_supervisor": ["2026-04-30"],
        "follow_up_3_participant": [],
        "follow_up_recruit": ["2026-12-31"],
        "post_test": [],
    }
    (about,) = followed.asked("follow_up_recruit")
    assert (about.person_id, about.about_id) == (boss.id, recruit.id)
    assert about.subject == f"class:{about.class_id}:person:{recruit.id}"


def test_other_courses__by_themselves__have_no_level_check_and_no_prompts(followed):
    followed.held("2026-03-31", followed.officer(), starts_on="2026-03-02")
    followed.school.at("2026-02-01T00:00")
    followed.play("2027-02-01T00:00")
    assert followed.asked("level_check") + followed.asked("prompt_recall") == []
    assert followed.asked("follow_up_recruit") == []


def test_recruits__category_renamed_by_the_unit__is_followed(followed):
    policy.change(followed.school.ctx, "recruit_category", "Induction")
    followed.held("2026-03-31", followed.officer(), basic=True)
    followed.school.at("2026-03-30T00:00")
    followed.play("2026-05-01T00:00")
    assert followed.asked("prompt_recall") == []


def test_level_check__asked_late__closes_when_the_class_begins(followed):
    held = followed.held("2026-03-06", followed.officer(), starts_on="2026-03-02", basic=True)
    followed.at("2026-03-01T10:00")
    (row,) = followed.asked("level_check")
    assert row.closes_at.isoformat() == "2026-03-02T01:00:00+00:00"
    followed.school.enrol(held, followed.officer())
    followed.at("2026-03-02T02:00")
    assert len(followed.asked("level_check")) == 1


def test_post_test__of_a_course_with_a_form__is_asked_with_it(followed):
    followed.publish("my_test")
    followed.school.add(
        CourseForm(course_id=followed.school.course.id, stage="post_test", form="my_test")
    )
    followed.held("2026-03-04", followed.officer())
    followed.held("2026-03-04", followed.officer(), basic=True)
    followed.at("2026-03-04T05:00")
    assert [row.form for row in followed.asked("post_test")] == ["my_test"]


def test_no_form__at_a_stage__nobody_is_asked(school):
    followed = Followed.__new__(Followed)
    followed.school = school
    Followed.held(followed, "2026-03-04", Followed.officer(followed))
    followed.at("2026-04-04T02:00")
    assert followed.asked(ONE_MONTH) == []


def test_arrange__repeated__asks_and_tells_once(followed):
    followed.held("2026-03-04", followed.officer(), followed.officer())
    followed.at("2026-04-04T02:00").at("2026-04-04T02:01").at("2026-04-09T02:00")
    assert len(followed.asked(ONE_MONTH)) == 2
    assert len(followed.school.told("follow_up_due")) == 2


def test_outage__longer_than_a_prompt_is_open__only_what_is_open_is_asked(followed):
    held = followed.held("2026-03-31", followed.officer(), basic=True)
    followed.at("2026-05-02T02:00")
    assert followed.asked("prompt_recall") + followed.asked("prompt_engage") == []
    assert len(followed.asked(ONE_MONTH)) == 1
    followed.school.enrol(held, followed.officer())
    followed.at("2026-05-15T18:00")
    assert len(followed.asked(ONE_MONTH)) == 1


def test_added__while_it_is_open__is_asked_with_what_remains(followed):
    held = followed.held("2026-03-04", followed.officer())
    followed.at("2026-04-04T02:00")
    followed.school.enrol(held, followed.officer())
    followed.at("2026-04-17T05:00")
    first, second = followed.asked(ONE_MONTH)
    assert first.closes_at.isoformat() == "2026-04-18T16:59:00+00:00"
    assert second.closes_at.isoformat() == "2026-04-19T16:59:00+00:00"


def test_go_live__after_the_class__nobody_is_asked_about_it(followed):
    policy.change(followed.school.ctx, "go_live", "2026-03-05")
    followed.held("2026-03-04", followed.officer())
    followed.held("2026-03-05", followed.officer())
    followed.at("2026-04-05T03:00")
    assert len(followed.asked(ONE_MONTH)) == 1


def test_enrolment__void__is_lifted_and_not_asked(followed):
    stays, goes, leaves = (followed.officer() for _each in range(3))
    held = followed.held("2026-03-04", stays, goes, leaves)
    followed.at("2026-04-04T02:00")
    followed.school.enrolment(held, goes.id).state = EnrolmentState.NO_SHOW
    leaves.active = False
    followed.at("2026-04-05T02:00")
    assert followed.askers(ONE_MONTH) == [stays.id]
    assert {row.reason for row in followed.asked(ONE_MONTH)} == {"", assignments.LEFT}


def test_class__cancelled__is_taken_back(followed):
    held = followed.held("2026-03-04", followed.officer())
    followed.at("2026-04-04T02:00")
    held.cancelled_at = followed.school.clock.now()
    followed.at("2026-04-05T02:00").at("2026-04-06T02:00")
    (row,) = followed.asked(ONE_MONTH)
    assert (row.state, row.reason) == (AssignmentState.RECALLED, assignments.MOVED)


def test_class__moved_later__is_asked_again_at_the_new_date(followed):
    held = followed.held("2026-03-04", followed.officer())
    followed.at("2026-04-04T02:00")
    held.starts_on, held.ends_on = held.starts_on.replace(day=20), held.ends_on.replace(day=20)
    followed.at("2026-04-05T02:00")
    assert followed.open(ONE_MONTH) == []
    followed.play("2026-04-25T00:00")
    lifted, again = followed.asked(ONE_MONTH)
    assert (lifted.state, lifted.reason) == (AssignmentState.RECALLED, assignments.MOVED)
    assert (again.state, again.opens_at.day) == (AssignmentState.OPEN, 20)


def test_class__moved_after_the_answer__is_not_asked_again(followed):
    held = followed.held("2026-03-04", followed.officer())
    followed.at("2026-04-04T02:00")
    followed.asked(ONE_MONTH)[0].state = AssignmentState.ANSWERED
    held.ends_on = held.ends_on.replace(day=20)
    followed.play("2026-06-01T00:00")
    assert len(followed.asked(ONE_MONTH)) == 1


def test_class__moved_earlier__leaves_what_is_open_alone(followed):
    held = followed.held("2026-03-04", followed.officer())
    followed.at("2026-04-04T02:00")
    held.ends_on = held.ends_on.replace(day=2)
    followed.at("2026-04-05T02:00")
    assert len(followed.open(ONE_MONTH)) == 1
    assert len(followed.school.told("follow_up_due")) == 1


def test_class__end_moved_while_the_level_check_is_open__leaves_it_open(followed):
    held = followed.held("2026-03-06", followed.officer(), starts_on="2026-03-02", basic=True)
    followed.at("2026-02-24T10:00")
    held.ends_on = held.ends_on.replace(day=9)
    followed.school.tick()
    followed.at("2026-02-25T10:00")
    assert len(followed.open("level_check")) == 1


def test_away__on_the_day__is_asked_on_coming_back_with_the_same_time(followed):
    away = followed.officer()
    away.away_until = followed.held("2026-03-04", away).ends_on.replace(month=4, day=10)
    followed.school.at("2026-03-05T00:00")
    followed.play("2026-05-30T00:00")
    (row,) = followed.asked(ONE_MONTH)
    assert row.opens_at.isoformat() == "2026-04-11T02:00:00+00:00"
    assert row.closes_at.isoformat() == "2026-04-25T16:59:00+00:00"


def test_away__for_very_long__is_not_asked_any_more(followed):
    away = followed.officer()
    away.away_until = followed.held("2026-03-04", away).ends_on.replace(month=7, day=4)
    followed.school.at("2026-03-05T00:00")
    followed.play("2026-09-30T00:00")
    assert followed.asked(ONE_MONTH) == []


def test_guests__after_the_class__are_left_in_peace(followed):
    guest = followed.officer(guest=True)
    followed.held("2026-03-04", guest)
    followed.at("2026-04-04T02:00")
    assert followed.asked(ONE_MONTH) == []


def test_setting__of_one_type__does_not_touch_the_others(followed):
    followed.school.add(
        EvaluationSetting(category="basic", rule=ONE_MONTH, months=2, switched_on=True)
    )
    followed.held("2026-03-04", followed.officer(), basic=True)
    followed.held("2026-03-04", followed.officer())
    followed.school.at("2026-03-05T00:00")
    followed.play("2026-05-30T00:00")
    assert [one[:10] for one in followed.opened(ONE_MONTH)] == ["2026-04-04", "2026-05-04"]


def test_setting__reaction_off_for_a_type__nobody_is_asked_at_the_end(followed):
    school = followed.school
    school.add(EvaluationSetting(category="basic", rule="reaction_trainee", switched_on=False))
    held = school.training_class()
    held.course_id = followed.basic.id
    school.at("2026-03-04T10:00").tick()
    school.tick()
    assert school.assignments("reaction_trainee") == []


def test_twelve_officers__of_one_supervisor__are_asked_in_one_go(followed):
    boss = followed.school.person("Boss")
    followed.held("2026-03-04", *(followed.officer(boss) for _each in range(12)))
    followed.at("2026-04-04T02:00")
    items = [one for one in followed.school.told("follow_up_due") if one.person_id == boss.id]
    assert len(items) == 12
    assert {(one.merge, one.due_at) for one in items} == {("tasks", items[0].due_at)}
