"""Who won a place by lot beside who did not, offices that sent people beside the others."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlmodel import select

from bot.errors import Refusal
from bot.evaluation.impact import comparison, costs, offices, said
from bot.evaluation.impact.comparison import Compared, Comparison
from bot.evaluation.stages import FOLLOW_UP_SUPERVISOR, POST_TEST
from bot.i18n import render
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.forms import FormVersion, Response
from bot.models.impact import Better, Lottery, LotteryEntry
from bot.models.records import Mark
from bot.models.tests import TestAttempt
from bot.models.training import EnrolmentState as S
from bot.models.training import TrainingClass
from tests.integration.impact.conftest import TWO_MONTHS, School

DRAWN = dt.datetime(2025, 10, 20, tzinfo=dt.UTC)
WINNERS = ("dara", "bopha", "bilal", "rith", "maly")
OTHERS = ("o1", "o2", "o3", "o4", "o5")


def drawn_class(school: School) -> TrainingClass:
    """Five won a place by lot, five did not."""
    for key in OTHERS:
        school.add_person(key)
    held = school.past_class(*WINNERS)
    costs.assume(school.acting("unit"), held.id, TWO_MONTHS)
    lottery = school.add(Lottery(class_id=held.id, drawn_at=DRAWN, seed="7", seats=5))
    for place, key in enumerate((*WINNERS, *OTHERS), 1):
        school.add(
            LotteryEntry(
                lottery_id=lottery.id,
                person_id=school.ids[key],
                place=place,
                won=key in WINNERS,
            )
        )
    return held


def version(school: School) -> FormVersion:
    return school.add(
        FormVersion(
            form="x", version=1, structure="", digest="", definition={}, made_at=school.ctx.now()
        )
    )


def assignment(school: School, held: TrainingClass, key: str, stage: str) -> Assignment:
    return school.add(
        Assignment(
            person_id=school.ids["sokha"],
            stage=stage,
            subject=f"class:{held.id}:person:{school.ids[key]}",
            occasion=dt.date(2025, 12, 14),
            form="x",
            class_id=held.id,
            about_id=school.ids[key],
            opens_at=school.ctx.now(),
            closes_at=school.ctx.now(),
            state=AssignmentState.ANSWERED,
        )
    )


def attempt(school: School, held: TrainingClass, key: str, percent: int, number: int = 1) -> None:
    stage = POST_TEST.name if number == 1 else f"{POST_TEST.name}_again"
    school.add(
        TestAttempt(
            assignment_id=assignment(school, held, key, stage).id,
            number=number,
            version_id=school.version_id,
            person_id=school.ids[key],
            class_id=held.id,
            stage=POST_TEST.name,
            answers={},
            marks={},
            points=percent * 1000,
            maximum=100_000,
            handed_in_at=school.ctx.now(),
        )
    )


def read(school: School, held: TrainingClass) -> Comparison:
    return comparison.of_class(school.acting("director"), held.id)


def outcome(found: Comparison, code: str) -> Compared:
    return next(one for one in found.compared if one.outcome.code == code)


def test_comparison__test_marks__best_attempts_by_lot(school: School) -> None:
    held = drawn_class(school)
    school.version_id = version(school).id
    for key, percent in zip(WINNERS, (70, 80, 90, 85, 75), strict=True):
        attempt(school, held, key, percent)
    attempt(school, held, "maly", 95, number=2)
    for key, percent in zip(OTHERS, (50, 60, 55, 65, 70), strict=True):
        attempt(school, held, key, percent)
    found = outcome(read(school, held), "test")
    assert (found.winners, found.others) == (5, 5)
    assert found.difference is not None
    assert (found.difference.second, found.difference.first) == (84.0, 60.0)
    assert found.difference.is_sure
    assert "Winning a place made it better" in render(said.verdict(found, 5), "en")


def test_comparison__won_and_stayed_away__counts_as_won(school: School) -> None:
    held = drawn_class(school)
    school.version_id = version(school).id
    row = school.enrolment("dara", held)
    row.state = S.NO_SHOW
    late = school.past_class("o1")
    for key in (*WINNERS, *OTHERS):
        attempt(school, held, key, 40 if key == "dara" else 60)
    found = read(school, held)
    assert outcome(found, "test").difference.second == 56.0
    assert (found.winners, found.others, found.came_later) == (5, 5, 1)
    assert late.course_id == held.course_id


def test_comparison__fewer_than_five_in_a_group__says_nothing(school: School) -> None:
    held = drawn_class(school)
    school.version_id = version(school).id
    for key in (*WINNERS, *OTHERS[:4]):
        attempt(school, held, key, 60)
    found = outcome(read(school, held), "test")
    assert found.difference is None
    assert "fewer than 5 figures" in render(said.verdict(found, 5), "en")


def test_comparison__own_figures_where_less_is_better__turn_round(school: School) -> None:
    held = drawn_class(school)
    indicator = school.indicator(better=Better.LESS)
    for place, key in enumerate(WINNERS):
        school.figures(indicator, (9, 9, 2 + place, 2 + place), person=key)
    for place, key in enumerate(OTHERS):
        school.figures(indicator, (9, 9, 7 + place, 7 + place), person=key)
    found = outcome(read(school, held), "ERRORS").difference
    assert found is not None
    assert (found.second, found.first, found.by) == (4.0, 9.0, 5.0)
    assert found.is_sure


def test_comparison__ratings_and_noted_marks__are_means_of_each_person(school: School) -> None:
    held = drawn_class(school)
    for number, key in enumerate((*WINNERS, *OTHERS)):
        owed = assignment(school, held, key, FOLLOW_UP_SUPERVISOR.name)
        school.add(
            Response(
                version_id=version(school).id if number == 0 else 1,
                person_id=school.ids["sokha"],
                about_id=school.ids[key],
                assignment_id=owed.id,
                class_id=held.id,
                answers={"content_relevance": "5", "work_performance": "4", "confidence": "na"},
                submitted_at=school.ctx.now(),
            )
        )
    row = school.enrolment("dara", held)
    for test, percent in (("oral", 60.0), ("paper", 70.0)):
        school.add(
            Mark(enrolment_id=row.id, test=test, percent=percent, noted_at=school.ctx.now())
        )
    found = read(school, held)
    assert set(outcome(found, "follow_up").outcome.values.values()) == {4.5}
    assert outcome(found, "follow_up").difference.interval is None
    assert outcome(found, "test").outcome.values == {school.ids["dara"]: 65.0}


def test_comparison__before_the_draw__counts_for_nothing(school: School) -> None:
    held = drawn_class(school)
    school.version_id = version(school).id
    lottery = school.ctx.session.exec(select(Lottery)).one()
    lottery.drawn_at = school.ctx.now()
    for key in WINNERS:
        attempt(school, held, key, 60)
    assert read(school, held).compared == ()


def test_comparison__no_draw_or_no_reach__is_refused(school: School) -> None:
    held = school.past_class(*WINNERS)
    with pytest.raises(Refusal, match="No lots were drawn"):
        read(school, held)
    with pytest.raises(Refusal):
        comparison.of_class(school.acting("sokha"), held.id)


def offices_with(school: School, count: int, shift: float) -> list[str]:
    """So many offices, each with one officer, whose figures fall by `shift` and a little more."""
    made = []
    indicator = school.indicator_row
    for number in range(count):
        name = f"office{len(school.ids)}"
        unit = school.add_unit(name)
        school.add_person(name, unit_id=unit.id)
        after = 20 - shift - number
        school.figures(indicator, (20, 20, after, after), unit=unit)
        made.append(name)
    return made


def test_offices__trained_beside_others__is_a_difference_of_differences(school: School) -> None:
    school.indicator_row = school.indicator(better=Better.LESS)
    trained = offices_with(school, 3, shift=5)
    offices_with(school, 4, shift=0)
    held = school.past_class(*trained)
    costs.assume(school.acting("unit"), held.id, TWO_MONTHS)
    (found,) = offices.of_class(school.acting("director"), held.id)
    assert (found.trained, found.others) == (3, 4)
    assert found.difference is not None
    # Better by 5, 6, 7 a month where people were sent, and by 0, 1, 2, 3 where not.
    assert (found.difference.second, found.difference.first) == (6.0, 1.5)
    assert found.difference.by == 4.5


def test_offices__touched_by_another_class__are_no_others(school: School) -> None:
    school.indicator_row = school.indicator(better=Better.LESS)
    trained = offices_with(school, 3, shift=5)
    others = offices_with(school, 4, shift=0)
    held = school.past_class(*trained)
    school.past_class(others[0], others[1])
    costs.assume(school.acting("unit"), held.id, TWO_MONTHS)
    (found,) = offices.of_class(school.acting("director"), held.id)
    assert (found.trained, found.others) == (3, 2)
    assert found.difference is None
    assert "At least 3 of each" in render(said.offices(found)[0], "en")


def test_offices__a_month_is_missing__are_left_out(school: School) -> None:
    school.indicator_row = school.indicator()
    trained = offices_with(school, 3, shift=5)
    unit = school.add_unit("gap")
    school.figures(school.indicator_row, (20, None, 20, 20), unit=unit)
    held = school.past_class(*trained)
    costs.assume(school.acting("unit"), held.id, TWO_MONTHS)
    (found,) = offices.of_class(school.acting("director"), held.id)
    assert found.others == 0
