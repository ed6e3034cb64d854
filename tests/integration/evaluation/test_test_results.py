"""What the tests of a class say, to whom, and over many classes."""

from __future__ import annotations

import pytest

from bot.errors import Refusal
from bot.evaluation.levels import Scope, ScopeKind
from bot.evaluation.stages import POST_TEST, PRE_TEST
from bot.evaluation.tests import as_marks, class_results, giving, kept, level, own
from bot.evaluation.tests.items import Flag
from bot.i18n import Percent, render
from bot.models.people import Grant, Role
from bot.operations import erasure
from bot.people import mydata
from bot.reports import test_result_files, test_results
from bot.training import marks
from tests.conftest import START
from tests.integration.evaluation import exam
from tests.integration.evaluation.conftest import School
from tests.integration.evaluation.exam import RIGHT, WRONG

HALF = {**WRONG, "duty": "five"}


@pytest.fixture
def held(school: School):
    exam.publish(school.ctx, show_result="end")
    return school.at("2026-03-04T08:00").training_class(trainees=6, trainer_id=school.trainer().id)


def take_both(school: School, held, before: list[dict], after: list[dict]) -> None:
    """Each trainee takes both tests with these answers; None leaves one out."""
    exam.set_test(school, PRE_TEST)
    exam.set_test(school, POST_TEST, attempts=2, pass_mark=75)
    for stage, given in ((PRE_TEST, before), (POST_TEST, after)):
        giving.give_out(school.ctx, held.id, stage)
        owed = {row.person_id: row for row in school.assignments(stage.name)}
        for place, answers in enumerate(given):
            person = exam.trainee_of(school, held, place).id
            if answers is not None:
                exam.answer(exam.as_taker(school, person), owed[person], answers)


def test_results__both_tests__figures_gain_and_names(school: School, held) -> None:
    take_both(school, held, [WRONG] * 5 + [RIGHT], [HALF] * 3 + [RIGHT] * 2 + [None])
    found = class_results.read(school.ctx, held.id)
    before, after = found.stages
    assert (before.asked, before.taken, before.pass_mark) == (6, 6, None)
    assert before.mean == pytest.approx(1 / 6)
    assert (after.taken, after.passed, after.pass_mark) == (5, 2, 75)
    assert after.mean == pytest.approx((3 * 0.5 + 2) / 5)
    assert found.gain is not None
    assert (found.gain.people, found.gain.of_means) == (5, pytest.approx(0.7))
    rows = {row.staff_no: row for row in found.people}
    assert len(rows) == 6
    knew_all = rows[exam.trainee_of(school, held, 5).staff_no]
    assert (knew_all.after, knew_all.gain, knew_all.passed) == (None, None, None)
    assert {row.passed for row in rows.values()} == {True, False, None}


def test_results__a_question_nobody_learned__is_named(school: School, held) -> None:
    take_both(school, held, [WRONG] * 6, [{**RIGHT, "law": "no idea"}] * 6)
    found = class_results.read(school.ctx, held.id)
    assert [row.name for row in found.not_learned] == ["law"]
    by_name = {row.name: row for row in found.questions}
    assert by_name["duty"].change == pytest.approx(1.0)
    assert Flag.TOO_HARD in by_name["law"].item.flags
    assert [(one.code, one.count, one.right) for one in by_name["duty"].item.chosen] == [
        ("zero", 0, False),
        ("five", 6, True),
        ("ten", 0, False),
    ]


def test_results__few_takers__nothing_is_said_of_questions(school: School, held) -> None:
    take_both(school, held, [WRONG] * 4, [WRONG] * 4)
    found = class_results.read(school.ctx, held.id)
    assert found.not_learned == ()
    assert {flag for row in found.questions for flag in row.item.flags} == set()


def test_results__statistics_of_questions__take_first_attempts_only(school: School, held) -> None:
    take_both(school, held, [], [WRONG])
    owed = school.assignments("post_test")[0]
    exam.answer(exam.as_taker(school, owed.person_id), owed, RIGHT)
    found = class_results.read(school.ctx, held.id)
    assert found.stages[0].mean == 1.0
    assert found.questions[0].after == 0.0


def test_results__read_by_an_executive__have_no_names(school: School, held) -> None:
    take_both(school, held, [RIGHT], [RIGHT])
    director = school.person("Director")
    school.add(Grant(person_id=director.id, role=Role.EXECUTIVE, granted_at=START))
    assert class_results.read(school.as_person(director), held.id).people == ()
    with pytest.raises(Refusal, match="not one of yours"):
        class_results.read(school.as_person(exam.trainee_of(school, held)), held.id)


def test_results__before_anybody_took_one__are_refused(school: School, held) -> None:
    with pytest.raises(Refusal, match="taken a test yet"):
        class_results.read(school.ctx, held.id)


@pytest.mark.parametrize("language", ["en", "km", "ur"])
def test_report__of_a_class__has_words_pictures_and_a_workbook(
    school: School, held, language: str
) -> None:
    take_both(school, held, [WRONG] * 5 + [RIGHT], [HALF] * 3 + [RIGHT] * 3)
    data = test_results.read(school.ctx, {"class": held.id})
    words = [render(line, language) for line in test_results.screens(data)[0].body]
    assert len(words) > 6
    files = test_result_files.make(data, language)
    assert [file.name for file in files] == ["tests-1.png", f"tests-{held.code}.xlsx"]
    assert files[0].content.startswith(b"\x89PNG")


def test_own_results__wrong_ones__only_after_the_last_attempt(school: School, held) -> None:
    take_both(school, held, [WRONG], [HALF])
    person = exam.trainee_of(school, held).id
    before, after = own.in_class(exam.as_taker(school, person), held.id)
    assert (before.wrong, before.may_try) == ((), False)
    assert (after.wrong, after.may_try, after.passed) == ((), True, False)
    owed = school.assignments("post_test")[0]
    exam.answer(exam.as_taker(school, person), owed, HALF)
    after = own.in_class(exam.as_taker(school, person), held.id)[1]
    assert [question.name for question in after.wrong] == ["chapter", "law"]
    assert own.in_class(school.as_person(exam.trainee_of(school, held, 1)), held.id) == []


def test_marks__entered_from_the_test__are_the_best_and_leave_others(school: School, held) -> None:
    take_both(school, held, [], [HALF, RIGHT])
    first, second, third = (
        school.enrolment(held, exam.trainee_of(school, held, place).id).id for place in range(3)
    )
    marks.enter(school.ctx, first, {"oral": "80", "paper": "10"})
    assert as_marks.enter(school.ctx, held.id) == 2
    found = marks.by_enrolment(school.ctx, [first, second, third])
    assert found == {first: {"oral": 80.0, "paper": 50.0}, second: {"paper": 100.0}}
    with pytest.raises(Refusal, match="not one of yours"):
        as_marks.enter(school.as_person(exam.trainee_of(school, held)), held.id)


def test_marks__nobody_took_the_test__are_refused(school: School, held) -> None:
    with pytest.raises(Refusal, match="after the class yet"):
        as_marks.enter(school.ctx, held.id)


def test_level__class_with_enough_takers__has_means_and_gain(school: School, held) -> None:
    take_both(school, held, [WRONG] * 5 + [RIGHT], [HALF] * 3 + [RIGHT] * 3)
    section = level.of_scope(school.ctx, Scope(ScopeKind.CLASS, held.id))
    assert section is not None
    lines = {line.code: line for line in section.lines}
    assert lines["test_before_taken"].value == Percent(1.0)
    assert lines["test_before"].value == Percent(pytest.approx(1 / 6))
    assert lines["test_after"].value == Percent(pytest.approx(0.75))
    assert lines["test_gain"].value == Percent(pytest.approx((0.75 - 1 / 6) / (5 / 6)))
    assert lines["test_gain"].count == 6


def test_level__fewer_than_five_took_it__withholds_the_means(school: School, held) -> None:
    take_both(school, held, [WRONG] * 4, [RIGHT] * 4)
    section = level.of_scope(school.ctx, Scope(ScopeKind.YEAR))
    assert section is not None
    values = {line.code: line.value for line in section.lines}
    assert values["test_after_taken"] == Percent(pytest.approx(4 / 6))
    assert (values["test_before"], values["test_after"], values["test_gain"]) == (None,) * 3


def test_level__of_an_office__tells_participation_only(school: School, held) -> None:
    take_both(school, held, [RIGHT] * 6, [RIGHT] * 6)
    section = level.of_scope(school.ctx, Scope(ScopeKind.UNIT, school.unit.id))
    assert section is not None
    assert {line.code for line in section.lines} == {"test_before_taken", "test_after_taken"}


def test_level__without_tests__says_nothing(school: School, held) -> None:
    assert level.of_scope(school.ctx, Scope(ScopeKind.CLASS, held.id)) is None


def test_kept__own_tests__are_listed_for_their_owner(school: School, held) -> None:
    take_both(school, held, [HALF], [RIGHT])
    ctx = exam.as_taker(school, exam.trainee_of(school, held).id)
    facts, _note = kept.tests(ctx, ctx.actor.person_id)
    assert [render(fact.label, "en") for fact in facts] == [
        "Test before the class: Harmonized System, class HS-1",
        "Test after the class: Harmonized System, class HS-1",
    ]
    assert mydata.SECTIONS["tests"].collect is kept.tests
    assert kept.tests(ctx, exam.trainee_of(school, held, 1).id)[0] == ()


def test_erased__words_of_a_test_go__marks_and_codes_stay(school: School, held) -> None:
    take_both(school, held, [], [WRONG])
    person = exam.trainee_of(school, held)
    person.active = False
    school.session.flush()
    erasure.erase(school.ctx, erasure.look(school.ctx, person.staff_no))
    attempt = next(iter(class_results.tries_of(school.ctx, held.id, POST_TEST).values()))[0]
    assert attempt.answers == {"duty": "zero", "chapter": "11"}
    assert attempt.marks["law"] == [0, 1000]
