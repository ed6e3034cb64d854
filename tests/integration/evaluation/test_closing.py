"""The end of a questionnaire: closed where each person is, results when all are."""

from __future__ import annotations

import datetime as dt

from sqlmodel import select

from bot.delivery.notices.registry import NOTICES, Drop, Item, Reader, load_all
from bot.evaluation import closing
from bot.i18n import render
from bot.models.evaluation import AssignmentState
from bot.models.forms import Draft
from bot.models.people import Grant, Person, Role, Unit

load_all()


def test_closing__end_of_the_seventh_day__closes_what_is_open(school):
    held = school.training_class()
    school.at("2026-03-04T10:00").tick()
    school.at("2026-03-11T16:58").tick()
    assert {row.state for row in school.assignments()} == {AssignmentState.OPEN}
    assert not closing.results_are_open(school.session, held.id)
    school.at("2026-03-11T16:59").tick()
    assert {row.state for row in school.assignments()} == {AssignmentState.CLOSED}
    assert closing.results_are_open(school.session, held.id)


def test_closing__results__keeper_and_lead_trainer_are_told_once(school):
    trainer = school.trainer()
    school.training_class(trainer_id=trainer.id)
    school.at("2026-03-04T10:00").tick()
    school.at("2026-03-11T17:00").tick()
    school.tick()
    told = [item.person_id for item in school.told("results_ready")]
    assert sorted(told) == sorted([school.desk.id, trainer.person_id])


def test_closing__a_trainee_far_west__keeps_results_shut_until_their_day_ends(school):
    held = school.training_class()
    school.enrol(held, school.person("Far Away", timezone="Pacific/Pago_Pago"))
    school.at("2026-03-04T10:00").tick()
    school.at("2026-03-11T17:00").tick()
    assert not closing.results_are_open(school.session, held.id)
    school.at("2026-03-12T10:59").tick()
    assert closing.results_are_open(school.session, held.id)


def test_closing__everybody_answered__results_wait_for_the_closing_time_all_the_same(school):
    held = school.training_class()
    school.at("2026-03-04T10:00").tick()
    for row in school.assignments():
        row.state = AssignmentState.ANSWERED
    school.at("2026-03-05T10:00").tick()
    assert not closing.results_are_open(school.session, held.id)
    assert closing.next_closing(school.ctx, school.clock.now()) == dt.datetime(
        2026, 3, 11, 16, 59, tzinfo=dt.UTC
    )
    school.at("2026-03-11T17:00").tick()
    assert closing.results_are_open(school.session, held.id)


def test_closing__unsubmitted_answers__are_forgotten(school):
    school.training_class()
    school.at("2026-03-04T10:00").tick()
    owed = school.assignments()[0]
    school.session.add(
        Draft(
            user_id=1,
            version_id=school.version.id,
            assignment_id=owed.id,
            begun_at=school.clock.now(),
            touched_at=school.clock.now(),
        )
    )
    school.at("2026-03-11T17:00").tick()
    assert school.session.exec(select(Draft)).all() == []


def test_results_ready__several_classes_at_once__are_one_message_with_a_button_each(school):
    first, second = school.training_class(), school.training_class()
    school.at("2026-03-04T10:00").tick()
    school.at("2026-03-11T17:00").tick()
    told = [item for item in school.told("results_ready") if item.person_id == school.desk.id]
    items = [Item(item.id, item.params, item.due_at) for item in told]
    assert {item.merge for item in told} == {"results"}
    reader = Reader(1, school.desk.id, "en", "UTC", school.clock.now())
    screen = NOTICES["results_ready"].render(school.ctx, items, reader)
    assert render(screen.title, "en") == "2 questionnaires have closed"
    lines = [render(line, "en") for line in screen.body]
    assert lines[0] == "Harmonized System, class HS-1"
    assert lines[1] == "Answered: 0 of 5 (0%)."
    assert [row[0].action for row in screen.rows] == [f"rep:{first.id}", f"rep:{second.id}"]


def test_results_ready__directors__are_told_of_classes_in_their_part_only(school):
    near, far = school.person("Director"), school.person("Director Elsewhere")
    hills = school.add(Unit(name="Hills", path="Hills"))
    for person, scope in ((near, None), (far, hills.id)):
        school.add(
            Grant(
                person_id=person.id,
                role=Role.EXECUTIVE,
                scope_unit_id=scope,
                granted_at=school.clock.now(),
            )
        )
    school.training_class()
    school.at("2026-03-04T10:00").tick()
    school.at("2026-03-11T17:00").tick()
    told = [item.person_id for item in school.told("results_ready")]
    assert sorted(told) == sorted([school.desk.id, near.id])


def test_results_ready__whoever_keeps_the_class_no_longer__is_told_nothing(school):
    trainer = school.trainer()
    held = school.training_class(trainer_id=trainer.id)
    school.at("2026-03-04T10:00").tick()
    school.at("2026-03-11T17:00").tick()
    held.trainer_id = school.trainer("Another").id
    school.session.flush()
    (item,) = [one for one in school.told("results_ready") if one.person_id == trainer.person_id]
    person = school.session.get_one(Person, trainer.person_id)
    reader = Reader(1, person.id, "en", "UTC", school.clock.now())
    told = NOTICES["results_ready"].render(
        school.as_person(person), [Item(item.id, item.params, item.due_at)], reader
    )
    assert isinstance(told, Drop)
