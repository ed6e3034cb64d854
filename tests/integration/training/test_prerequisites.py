"""Who meets a rule of prerequisites on the day a class begins, and what is said to the others."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.errors import Refusal
from bot.i18n import render
from bot.models.records import Equivalence, TrainingRecord
from bot.models.training import Course, Enrolment, EnrolmentState, TrainingClass
from bot.training import enrolling, prerequisites
from tests.integration.training.conftest import BEGINS_IN, School

TODAY = dt.date(2026, 3, 2)
BEGINS = TODAY + dt.timedelta(days=BEGINS_IN)


def class_with(school: School, rule: str) -> TrainingClass:
    school.course("VAL", prerequisites=rule)
    return school.hold()


def missing(school: School, rule: str) -> list[str]:
    """What Dara lacks for a class of a course with this rule, in English."""
    held = class_with(school, rule)
    found = prerequisites.unmet(school.acting("dara"), held, school.ids["dara"])
    return [render(sentence, "en") for sentence in found]


def record(school: School, day: dt.date, course: Course | None = None, title: str = "") -> None:
    school.add(
        TrainingRecord(
            person_id=school.ids["dara"],
            course_id=course.id if course else None,
            title=title,
            completed_on=day,
        )
    )


@pytest.mark.parametrize("rule", ["", "Knowledge of valuation", "NOSUCH"])
def test_words__that_are_no_rule__are_checked_by_nobody(school: School, rule: str) -> None:
    assert missing(school, rule) == []


def test_course__never_completed__is_missing_and_the_way_to_it_is_named(school: School) -> None:
    school.course("HS", title="Harmonized System")
    assert missing(school, "hs") == [
        "Harmonized System has to be completed before. No class of it is planned."
    ]


def test_course__with_classes_to_come__the_next_is_named(school: School) -> None:
    school.hold(course="HS", begins_in=None)
    assert missing(school, "HS")[0].endswith("Class HS-1 gathers interest in it.")
    school.hold(course="HS", begins_in=9)
    school.hold(course="HS", begins_in=7, cancelled_at=school.ctx.now())
    second = prerequisites.unmet_of(school.ctx, "HS", school.ids["dara"], BEGINS)
    assert render(second[0], "en").endswith("Class HS-3 gives it, from Mar 11, 2026.")


def test_course__in_which_a_place_is_held__is_named_first(school: School) -> None:
    school.hold(course="HS", begins_in=2)
    own = school.hold(course="HS", begins_in=9)
    school.approved("dara", own)
    assert "Class HS-2 gives it" in missing(school, "HS")[0]


@pytest.mark.parametrize(
    ("days_ago", "rule", "is_met"),
    [
        (1, "HS", True),
        (5000, "HS", True),
        (0, "HS", True),
        (700, "HS within 2 years", True),
        (730, "HS within 2 years", True),
        (731, "HS within 2 years", False),
        (-1, "HS", False),
    ],
)
def test_record__counts_by_the_day_the_class_begins(
    school: School, days_ago: int, rule: str, is_met: bool
) -> None:
    record(school, BEGINS - dt.timedelta(days=days_ago), school.course("HS"))
    assert (missing(school, rule) == []) is is_met


def test_record__too_old__is_named_with_the_day_needed(school: School) -> None:
    record(school, dt.date(2023, 5, 6), school.course("HS", title="Harmonized System"))
    said = missing(school, "HS within 2 years")[0]
    assert said.startswith(
        "Harmonized System was completed on May 6, 2023. It has to be on Mar 16, 2024 or later."
    )


def test_class__completed_here__counts_and_attended_does_not(school: School) -> None:
    held = school.hold(course="HS", begins_in=-30)
    row = school.add(
        Enrolment(
            class_id=held.id,
            person_id=school.ids["dara"],
            state=EnrolmentState.ATTENDED,
            changed_at=school.ctx.now(),
        )
    )
    assert missing(school, "HS") != []
    row.state = EnrolmentState.COMPLETED
    assert prerequisites.unmet_of(school.ctx, "HS", school.ids["dara"], BEGINS) == ()


def test_equivalent__course_or_title__counts(school: School) -> None:
    hs, old = school.course("HS"), school.course("TARIFF")
    school.add(Equivalence(course_id=hs.id, title="CLiKC! Harmonized System"))
    school.add(Equivalence(course_id=hs.id, title="", other_course_id=old.id))
    record(school, TODAY, title="Another certificate")
    assert missing(school, "HS") != []
    record(school, TODAY, title="clikc!  harmonized system")
    assert prerequisites.unmet_of(school.ctx, "HS", school.ids["dara"], BEGINS) == ()
    record(school, TODAY, old)
    assert prerequisites.unmet_of(school.ctx, "HS", school.ids["dara"], BEGINS) == ()
    # What counts as HS does not the other way round.
    assert prerequisites.unmet_of(school.ctx, "TARIFF", school.ids["rith"], BEGINS) != ()


def test_post__reached_by_the_first_day__is_enough(school: School) -> None:
    dara = school.person("dara")
    dara.in_post_since = None
    assert "does not say since when" in missing(school, "in post 6 months")[0]
    for since, is_met in ((dt.date(2025, 9, 16), True), (dt.date(2025, 9, 17), False)):
        dara.in_post_since = since
        lacks = prerequisites.unmet_of(school.ctx, "in post 6 months", dara.id, BEGINS)
        assert (lacks == ()) is is_met


def test_position__in_any_spelling__is_compared(school: School) -> None:
    assert missing(school, 'position "OFFICER" or "Inspector"') == []
    school.person("dara").position = "Clerk"
    lacks = prerequisites.unmet_of(school.ctx, 'position "A" or "B"', school.ids["dara"], BEGINS)
    assert render(lacks[0], "en") == "This is for the positions A and B."


def test_rule__with_or__names_every_way(school: School) -> None:
    school.course("HS")
    lines = missing(school, 'HS or position "Inspector"')[0].splitlines()
    assert lines[0] == "One of these is needed:"
    assert len(lines) == 3
    school.person("dara").position = "Inspector"
    rule = 'HS or position "Inspector"'
    assert prerequisites.unmet_of(school.ctx, rule, school.ids["dara"], BEGINS) == ()


def test_request__without_what_is_needed__is_refused_and_an_order_is_not(school: School) -> None:
    school.course("HS")
    held = class_with(school, "HS")
    with pytest.raises(Refusal) as refused:
        school.request("dara", held)
    assert "has to be completed before" in render(refused.value.sentence, "en")
    enrolling.order(school.ctx, held.id, school.ids["dara"])
    assert school.state("dara", held) is EnrolmentState.ENROLLED


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", None),
        ("hs and VAL", None),
        ("HS and NEW", "There is no course NEW."),
        ("NEW or OLD", "There are no courses NEW and OLD."),
        ("HS and", "The rule ends too early: something is missing after its last word."),
    ],
)
def test_fault__of_a_rule__is_said(text: str, says: str | None) -> None:
    fault = prerequisites.fault_in(text, {"HS", "VAL"})
    assert (render(fault, "en") if fault else None) == says


def test_rule__in_words__says_what_belongs_together(school: School) -> None:
    school.course("HS", title="Harmonized System", titles={"km": "ប្រព័ន្ធសុខដុម"})
    rule = 'HS within 2 years and (in post 6 months or position "Inspector" or "Appraiser")'
    words = prerequisites.shown(school.ctx, rule)
    assert render(words, "en") == (
        "Harmonized System in the last 2 years and "
        "(6 months in the present post or the position Inspector or Appraiser)"
    )
    assert "ប្រព័ន្ធសុខដុម" in render(words, "km")
    assert render(prerequisites.shown(school.ctx, "Some experience"), "en") == "Some experience"
