"""Comments reach a trainer after the unit has read them, and never from a class of few."""

from __future__ import annotations

import pytest

from bot.errors import Refusal
from bot.evaluation import answering, class_results, reviewing, trainer_pages
from bot.models.people import Grant, Person, Role
from tests.conftest import START
from tests.statements import asked


@pytest.fixture
def taught(school):
    """Holds a class with a lead trainer about which so many write something, and closes it."""

    def hold(said: int, trainees: int = 7):
        trainer = school.trainer()
        held = school.training_class(trainees, trainer_id=trainer.id)
        school.at("2026-03-04T10:00").tick()
        for number, row in enumerate(school.assignments()[:said]):
            person = school.session.get_one(Person, row.person_id)
            answering.take_trainee_reaction(
                school.as_person(person),
                school.submission(row, overall="4", remark=f"Remark {number}"),
            )
        school.at("2026-03-11T17:00").tick()
        return held, school.session.get_one(Person, trainer.person_id)

    return hold


def remarks(ctx, class_id: int) -> set[str]:
    found = class_results.read(ctx, class_id).comments
    return {text for comments in found for text in comments.texts}


def test_comments__nobody_has_read_them__trainer_sees_none_and_the_unit_all(school, taught):
    held, trainer = taught(6)
    assert remarks(school.as_person(trainer), held.id) == set()
    assert len(remarks(school.as_person(school.desk), held.id)) == 6


def test_comments__one_passed_on_one_kept__trainer_sees_the_one(school, taught):
    held, trainer = taught(6)
    desk = school.as_person(school.desk)
    first, second, *_rest = reviewing.stack(desk, held.id).comments
    reviewing.decide(desk, held.id, first.token, True)
    found = reviewing.decide(desk, held.id, second.token, False)
    assert found.waiting == 4
    assert remarks(school.as_person(trainer), held.id) == {first.text}
    own = school.as_person(trainer)
    passed_on = trainer_pages.remarks(own, trainer_pages.own_id(own))
    assert [(remark.code, remark.text) for remark in passed_on] == [(held.code, first.text)]


def test_comments__decided_otherwise_later__the_last_word_counts(school, taught):
    held, trainer = taught(5)
    desk = school.as_person(school.desk)
    first = reviewing.stack(desk, held.id).comments[0]
    reviewing.decide(desk, held.id, first.token, True)
    reviewing.decide(desk, held.id, first.token, False)
    assert remarks(school.as_person(trainer), held.id) == set()


def test_comments__one_decided__the_answers_are_read_once(school, taught):
    held, _trainer = taught(6)
    desk = school.as_person(school.desk)
    first = reviewing.stack(desk, held.id).comments[0]
    bind = school.session.get_bind()
    with asked(getattr(bind, "engine", bind)) as statements:
        found = reviewing.decide(desk, held.id, first.token, True)
    read = [one for one in statements if "anonymous_response.answers" in one]
    assert len(read) == 1
    assert found == reviewing.stack(desk, held.id)


def test_comments__all_decided__the_trainer_hears_of_it_once(school, taught):
    held, trainer = taught(5)
    desk = school.as_person(school.desk)
    reviewing.decide_rest(desk, held.id)
    reviewing.decide_rest(desk, held.id)
    assert [item.person_id for item in school.told("comments_ready")] == [trainer.id]


def test_comments__all_kept_back__the_trainer_hears_nothing(school, taught):
    held, _trainer = taught(5)
    desk = school.as_person(school.desk)
    for comment in reviewing.stack(desk, held.id).comments:
        reviewing.decide(desk, held.id, comment.token, False)
    assert school.told("comments_ready") == []


def test_comments__of_four__are_passed_on_to_nobody(school, taught):
    held, trainer = taught(4)
    with pytest.raises(Refusal, match="Fewer than"):
        reviewing.stack(school.as_person(school.desk), held.id)
    assert remarks(school.as_person(trainer), held.id) == set()


def test_comments__before_closing__cannot_be_read(school, taught):
    held = school.training_class(6)
    school.at("2026-03-04T10:00").tick()
    with pytest.raises(Refusal, match="once the questionnaire has closed"):
        reviewing.stack(school.as_person(school.desk), held.id)


def test_comments__a_member_of_the_unit_who_taught__neither_reviews_nor_reads_ahead(
    school, taught
):
    held, trainer = taught(6)
    school.add(Grant(person_id=trainer.id, role=Role.UNIT, granted_at=START))
    own = school.as_person(trainer)
    with pytest.raises(Refusal, match="You taught this class"):
        reviewing.stack(own, held.id)
    assert remarks(own, held.id) == set()


def test_comments__an_officer__is_refused(school, taught):
    held, _trainer = taught(6)
    with pytest.raises(Refusal):
        reviewing.stack(school.as_person(school.person("Officer")), held.id)


def test_comments__a_token_that_is_not_there__is_refused(school, taught):
    held, _trainer = taught(6)
    with pytest.raises(Refusal, match="not there any more"):
        reviewing.decide(school.as_person(school.desk), held.id, "0" * 12, True)
