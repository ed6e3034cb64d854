"""The catalogue: courses made and corrected, what counts as one, programs, foreign offers."""

from __future__ import annotations

from typing import Any

import pytest

from bot.errors import Refusal
from bot.i18n import render
from bot.models.people import Role
from bot.models.training import Course
from bot.training import class_details, courses, foreign_offers, programs
from bot.training.courses import CourseCard
from tests.integration.training.conftest import School


def create(school: School, **typed: Any) -> CourseCard:
    answers = {"code": "ORI", "title": "Rules of Origin"} | typed
    return courses.create(school.acting("unit"), answers).card


def test_course__made_with_title_alone__has_the_usual_rules(school: School) -> None:
    card = create(school)
    assert (card.needs_approval, card.has_charter, card.has_certificate) == (True, True, True)
    assert (card.reaction_required, card.least_attendance, card.pass_mark) == (False, 80, None)


def test_course__every_field__is_kept_and_shown_again_as_typed(school: School) -> None:
    typed = {
        "title_km": "ដើមកំណើត",
        "category": "technical",
        "mode": "self-paced",
        "hours": "12.5",
        "min_seats": "5",
        "max_seats": "20",
        "prerequisites": "in post 6 months",
        "objectives": "Tells where goods come from",
        "needs_approval": "no",
        "has_charter": "no",
        "has_certificate": "yes",
        "reaction_required": "yes",
        "least_attendance": "90",
        "pass_mark": "60",
    }
    card = create(school, **typed)
    again = courses.as_typed(school.acting("unit"), card.id)
    assert again == typed | {"title": "Rules of Origin"}
    edited = courses.edit(school.acting("unit"), card.id, again | {"hours": ""})
    assert (edited.card.hours, edited.card.pass_mark, edited.card.mode) == (None, 60, "self-paced")


@pytest.mark.parametrize(
    "typed",
    [
        {"code": "two words"},
        {"code": ""},
        {"code": "VAL"},
        {"title": " "},
        {"mode": "by post"},
        {"hours": "many"},
        {"hours": "-1"},
        {"min_seats": "30", "max_seats": "20"},
        {"pass_mark": "101"},
        {"least_attendance": "0"},
        {"title": "x" * 201},
    ],
    ids=str,
)
def test_course__what_cannot_be__refused(school: School, typed: dict[str, str]) -> None:
    school.course("VAL")
    with pytest.raises(Refusal):
        create(school, **typed)


def test_course__prerequisites_that_are_no_rule__are_kept_with_a_warning(school: School) -> None:
    saved = courses.create(
        school.acting("unit"), {"code": "ORI", "title": "Origin", "prerequisites": "LAW or ORI"}
    )
    assert saved.card.prerequisites == "LAW or ORI"
    assert saved.warning is not None
    assert render(saved.warning, "en") == "There is no course LAW."


def test_course__found_by_its_title_in_any_language(school: School) -> None:
    create(school, title_km="ដើមកំណើត", title_ur="اصل کے قواعد", category="technical")
    school.course("VAL")
    unit = school.acting("unit")
    for words in ("origin", "ដើម", "قواعد", "TECHNICAL ori"):
        assert [line.code for line in courses.find(unit, words)] == ["ORI"]
    assert [line.code for line in courses.find(unit)] == ["ORI", "VAL"]


def test_course__of_a_language_the_form_does_not_ask_for__keeps_its_title(school: School) -> None:
    course = school.course("VAL", titles={"fr": "Valeur", "km": "ក"})
    unit = school.acting("unit")
    courses.edit(unit, course.id, courses.as_typed(unit, course.id) | {"title_km": "ខ"})
    assert course.titles == {"fr": "Valeur", "km": "ខ"}


def test_course__by_the_unit_of_one_part__is_read_and_not_changed(school: School) -> None:
    branch = school.add_person("branch")
    school.grant("branch", Role.UNIT, school.add_unit("Inland"))
    course = school.course("VAL")
    ctx = school.acting("branch")
    assert courses.card(ctx, course.id).code == "VAL"
    with pytest.raises(Refusal):
        courses.edit(ctx, course.id, {"title": "Other"})
    with pytest.raises(Refusal):
        programs.create(ctx, {"code": "P", "title": "P"})
    assert branch.id is not None
    with pytest.raises(Refusal):
        courses.find(school.acting("dara"))


def test_equivalent__course_or_title__counts_until_it_is_taken_away(school: School) -> None:
    card = create(school)
    school.course("OLD")
    unit = school.acting("unit")
    courses.add_equivalent(unit, card.id, {"course": "OLD"})
    with_both = courses.add_equivalent(unit, card.id, {"title": "CLiKC! Origin"})
    assert [one.code for one in with_both.equivalents] == ["OLD", ""]
    left = courses.drop_equivalent(unit, with_both.equivalents[0].id)
    assert [one.title for one in left.equivalents] == ["CLiKC! Origin"]
    with pytest.raises(Refusal):
        courses.drop_equivalent(unit, with_both.equivalents[0].id)


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"course": "OLD", "title": "Both"},
        {"course": "ORI"},
        {"course": "NONE"},
        {"title": "clikc! origin"},
        {"course": "KNOWN"},
    ],
    ids=str,
)
def test_equivalent__what_cannot_count__refused(school: School, typed: dict[str, str]) -> None:
    card = create(school)
    school.course("OLD")
    school.course("KNOWN")
    unit = school.acting("unit")
    courses.add_equivalent(unit, card.id, {"title": "CLiKC! Origin"})
    courses.add_equivalent(unit, card.id, {"course": "KNOWN"})
    with pytest.raises(Refusal):
        courses.add_equivalent(unit, card.id, typed)


def test_program__courses_in_the_order_they_came__and_taken_out(school: School) -> None:
    unit = school.acting("unit")
    made = programs.create(unit, {"code": "BASIC", "title": "Basic training"})
    ids = {code: school.course(code).id for code in ("VAL", "HS", "IPR")}
    for code in ids:
        programs.add_course(unit, made.id, code)
    left = programs.drop_course(unit, made.id, ids["HS"])
    assert [line.code for line in left.courses] == ["VAL", "IPR"]
    with pytest.raises(Refusal):
        programs.add_course(unit, made.id, "VAL")
    with pytest.raises(Refusal):
        programs.create(unit, {"code": "BASIC", "title": "Again"})
    assert [card.code for card in programs.find(unit)] == ["BASIC"]


def test_foreign_offer__kept_with_its_class__blank_takes_a_fact_away(school: School) -> None:
    abroad: Course = school.course("ABROAD", mode="foreign offer")
    held = school.hold(course="ABROAD")
    unit = school.acting("unit")
    assert held.course_id == abroad.id
    assert class_details.of_class(unit, held.id).is_foreign
    foreign_offers.keep(unit, held.id, {"donor": "Japan", "paid_by": "JICA"})
    foreign_offers.keep(unit, held.id, foreign_offers.of_class(unit, held.id) | {"paid_by": ""})
    assert held.offer == {"donor": "Japan"}
