"""Classes and their lists as the unit, trainers and others may change them."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.errors import Refusal
from bot.evaluation import class_results, interviews, remarks
from bot.forms import versions
from bot.forms.library_sync import publish_library
from bot.forms.service import Submission
from bot.i18n import render
from bot.models.people import Grant, Person, Role, Unit
from bot.models.training import EnrolmentState
from bot.reports import reaction
from bot.training import catalogue, classes, enrolments, seats


def typed(**changes: str) -> dict[str, str]:
    return {
        "code": "HS-9",
        "course": "HS",
        "starts_on": "2026-04-06",
        "ends_on": "2026-04-10",
        "seats": "20",
    } | changes


@pytest.fixture
def unit(school):
    return school.as_person(school.desk)


def test_create__all_facts__makes_the_class_and_its_coordinator(school, unit):
    card = classes.create(unit, typed(end_time="16:30", timezone="Pacific/Fiji")).card
    assert card.ends_at == dt.datetime(2026, 4, 10, 4, 30, tzinfo=dt.UTC)
    assert card.coordinator.best("en") == "Unit Member"


@pytest.mark.parametrize(
    "changes",
    [
        {"ends_on": ""},
        {"starts_on": "2026-04-12"},
        {"seats": "-1"},
        {"seats": "many"},
        {"course": "LAW"},
        {"timezone": "Mars/Olympus"},
        {"end_time": "25:00"},
        {"trainer": "nobody"},
        {"coordinator": "S999"},
        {"code": ""},
        {"code": "x" * 41},
    ],
    ids=str,
)
def test_create__a_bad_value__is_refused(school, unit, changes):
    with pytest.raises(Refusal):
        classes.create(unit, typed(**changes))


def test_create__code_taken__is_refused(school, unit):
    classes.create(unit, typed())
    with pytest.raises(Refusal):
        classes.create(unit, typed())


def test_create__by_an_officer__is_refused(school):
    with pytest.raises(Refusal):
        classes.create(school.as_person(school.person("Officer")), typed())


def test_edit__as_typed__changes_nothing(school, unit):
    made = classes.create(unit, typed(end_time="16:30")).card
    again = classes.edit(unit, made.id, classes.as_typed(unit, made.id)).card
    assert again == catalogue.card(unit, made.id) == made


def test_edit__fewer_seats_than_taken__is_refused(school, unit):
    held = school.training_class(trainees=6)
    with pytest.raises(Refusal):
        classes.edit(unit, held.id, typed(seats="5"))


def test_edit__by_a_branch_without_people_in_it__is_refused(school):
    held = school.training_class()
    branch = school.person("Branch Member")
    other = school.add(Unit(name="Inland", path="Inland"))
    school.add(
        Grant(person_id=branch.id, role=Role.UNIT, scope_unit_id=other.id, granted_at=held_at())
    )
    with pytest.raises(Refusal):
        classes.edit(school.as_person(branch), held.id, typed())


def held_at() -> dt.datetime:
    return dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def test_list__full_class__refuses_one_more(school, unit):
    held = school.training_class(trainees=2, seats=2)
    with pytest.raises(Refusal):
        enrolments.add(unit, held.id, school.person("One More").staff_no)


def test_list__taken_off_and_put_back__is_one_entry(school, unit):
    held = school.training_class(trainees=2, seats=5)
    first = enrolments.members(unit, held.id).members[0]
    enrolments.remove(unit, first.enrolment_id)
    assert seats.taken(school.session, held.id) == 1
    assert enrolments.add(unit, held.id, first.staff_no).enrolment_id == first.enrolment_id


def test_list__a_trainer__notes_attendance_but_enrols_nobody(school):
    trainer = school.trainer()
    held = school.training_class(trainer_id=trainer.id)
    teacher = school.acting(
        school.as_person(school.session.get_one(Person, trainer.person_id)).actor
    )
    member = enrolments.members(teacher, held.id).members[0]
    changed = enrolments.set_state(teacher, member.enrolment_id, EnrolmentState.NO_SHOW)
    assert changed.state is EnrolmentState.NO_SHOW
    for forbidden in (EnrolmentState.ENROLLED, EnrolmentState.WITHDRAWN):
        with pytest.raises(Refusal):
            enrolments.set_state(teacher, member.enrolment_id, forbidden)
    with pytest.raises(Refusal):
        enrolments.remove(teacher, member.enrolment_id)


def test_list__somebody_elses_trainer__sees_nothing(school):
    school.training_class(trainer_id=school.trainer("One").id)
    other = school.session.get_one(Person, school.trainer("Two").person_id)
    with pytest.raises(Refusal):
        enrolments.members(school.as_person(other), 1)


def test_results__before_closing__are_refused_to_all(school, unit):
    held = school.training_class()
    school.at("2026-03-04T10:00").tick()
    with pytest.raises(Refusal):
        class_results.read(unit, held.id)


def test_results__after_closing__the_own_trainer_reads_them_a_trainee_does_not(school):
    trainer = school.trainer()
    held = school.training_class(trainer_id=trainer.id)
    school.at("2026-03-04T10:00").tick()
    trainee = school.assignments()[0].person_id
    school.at("2026-03-11T17:00").tick()
    own = school.as_person(school.session.get_one(Person, trainer.person_id))
    assert class_results.read(own, held.id).asked == 5
    with pytest.raises(Refusal):
        class_results.read(school.as_person(school.session.get_one(Person, trainee)), held.id)


def test_remarks__on_a_trainee__are_for_the_unit_only(school):
    trainer = school.trainer()
    held = school.training_class(trainer_id=trainer.id)
    own = school.as_person(school.session.get_one(Person, trainer.person_id))
    with pytest.raises(Refusal):
        remarks.of_class(own, held.id)
    assert remarks.of_class(school.as_person(school.desk), held.id) == []


def test_naming__switched_after_sending__what_was_sent_keeps_its_promise(school, unit):
    held = school.training_class()
    school.at("2026-03-04T10:00").tick()
    classes.ask_by_name(unit, held.id, True)
    assert {row.anonymous for row in school.assignments()} == {True}
    later = school.training_class(ends_on=dt.date(2026, 3, 5))
    school.at("2026-03-05T10:00").tick()
    named = [row for row in school.assignments() if row.class_id == later.id]
    assert {row.anonymous for row in named} == {False}


def test_small_group__when_its_time_is_over__interview_and_trainer_can_be_read(school, unit):
    publish_library(school.ctx)
    trainer = school.trainer()
    held = school.training_class(trainees=3, trainer_id=trainer.id)
    school.at("2026-03-04T10:00").tick()
    version = versions.current_version(unit, interviews.FORM)
    talk = {"held_on": "2026-03-04", "overall": "4", "relevance": "Daily"}
    interviews.record(unit, Submission(version, None, interviews.purpose(unit, held.id), talk))
    with pytest.raises(Refusal):
        reaction.read(unit, {"class": held.id})
    school.at("2026-03-12T13:00").tick()
    data = reaction.read(unit, {"class": held.id})
    assert (data.trainees.asked, data.trainer.asked) == (0, 1)
    summary, interview = reaction.screens(data)
    assert "too small" in render(summary.body[0], "en")
    assert [render(words, "en") for words in interview.body] == [
        "When did you talk with the trainees? Mar 4, 2026",
        "The class overall, as the group sees it: Good",
        "Relevance, and chance to apply it at work: Daily",
    ]
    assert school.told("results_ready") == []


def test_small_group__moved_after_its_time__is_arranged_again(school):
    held = school.training_class(trainees=3)
    school.at("2026-03-12T13:00").tick()
    held.ends_on = dt.date(2026, 3, 20)
    for _number in range(3):
        school.enrol(held, school.person("Trainee"))
    school.tick()
    school.at("2026-03-20T10:00").tick()
    assert len(school.assignments()) == 6
