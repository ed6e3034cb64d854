"""Anonymous answers leave no trace of who gave them."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlmodel import select

from bot.errors import Refusal
from bot.evaluation import anonymous, answering
from bot.models.chats import Asked, Chat
from bot.models.evaluation import AssignmentState
from bot.models.forms import AnonymousResponse, Draft, Response
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
    assert kept.model_dump(exclude={"key", "as_it_came"}) == {
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
    place = "rowid" if school.session.get_bind().dialect.name == "sqlite" else "ctid"
    in_file = [
        kept.answers["remark"]
        for kept in school.session.exec(select(AnonymousResponse).order_by(text(place)))
    ]
    given = [f"remark {number:02}" for number in range(30)]
    assert sorted(in_file) == given
    assert in_file != given
    assert not anonymous.shuffle(school.ctx)


def test_shuffle__nobody_did_so_until_long_after_closing__is_done_all_the_same(asked):
    answer(asked, asked.assignments()[0], overall="4")
    asked.at("2026-05-04T10:00")
    assert anonymous.shuffle(asked.ctx)
    (kept,) = asked.session.exec(select(AnonymousResponse)).all()
    assert not kept.as_it_came


def test_shuffle__another_class_has_new_answers__rewrites_only_that_class(school):
    held, other = school.training_class(), school.training_class()
    school.at("2026-03-04T10:00").tick()
    first, *_rest, last = school.assignments()
    assert (first.class_id, last.class_id) == (held.id, other.id)
    answer(school, first, overall="4")
    anonymous.shuffle(school.ctx)
    answer(school, last, overall="5")
    fresh = select(AnonymousResponse.class_id).where(AnonymousResponse.as_it_came)
    assert school.session.exec(fresh).all() == [other.id]


def test_shuffle__a_draft_was_thrown_away_at_closing__has_the_files_wiped_once(asked):
    row = asked.assignments()[0]
    now = asked.clock.now()
    asked.add(
        Draft(
            user_id=1,
            version_id=asked.version.id,
            assignment_id=row.id,
            begun_at=now,
            touched_at=now,
        )
    )
    asked.at("2026-03-11T17:30").tick()
    assert asked.session.exec(select(Draft)).all() == []
    assert anonymous.shuffle(asked.ctx)
    assert not anonymous.shuffle(asked.ctx)


def test_shuffle__after_submits__chats_forget_message_numbers_times_and_questions(asked):
    row = asked.assignments()[0]
    now = asked.clock.now()
    shown = {"message_id": 9, "shown_at": now, "decided_at": now, "was_edited": True}
    asked.add(Chat(user_id=1, person_id=row.person_id, revision=12, shown_revision=12, **shown))
    begun = asked.add(Draft(user_id=1, version_id=asked.version.id, begun_at=now, touched_at=now))
    for message_id, asks in ((7, ""), (8, "q:99:remark"), (9, f"q:{begun.id}:name")):
        asked.add(Asked(user_id=1, message_id=message_id, asks=asks))
    answer(asked, row, overall="4")
    anonymous.shuffle(asked.ctx)
    chat = asked.session.exec(select(Chat)).one()
    assert (chat.message_id, chat.shown_at, chat.decided_at) == (None, None, None)
    assert [one.message_id for one in asked.session.exec(select(Asked))] == [9]


def test_shuffle__chat_is_about_another_form_by_now__is_left_as_it_is(asked):
    row = asked.assignments()[0]
    asked.add(Chat(user_id=1, person_id=row.person_id, message_id=9, asks="q:5:name", draft_id=5))
    answer(asked, row, overall="4")
    anonymous.shuffle(asked.ctx)
    assert asked.session.exec(select(Chat)).one().message_id == 9


def test_shuffle__nothing_came_in__does_nothing(asked):
    assert anonymous.shuffle(asked.ctx) is False


@pytest.mark.sqlite
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
