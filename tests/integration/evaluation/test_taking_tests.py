"""Tests taken: marked at once, tried as often as allowed, the best attempt counts."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlmodel import select

from bot.errors import Refusal
from bot.evaluation import closing, keying
from bot.evaluation.answering import take_own_form
from bot.evaluation.stages import POST_TEST, PRE_TEST
from bot.evaluation.tests import attempts, room, taking
from bot.forms import service, time_up
from bot.forms.service import Submission
from bot.models.evaluation import AssignmentState
from bot.models.forms import Draft
from bot.models.tests import TestAttempt
from tests.integration.evaluation import exam
from tests.integration.evaluation.conftest import School
from tests.integration.evaluation.exam import RIGHT, WRONG


@pytest.fixture
def held(school: School):
    exam.publish(school.ctx)
    return school.at("2026-03-04T08:00").training_class(trainees=3)


def test_test__all_right__is_told_at_once_and_over(school: School, held) -> None:
    exam.set_test(school, attempts=3, pass_mark=60)
    owed = exam.ask(school, held, exam.trainee_of(school, held).id)
    said = exam.answer(exam.as_taker(school, owed.person_id), owed, RIGHT)
    assert said.splitlines() == ["You have 4 of 4 points: 100 %.", "You have passed."]
    assert owed.state is AssignmentState.ANSWERED
    attempt = school.session.exec(select(TestAttempt)).one()
    assert (attempt.points, attempt.maximum, attempt.number) == (4000, 4000, 1)
    assert attempt.marks == {"duty": [2000, 2000], "chapter": [1000, 1000], "law": [1000, 1000]}
    assert attempt.handed_in_at == school.clock.now()
    assert not attempt.by_clock


def test_test__failed_with_attempts_left__stays_open_and_says_how_many(
    school: School, held
) -> None:
    exam.set_test(school, attempts=2, pass_mark=75)
    owed = exam.ask(school, held, exam.trainee_of(school, held).id)
    said = exam.answer(exam.as_taker(school, owed.person_id), owed, {**WRONG, "duty": "five"})
    assert said.splitlines() == [
        "You have 2 of 4 points: 50 %.",
        "You have not passed: 75 % are needed.",
        "You can try 1 more time until Mar 4, 2026 23:59. The best attempt counts.",
    ]
    assert owed.state is AssignmentState.OPEN


def test_test__last_attempt_worse__the_best_counts_and_no_more_is_allowed(
    school: School, held
) -> None:
    exam.set_test(school, attempts=2, pass_mark=75)
    owed = exam.ask(school, held, exam.trainee_of(school, held).id)
    ctx = exam.as_taker(school, owed.person_id)
    exam.answer(ctx, owed, {**WRONG, "duty": "five"})
    said = exam.answer(ctx, owed, WRONG)
    assert said.splitlines()[-1] == "Your best attempt counts: 50 %."
    assert owed.state is AssignmentState.ANSWERED
    assert attempts.of_person(ctx, owed.person_id)[0].best.points == 2000
    with pytest.raises(Refusal, match="has been answered"):
        taking.begin(ctx, owed.id)


def test_attempts__fewer_allowed_meanwhile__none_is_begun(school: School, held) -> None:
    exam.set_test(school, attempts=3, pass_mark=75)
    owed = exam.ask(school, held, exam.trainee_of(school, held).id)
    ctx = exam.as_taker(school, owed.person_id)
    exam.answer(ctx, owed, WRONG)
    exam.set_test(school, attempts=1, pass_mark=75)
    with pytest.raises(Refusal, match="all attempts"):
        taking.begin(ctx, owed.id)


def test_test__before_the_class__has_no_pass_mark_of_the_course(school: School, held) -> None:
    school.course.pass_mark = 60
    exam.set_test(school, PRE_TEST)
    exam.set_test(school, POST_TEST)
    person = exam.trainee_of(school, held).id
    before = exam.ask(school, held, person, PRE_TEST)
    after = exam.ask(school, held, person, POST_TEST)
    ctx = exam.as_taker(school, person)
    assert exam.answer(ctx, before, WRONG) == "You have 0 of 4 points: 0 %."
    assert "You have not passed: 60 % are needed." in exam.answer(ctx, after, WRONG)


def test_test__not_begun_as_one__is_refused(school: School, held) -> None:
    exam.set_test(school)
    owed = exam.ask(school, held, exam.trainee_of(school, held).id)
    ctx = exam.as_taker(school, owed.person_id)
    with pytest.raises(Refusal, match="by who takes it"):
        take_own_form(ctx, Submission(1, owed.id, {"class_id": held.id}, RIGHT))


def test_attempt__handed_in_twice__counts_once(school: School, held) -> None:
    exam.set_test(school, attempts=3, pass_mark=100)
    owed = exam.ask(school, held, exam.trainee_of(school, held).id)
    ctx = exam.as_taker(school, owed.person_id)
    taking.begin(ctx, owed.id)
    draft = service.current_draft(ctx)
    assert draft is not None
    exam.hand_in(ctx, WRONG)
    with pytest.raises(Refusal, match="handed in already"):
        service.submit(ctx, draft)
    assert len(school.session.exec(select(TestAttempt)).all()) == 1


def test_code__right_wrong_and_run_out(school: School, held) -> None:
    exam.set_test(school, needs_code=True)
    owed = exam.ask(school, held, exam.trainee_of(school, held).id)
    ctx = exam.as_taker(school, owed.person_id)
    with pytest.raises(Refusal, match="does not open"):
        taking.begin(ctx, owed.id)
    code = room.show(school.ctx, held.id, POST_TEST, 10).code
    other = "000000" if code != "000000" else "111111"
    with pytest.raises(Refusal, match="does not open"):
        taking.begin(ctx, owed.id, other)
    school.clock.advance(seconds=600)
    with pytest.raises(Refusal, match="does not open"):
        taking.begin(ctx, owed.id, code)
    code = room.show(school.ctx, held.id, POST_TEST, 10).code
    taking.begin(ctx, owed.id, f" {code[:3]} {code[3:]}")
    room.close(school.ctx, held.id, POST_TEST)
    taking.begin(ctx, owed.id)
    assert exam.hand_in(ctx, RIGHT).startswith("You have 4 of 4")


def test_code__typed_in_khmer_digits__is_meant_for_the_open_test(school: School, held) -> None:
    exam.set_test(school, needs_code=True)
    owed = exam.ask(school, held, exam.trainee_of(school, held).id)
    code = room.show(school.ctx, held.id, POST_TEST, 30).code
    khmer = "".join(chr(0x17E0 + int(digit)) for digit in code)
    assert room.meant_by(exam.as_taker(school, owed.person_id), khmer) == owed.id
    other = exam.trainee_of(school, held, 1)
    assert room.meant_by(exam.as_taker(school, other.id), code) is None


def test_code__opened_by_somebody_else__is_refused(school: School, held) -> None:
    exam.set_test(school, needs_code=True)
    stranger = school.as_person(exam.trainee_of(school, held))
    with pytest.raises(Refusal, match="not one of yours"):
        room.show(stranger, held.id, POST_TEST, 10)
    with pytest.raises(Refusal, match="times shown"):
        room.show(school.ctx, held.id, POST_TEST, 10_000)


def test_time_limit__nobody_comes_back__is_handed_in_by_the_clock_and_told(
    school: School,
) -> None:
    exam.publish(school.ctx, time_limit="20")
    held = school.at("2026-03-04T08:00").training_class(trainees=1)
    exam.set_test(school, attempts=2, pass_mark=75)
    owed = exam.ask(school, held, exam.trainee_of(school, held).id)
    taking.begin(exam.as_taker(school, owed.person_id), owed.id)
    school.clock.advance(seconds=31 * 60)
    time_up.hand_in_due(school.ctx)
    attempt = school.session.exec(select(TestAttempt)).one()
    assert (attempt.by_clock, attempt.points, attempt.maximum) == (True, 0, 4000)
    assert school.told("time_up")[0].params["assignment"] == owed.id
    assert school.session.exec(select(Draft)).all() == []
    assert owed.state is AssignmentState.OPEN


def test_time_limit__more_than_twenty_at_once__the_rest_follows(school: School) -> None:
    exam.publish(school.ctx, time_limit="20")
    held = school.at("2026-03-04T08:00").training_class(trainees=23)
    exam.set_test(school)
    for place in range(23):
        owed = exam.ask(school, held, exam.trainee_of(school, held, place).id)
        taking.begin(exam.as_taker(school, owed.person_id), owed.id)
    school.clock.advance(seconds=31 * 60)
    time_up.hand_in_due(school.ctx)
    assert len(school.session.exec(select(TestAttempt)).all()) == 20
    time_up.hand_in_due(school.ctx)
    assert len(school.session.exec(select(TestAttempt)).all()) == 23


def test_attempt__under_way_when_the_test_closes__is_handed_in_and_not_lost(
    school: School, held
) -> None:
    exam.set_test(school)
    owed = exam.ask(school, held, exam.trainee_of(school, held).id)
    taking.begin(exam.as_taker(school, owed.person_id), owed.id)
    draft = school.session.exec(select(Draft)).one()
    assert draft.ends_at == owed.closes_at - taking.HAND_IN
    school.clock.set(draft.ends_at + time_up.GRACE)
    time_up.hand_in_due(school.ctx)
    assert school.session.exec(select(TestAttempt.by_clock)).one()
    assert owed.state is AssignmentState.ANSWERED


def test_attempt__begun_just_before_closing__is_refused(school: School, held) -> None:
    exam.set_test(school)
    owed = exam.ask(school, held, exam.trainee_of(school, held).id)
    school.clock.set(owed.closes_at - taking.HAND_IN)
    with pytest.raises(Refusal, match="in a few minutes"):
        taking.begin(exam.as_taker(school, owed.person_id), owed.id)


def test_closing__tried_once__counts_as_answered(school: School, held) -> None:
    exam.set_test(school, attempts=2, pass_mark=75)
    tried = exam.ask(school, held, exam.trainee_of(school, held).id)
    never = exam.ask(school, held, exam.trainee_of(school, held, 1).id)
    exam.answer(exam.as_taker(school, tried.person_id), tried, WRONG)
    school.clock.set(tried.closes_at + dt.timedelta(minutes=1))
    closing.close_due(school.ctx)
    assert tried.state is AssignmentState.ANSWERED
    assert never.state is AssignmentState.CLOSED


def test_test__keyed_in_for_somebody__is_refused(school: School, held) -> None:
    exam.set_test(school)
    owed = exam.ask(school, held, exam.trainee_of(school, held).id)
    with pytest.raises(Refusal, match="not keyed in"):
        keying.begin(school.ctx, owed.id)
    assert keying.waiting(school.ctx).cards == ()
