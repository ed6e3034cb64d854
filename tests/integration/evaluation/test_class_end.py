"""What follows the end of a class: who is asked, when, and who is not."""

from __future__ import annotations

import datetime as dt

import pytest

from bot import policy
from bot.evaluation import class_end
from bot.models.evaluation import AssignmentState
from bot.models.training import EnrolmentState


def test_class_end__before_the_hour__nobody_is_asked(school):
    school.training_class()
    school.at("2026-03-04T09:59").tick()
    assert school.assignments() == []


def test_class_end__at_five_in_the_classs_zone__trainees_are_asked(school):
    school.training_class()
    school.at("2026-03-04T10:00").tick()
    assert len(school.assignments()) == 5
    assert len(school.told("reaction_due")) == 5


@pytest.mark.parametrize(
    ("zone", "end_time", "ends_at"),
    [
        ("", None, "2026-03-04T10:00"),
        ("Pacific/Apia", None, "2026-03-04T04:00"),
        ("Pacific/Pago_Pago", None, "2026-03-05T04:00"),
        ("Asia/Kabul", dt.time(12, 15), "2026-03-04T07:45"),
        ("Asia/Kathmandu", None, "2026-03-04T11:15"),
        ("Pacific/Kiritimati", dt.time(0, 30), "2026-03-03T10:30"),
    ],
)
def test_class_end__zones__the_class_ends_by_its_own_clock(school, zone, end_time, ends_at):
    school.training_class(timezone=zone, end_time=end_time)
    moment = dt.datetime.fromisoformat(ends_at).replace(tzinfo=dt.UTC)
    before = moment - dt.timedelta(seconds=1)
    assert class_end.next_end(school.session, before, "Asia/Phnom_Penh") == moment
    school.at(before.replace(tzinfo=None).isoformat()).tick()
    assert school.assignments() == []
    school.at(ends_at).tick()
    assert len(school.assignments()) == 5


@pytest.mark.parametrize(
    ("state", "asked"),
    [
        (EnrolmentState.ENROLLED, True),
        (EnrolmentState.ATTENDED, True),
        (EnrolmentState.PARTLY_ATTENDED, True),
        (EnrolmentState.COMPLETED, True),
        (EnrolmentState.APPROVED, False),
        (EnrolmentState.NO_SHOW, False),
        (EnrolmentState.WITHDRAWN, False),
        (EnrolmentState.INTERESTED, False),
    ],
)
def test_class_end__enrolment_state__decides_who_is_asked(school, state, asked):
    held = school.training_class()
    person = school.person("Somebody")
    school.enrol(held, person, state)
    school.at("2026-03-04T10:00").tick()
    assert (person.id in {row.person_id for row in school.assignments()}) is asked


def test_class_end__lead_trainer__is_asked_about_the_group_by_name(school):
    trainer = school.trainer()
    school.training_class(trainer_id=trainer.id)
    school.at("2026-03-04T10:00").tick()
    (owed,) = school.assignments("reaction_trainer")
    assert owed.person_id == trainer.person_id
    assert owed.anonymous is False


def test_class_end__fewer_than_five__the_unit_is_told_and_nobody_asked(school):
    school.training_class(trainees=4)
    school.at("2026-03-04T10:00").tick()
    school.tick()
    assert school.assignments() == []
    assert [item.person_id for item in school.told("small_group")] == [school.desk.id]


def test_class_end__fewer_than_five_but_named__all_are_asked(school):
    school.course.anonymous_reaction = False
    school.training_class(trainees=4)
    school.at("2026-03-04T10:00").tick()
    assert [row.anonymous for row in school.assignments()] == [False] * 4


def test_class_end__cancelled__nobody_is_asked(school):
    held = school.training_class()
    held.cancelled_at = school.clock.now()
    school.at("2026-03-04T10:00").tick()
    assert school.assignments() == []


def test_class_end__repeated__asks_once(school):
    school.training_class()
    school.at("2026-03-04T10:00").tick()
    school.at("2026-03-04T10:05").tick()
    assert len(school.assignments()) == 5
    assert len(school.told("reaction_due")) == 5


def test_class_end__before_go_live__nobody_is_asked(school):
    policy.change(school.ctx, "go_live", "2026-03-05")
    school.training_class()
    school.at("2026-03-05T10:00").tick()
    assert school.assignments() == []


def test_class_end__imported_late__is_asked_with_what_remains(school):
    school.at("2026-03-07T03:00")
    school.training_class()
    school.tick()
    assert {row.closes_at for row in school.assignments()} == {
        dt.datetime(2026, 3, 11, 16, 59, tzinfo=dt.UTC)
    }


def test_class_end__imported_on_the_last_day__two_days_remain(school):
    school.at("2026-03-11T03:00")
    school.training_class()
    school.tick()
    assert {row.closes_at for row in school.assignments()} == {
        dt.datetime(2026, 3, 13, 16, 59, tzinfo=dt.UTC)
    }


def test_class_end__imported_too_late__is_not_asked_even_if_the_days_are_raised(school):
    school.at("2026-03-14T03:00")
    school.training_class()
    school.tick()
    policy.change(school.ctx, "reaction_days", "30")
    school.tick()
    assert school.assignments() == []


def test_class_end__moved_before_it__is_asked_at_the_new_end(school):
    held = school.training_class()
    held.ends_on = dt.date(2026, 3, 6)
    school.at("2026-03-04T10:00").tick()
    assert school.assignments() == []
    school.at("2026-03-06T10:00").tick()
    assert len(school.assignments()) == 5


def test_class_end__moved_after_it__open_ones_are_lifted_and_asked_again_later(school):
    held = school.training_class()
    school.at("2026-03-04T10:00").tick()
    first = school.assignments()[0]
    first.state = AssignmentState.ANSWERED
    held.ends_on = dt.date(2026, 3, 6)
    school.at("2026-03-04T11:00").tick()
    assert [row.state for row in school.assignments()].count(AssignmentState.RECALLED) == 4
    assert {item.state.value for item in school.told("reaction_due")[1:]} == {"dropped"}
    school.at("2026-03-06T10:00").tick()
    again = [row for row in school.assignments() if row.occasion == held.ends_on]
    assert len(again) == 4
    assert first.person_id not in {row.person_id for row in again}


def test_class_end__left_the_class__owes_nothing(school):
    held = school.training_class(trainees=6)
    school.at("2026-03-04T10:00").tick()
    owed = school.assignments()[0]
    enrolment = school.enrolment(held, owed.person_id)
    enrolment.state = EnrolmentState.NO_SHOW
    school.tick()
    assert owed.state is AssignmentState.RECALLED
    enrolment.state = EnrolmentState.ATTENDED
    school.tick()
    assert owed.state is AssignmentState.OPEN


def test_class_end__added_to_the_list_afterwards__is_asked_too(school):
    held = school.training_class()
    school.at("2026-03-04T10:00").tick()
    school.at("2026-03-05T10:00")
    school.enrol(held, school.person("Latecomer"))
    school.tick()
    assert len(school.assignments()) == 6


def test_class_end__the_list_comes_after_the_end__is_asked_then(school):
    held = school.training_class(trainees=0)
    school.at("2026-03-04T10:00").tick()
    school.at("2026-03-06T02:00")
    for _number in range(5):
        school.enrol(held, school.person("Trainee"))
    school.tick()
    assert len(school.assignments()) == 5
