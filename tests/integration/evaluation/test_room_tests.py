"""Tests given out in the room: who gets them, when, and who may give them out."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.errors import Refusal
from bot.evaluation.stages import POST_TEST, PRE_TEST
from bot.evaluation.tests import giving
from bot.models.evaluation import Assignment
from bot.models.training import EnrolmentState
from tests.integration.evaluation import exam
from tests.integration.evaluation.conftest import School
from tests.integration.evaluation.exam import RIGHT


@pytest.fixture
def held(school: School):
    exam.publish(school.ctx)
    return school.at("2026-03-04T08:00").training_class(trainees=3)


def test_give_out__twice__asks_everybody_once_and_tells_them(school: School, held) -> None:
    exam.set_test(school)
    assert giving.give_out(school.ctx, held.id, POST_TEST) == 3
    assert giving.give_out(school.ctx, held.id, POST_TEST) == 0
    rows = school.session.exec(select(Assignment)).all()
    assert {row.form for row in rows} == {"rice"}
    assert {row.occasion for row in rows} == {held.ends_on}
    assert len(school.told("test_open")) == 3


def test_give_out__somebody_joined_afterwards__is_asked_too(school: School, held) -> None:
    exam.set_test(school)
    giving.give_out(school.ctx, held.id, POST_TEST)
    school.enrol(held, school.person("Late Comer"))
    school.enrol(held, school.person("Not In It"), EnrolmentState.WITHDRAWN)
    assert giving.give_out(school.ctx, held.id, POST_TEST) == 1


def test_give_out__before_the_class__is_about_its_first_day(school: School, held) -> None:
    exam.set_test(school, PRE_TEST)
    giving.give_out(school.ctx, held.id, PRE_TEST)
    assert {row.occasion for row in school.session.exec(select(Assignment))} == {held.starts_on}


def test_give_out__no_test_no_dates_or_long_over__is_refused(school: School, held) -> None:
    with pytest.raises(Refusal, match="no such test"):
        giving.give_out(school.ctx, held.id, POST_TEST)
    exam.set_test(school)
    undated = school.training_class(trainees=1, starts_on=None, ends_on=None)
    with pytest.raises(Refusal, match="have dates"):
        giving.give_out(school.ctx, undated.id, POST_TEST)
    school.at("2026-03-20T08:00")
    with pytest.raises(Refusal, match="over for long"):
        giving.give_out(school.ctx, held.id, POST_TEST)


def test_tests_of_class__read_by_a_trainee__is_refused(school: School, held) -> None:
    exam.set_test(school)
    with pytest.raises(Refusal, match="not one of yours"):
        giving.tests_of(school.as_person(exam.trainee_of(school, held)), held.id)


def test_tests_of_class__some_taken__are_counted(school: School, held) -> None:
    exam.set_test(school)
    giving.give_out(school.ctx, held.id, POST_TEST)
    owed = school.assignments("post_test")[0]
    exam.answer(exam.as_taker(school, owed.person_id), owed, RIGHT)
    found = giving.tests_of(school.ctx, held.id)
    assert [(one.stage, one.asked, one.taken) for one in found] == [(POST_TEST, 3, 1)]


def test_stage__that_is_no_test__is_refused() -> None:
    with pytest.raises(Refusal, match="no such test"):
        giving.stage_named("reaction_trainee")
