"""The unit's own work: courses by the matrix, years by those they concern, and what came of it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlmodel import select

from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation import answering, assignments, prefilling
from bot.evaluation.own_work import forms, matrices, matrix_results, years
from bot.evaluation.stages import COURSE_MATRIX, YEAR_REVIEW
from bot.forms import versions
from bot.forms.library_sync import publish_library
from bot.forms.service import Submission
from bot.models.delivery import OutboxItem
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.people import Grant, Person, Role
from bot.people.access import OutOfReach
from bot.reports import course_matrix, own_work_files, year_review
from tests.conftest import START
from tests.integration.evaluation.conftest import School

ITEMS = {
    "overview": 4, "objectives": 5, "assessment": 8, "materials": 5, "interaction": 5,
    "technology": 8, "support": 5, "access": 10, "gender": 3, "culture": 2,
}  # fmt: skip
"""How many items each section of the matrix has (C ch.8 case 6); what stands there as the first
item of the materials says how to judge the other five.
"""


@pytest.fixture
def house(school: School) -> School:
    publish_library(school.ctx)
    return school


def answer(house: School, assignment_id: int, **changed: object) -> None:
    """Every question of a scale with 3, but for those that are `changed`."""
    row = house.session.get_one(Assignment, assignment_id)
    ctx = house.as_person(house.session.get_one(Person, row.person_id))
    version = versions.current_version(house.ctx, row.form)
    form = versions.definition(house.ctx, version)
    given: dict[str, Any] = {
        one.name: "3" for one in form.questions if any(c.code == "3" for c in one.choices)
    }
    answering.take(ctx, Submission(version, assignment_id, {}, given | changed))


def desk(house: School) -> Ctx:
    return house.as_person(house.desk)


def executive(house: School) -> Ctx:
    person = house.person("Executive")
    house.add(Grant(person_id=person.id, role=Role.EXECUTIVE, granted_at=START))
    return house.as_person(person)


def words(screens: object) -> str:
    return repr(screens)


def test_matrix__its_sections_and_items__are_those_of_the_source(house: School) -> None:
    version = versions.current_version(house.ctx, COURSE_MATRIX.form)
    form = versions.definition(house.ctx, version)
    found = {
        group.name: sum(group.name in one.groups for one in form.questions)
        for group in form.groups
    }
    assert found == ITEMS
    assert all(group.is_grid for group in form.groups)


def test_course__evaluated_by_two__is_summed_up_by_section(house: School) -> None:
    own = matrices.ask_self(desk(house), house.course.id)
    assert matrices.ask_self(desk(house), house.course.id) == own
    reviewer = house.person("Expert")
    matrices.ask_reviewer(desk(house), house.course.id, reviewer.id, 10)
    answer(house, own, way="1", length="2", languages="na", people_fit="na", strengths="Cases")
    answer(house, house.assignments("course_matrix")[1].id, way="2", languages="na")
    found = matrix_results.read(desk(house), house.course.id)
    assert found.found.answered == found.found.asked == 2
    by_name = {section.name: section for section in found.sections}
    overview = by_name["overview"]
    assert overview.counts == (1, 2, 5, 0)
    assert overview.mean == pytest.approx((1 + 2 + 2 + 3 * 5) / 8)
    assert (by_name["culture"].mean, by_name["culture"].counts) == (3, (0, 0, 1, 0))
    assert [(item.name, item.mean) for item in found.weak] == [("way", 1.5)]
    assert "Cases" in words(course_matrix.screens(found))


def test_course__evaluated_again_next_year__is_compared_with_the_last_time(house: School) -> None:
    first = matrices.ask_self(desk(house), house.course.id)
    answer(house, first, way="1")
    with pytest.raises(Refusal, match="has evaluated this course this year"):
        matrices.ask_self(desk(house), house.course.id)
    house.at("2027-02-01T03:00")
    answer(house, matrices.ask_self(desk(house), house.course.id), way="4")
    found = matrix_results.read(desk(house), house.course.id)
    assert (found.year, found.earlier) == (2027, 2026)
    way = found.sections[0].items[0]
    assert (way.name, way.mean, way.before) == ("way", 4, 1)
    assert found.sections[0].before == pytest.approx(2.5)
    assert "In brackets" in words(course_matrix.screens(found))
    assert matrix_results.years(house.ctx, house.course.id) == [2027, 2026]


def test_course__report__has_a_picture_of_its_sections_and_a_workbook(house: School) -> None:
    answer(house, matrices.ask_self(desk(house), house.course.id))
    found = matrix_results.read(desk(house), house.course.id)
    names = [file.name for file in own_work_files.of_course(found, "ur")]
    assert names == ["course-HS-2026-1.png", "course-HS-2026.xlsx"]


def test_reviewer__asked_and_taken_back__is_told_once_and_owes_nothing(house: School) -> None:
    reviewer = house.person("Expert")
    name = matrices.ask_reviewer(desk(house), house.course.id, reviewer.id, 10)
    assert "Expert" in str(name)
    [card] = assignments.tasks(house.as_person(reviewer))
    assert "Harmonized System" in str(card.about)
    known = prefilling.answers(house.as_person(reviewer), card.assignment_id)
    assert known == {"course": "Harmonized System"}
    [told] = house.session.exec(select(OutboxItem).where(OutboxItem.notice == "own_work_due"))
    with pytest.raises(Refusal, match="has been asked about this course"):
        matrices.ask_reviewer(desk(house), house.course.id, reviewer.id, 10)
    assert matrices.take_back(desk(house), card.assignment_id) == house.course.id
    assert told.state == "dropped"
    assert assignments.tasks(house.as_person(reviewer)) == []
    assert matrices.reviewers(desk(house), house.course.id) == []
    with pytest.raises(Refusal, match="not open any more"):
        matrices.take_back(desk(house), card.assignment_id)
    with pytest.raises(Refusal, match="again tomorrow"):
        matrices.ask_reviewer(desk(house), house.course.id, reviewer.id, 10)
    house.at("2026-03-04T03:00")
    matrices.ask_reviewer(desk(house), house.course.id, reviewer.id, 10)


def test_reviewer__who_left__cannot_be_asked(house: School) -> None:
    gone = house.person("Gone", active=False)
    with pytest.raises(Refusal, match="who serve"):
        matrices.ask_reviewer(desk(house), house.course.id, gone.id, 10)
    purpose = {"course_id": house.course.id}
    with pytest.raises(Refusal, match="not on the roster"):
        forms.submit(desk(house), Submission(1, None, purpose, {"person": "S99", "days": "10"}))


def test_year__asked__concerns_trainers_heads_and_the_unit_once_each(house: School) -> None:
    head = house.person("Head")
    officer = house.person("Officer", supervisor_id=head.id)
    house.desk.supervisor_id = head.id
    trainer = house.trainer()
    house.session.get_one(Person, trainer.person_id).supervisor_id = head.id
    house.add(Grant(person_id=head.id, role=Role.UNIT, granted_at=START))
    found = years.invited(desk(house))
    assert found.heads == {head.id}
    assert found.unit == {head.id, house.desk.id}
    assert found.trainers == {trainer.person_id}
    assert officer.id not in found.everybody
    assert years.ask(desk(house), 2026) == 3
    assert len(house.told("own_work_due")) == 3
    with pytest.raises(Refusal, match="Everybody has been asked"):
        years.ask(desk(house), 2026)
    late = house.trainer("New Trainer")
    assert years.not_asked_yet(desk(house), 2026) == {late.person_id}
    assert years.ask(desk(house), 2026) == 1
    for year in (2024, 2027):
        with pytest.raises(Refusal, match="Only this year and the last"):
            years.ask(desk(house), year)


def test_year__answered__is_shown_without_names_beside_the_year_before(house: School) -> None:
    trainer = house.trainer()
    with pytest.raises(Refusal, match="Nobody has answered"):
        years.read(desk(house), 2026)
    years.ask(desk(house), 2025)
    for row in house.assignments(YEAR_REVIEW.name):
        answer(house, row.id, overall="2")
    years.ask(desk(house), 2026)
    for row in house.assignments(YEAR_REVIEW.name)[2:]:
        said = {"plan": "na", "best": "The mobile classes"}
        answer(house, row.id, overall="5", **said if row.person_id == trainer.person_id else {})
    found = years.read(executive(house), 2026)
    assert (found.told.mean("overall"), found.told.mean("plan")) == (5, 3)
    assert found.before is not None
    assert found.before.mean("overall") == 2
    shown = words(year_review.screens(found))
    assert "The mobile classes" in shown
    assert "Lead Trainer" not in shown
    names = [file.name for file in own_work_files.of_year(found, "km")]
    assert names[-1] == "year-2026.xlsx"
    assert all(re.fullmatch(r"year-2026-\d\.png", name) for name in names[:-1])
    assert len(names) > 2


def test_answers__after_the_closing__are_not_taken(house: School) -> None:
    own = matrices.ask_self(desk(house), house.course.id)
    house.at("2026-05-01T03:00").tick()
    with pytest.raises(Refusal, match="has closed"):
        answer(house, own)
    [row] = house.assignments(COURSE_MATRIX.name)
    assert row.state is AssignmentState.CLOSED
    with pytest.raises(Refusal, match="Nobody has evaluated"):
        matrix_results.read(desk(house), house.course.id)


def test_reach__executives_read_and_officers_do_neither(house: School) -> None:
    assert matrices.courses(executive(house)) == []
    answer(house, matrices.ask_self(desk(house), house.course.id))
    reader = executive(house)
    assert [line.year for line in matrices.courses(reader, "harm")] == [2026]
    assert matrices.courses(reader, "valuation") == []
    officer = house.as_person(house.person("Officer"))
    about = house.course.id
    for ctx in (reader, officer):
        for act in (
            lambda ctx=ctx: matrices.ask_self(ctx, about),
            lambda ctx=ctx: matrices.ask_reviewer(ctx, about, house.desk.id, 5),
            lambda ctx=ctx: matrices.take_back(ctx, 1),
            lambda ctx=ctx: matrices.reviewers(ctx, about),
            lambda ctx=ctx: years.ask(ctx, 2026),
            lambda ctx=ctx: years.invited(ctx),
        ):
            with pytest.raises(OutOfReach):
                act()
    for act in (
        lambda: matrices.courses(officer),
        lambda: matrix_results.read(officer, about),
        lambda: years.counts(officer, 2026),
        lambda: years.read(officer, 2026),
        lambda: years.shown(officer),
    ):
        with pytest.raises(OutOfReach):
            act()
