"""Anonymous answers leave no trace of who gave them."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlmodel import select

from bot.errors import Refusal
from bot.evaluation import anonymous, answering
from bot.models.evaluation import AssignmentState
from bot.models.forms import AnonymousResponse, Draft, Response, ShuffleDue
from bot.models.system import AuditEntry


@pytest.fixture
def asked(school):
    school.training_class()
    school.at("2026-03-04T10:00").tick()
    return school


def answer(school, row, **answers):
    person = school.session.get(anonymous.Person, row.person_id)
    answering.take_trainee_reaction(school.as_person(person), school.submission(row, **answers))


def test_submit__anonymous__keeps_class_gender_and_answers_only(asked):
    row = asked.assignments()[0]
    answer(asked, row, overall="4", device="phone-17")
    (kept,) = asked.session.exec(select(AnonymousResponse)).all()
    assert kept.model_dump(exclude={"key"}) == {
        "version_id": asked.version.id,
        "class_id": row.class_id,
        "stage": "reaction_trainee",
        "gender": "m",
        "answers": {"overall": "4"},
    }
    assert row.state is AssignmentState.ANSWERED


def test_submit__anonymous__writes_no_audit_no_response_and_moves_no_notice(asked):
    before = [item.model_dump() for item in asked.told("reaction_due")]
    audited = len(asked.session.exec(select(AuditEntry)).all())
    answer(asked, asked.assignments()[0], overall="4")
    assert asked.session.exec(select(Response)).all() == []
    assert len(asked.session.exec(select(AuditEntry)).all()) == audited
    assert [item.model_dump() for item in asked.told("reaction_due")] == before


def test_submit__anonymous__drafts_of_the_assignment_are_gone(asked):
    row = asked.assignments()[0]
    now = asked.clock.now()
    for user_id in (1, 2):
        asked.session.add(
            Draft(
                user_id=user_id,
                version_id=asked.version.id,
                assignment_id=row.id,
                begun_at=now,
                touched_at=now,
            )
        )
    answer(asked, row, overall="4")
    assert asked.session.exec(select(Draft)).all() == []


def test_submit__twice__is_refused_and_kept_once(asked):
    row = asked.assignments()[0]
    answer(asked, row, overall="4")
    with pytest.raises(Refusal):
        answer(asked, row, overall="5")
    assert len(asked.session.exec(select(AnonymousResponse)).all()) == 1


def test_submit__after_closing_but_before_the_tick__is_refused(asked):
    asked.at("2026-03-11T17:30")
    with pytest.raises(Refusal):
        answer(asked, asked.assignments()[0], overall="4")


def test_submit__for_somebody_else__is_refused_even_to_the_unit(asked):
    row = asked.assignments()[0]
    with pytest.raises(Refusal):
        answering.take_trainee_reaction(
            asked.as_person(asked.desk), asked.submission(row, overall="1")
        )


def test_submit__named__keeps_who_and_when(school):
    school.course.anonymous_reaction = False
    school.training_class()
    school.at("2026-03-04T10:00").tick()
    row = school.assignments()[0]
    answer(school, row, overall="2")
    (kept,) = school.session.exec(select(Response)).all()
    assert (kept.person_id, kept.keyed_in_by) == (row.person_id, None)


def test_submit__named_and_keyed_in_by_the_unit__says_who_typed(school):
    school.course.anonymous_reaction = False
    school.training_class()
    school.at("2026-03-04T10:00").tick()
    row = school.assignments()[0]
    answering.take_trainee_reaction(
        school.as_person(school.desk), school.submission(row, overall="2")
    )
    (kept,) = school.session.exec(select(Response)).all()
    assert (kept.person_id, kept.keyed_in_by) == (row.person_id, school.desk.id)


def test_shuffle__after_submits__loses_nothing_and_forgets_the_order(school):
    school.training_class(trainees=30)
    school.at("2026-03-04T10:00").tick()
    for number, row in enumerate(school.assignments()):
        answer(school, row, remark=f"remark {number:02}")
    assert anonymous.shuffle(school.ctx)
    in_file = [
        kept.answers["remark"]
        for kept in school.session.exec(select(AnonymousResponse).order_by(text("rowid")))
    ]
    given = [f"remark {number:02}" for number in range(30)]
    assert sorted(in_file) == given
    assert in_file != given
    assert school.session.get(ShuffleDue, 1).waiting is False


def test_shuffle__nothing_came_in__does_nothing(asked):
    assert anonymous.shuffle(asked.ctx) is False


def test_scrub__after_deleting__the_file_holds_no_draft_answer(database, settings):
    secret = "a remark nobody may read again"
    with database.transaction() as session:
        session.execute(text("CREATE TABLE leftover (words TEXT)"))
        session.execute(text("INSERT INTO leftover VALUES (:words)"), {"words": secret})
    with database.transaction() as session:
        session.execute(text("DELETE FROM leftover"))
    anonymous.scrub(database.engine)
    files = settings.sqlite_path.parent.glob("rollcall.db*")
    assert not any(secret.encode() in file.read_bytes() for file in files)
