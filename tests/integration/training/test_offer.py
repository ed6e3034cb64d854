"""What an officer is offered: the classes to come, found in every language, and who sees them."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.errors import Refusal
from bot.models.training import EnrolmentState, Entry
from bot.training import enrolling, offer
from bot.training.offer import View
from tests.integration.training.conftest import School


def codes(
    school: School, view: View = View.CLASSES, search: str = "", who: str = "dara"
) -> list[str]:
    return [line.code for line in offer.lines(school.acting(who), view, search)]


def test_classes__to_come__are_shown_the_next_first(school: School) -> None:
    school.hold(begins_in=9)
    school.hold(begins_in=3)
    school.hold(begins_in=None)
    school.hold(begins_in=-1)
    school.hold(begins_in=5, cancelled_at=school.ctx.now())
    assert codes(school) == ["VAL-2", "VAL-1", "VAL-3"]


def test_class__that_begins_today__is_gone_at_its_hour(school: School) -> None:
    school.hold(begins_in=0, start_time=dt.time(10))
    assert codes(school) == ["VAL-1"]
    school.pass_days(1 / 24)
    assert codes(school) == []


def test_open__leaves_out_what_cannot_be_asked_for(school: School) -> None:
    school.hold()
    school.hold(entry=Entry.NOMINATED)
    school.hold(enrol_by=dt.date(2026, 3, 1))
    school.hold(enrol_by=dt.date(2026, 3, 2))
    school.hold(begins_in=None, entry=Entry.NOMINATED)
    assert codes(school, View.OPEN) == ["VAL-1", "VAL-4", "VAL-5"]


def test_fits__leaves_out_what_the_officer_lacks_the_prerequisites_of(school: School) -> None:
    school.course("HS", prerequisites='position "Inspector"')
    school.hold()
    school.hold(course="HS")
    assert codes(school, View.FITS) == ["VAL-1"]
    school.person("dara").position = "Inspector"
    assert codes(school, View.FITS) == ["VAL-1", "HS-2"]


@pytest.mark.parametrize(
    "words",
    [
        "valuation",
        "CUSTOMS  valu",
        "val-1",
        "poipet",
        "ការវាយតម្លៃ",
        "ویلیوایشن",
        "كسٹمز",
        "technical",
    ],
)
def test_search__in_any_language_or_by_code_and_place__finds(school: School, words: str) -> None:
    school.course(
        "VAL",
        title="Customs Valuation",
        titles={"km": "ការវាយតម្លៃគយ", "ur": "کسٹمز ویلیوایشن"},
        category="Technical",
    )
    school.hold(place="Poipet Hall")
    school.hold(course="HS")
    assert codes(school, search=words) == ["VAL-1"]


def test_search__finds_courses_without_classes_and_no_course_twice(school: School) -> None:
    school.course("VAL", title="Valuation")
    school.course("ADV", title="Advanced Valuation")
    school.hold()
    assert codes(school, search="valuation") == ["VAL-1", "ADV"]


def test_line__of_an_own_class__has_its_state(school: School) -> None:
    held = school.hold()
    school.request("dara", held)
    assert offer.lines(school.acting("dara"), View.CLASSES)[0].state is EnrolmentState.REQUESTED
    assert offer.lines(school.acting("rith"), View.CLASSES)[0].state is None


def test_class__that_is_over__is_shown_to_those_who_were_in_it(school: School) -> None:
    held = school.hold(begins_in=-20)
    with pytest.raises(Refusal):
        offer.require(school.acting("dara"), held.id)
    enrolling.admit(school.ctx, held.id, school.ids["dara"])
    assert offer.require(school.acting("dara"), held.id) is held


def test_guest__sees_own_classes_and_no_courses(school: School) -> None:
    school.add_person("broker", guest=True)
    other, own = school.hold(), school.hold()
    enrolling.admit(school.ctx, own.id, school.ids["broker"])
    assert codes(school, who="broker") == [own.code]
    assert codes(school, View.COURSES, who="broker") == []
    assert codes(school, search="course", who="broker") == [own.code]
    with pytest.raises(Refusal):
        offer.require(school.acting("broker"), other.id)
    with pytest.raises(Refusal):
        offer.course(school.acting("broker"), own.course_id)
