"""Jobs analysed: steps, tasks and interviews, within reach, on paper and as a workbook."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.clock import FixedClock
from bot.context import Ctx
from bot.errors import Refusal
from bot.forms.library_sync import publish_library
from bot.i18n import LANGUAGES
from bot.models.people import Role
from bot.needs.jobs import analyses, interviews, tasks
from bot.needs.jobs.analyses import AnalysisCard
from bot.needs.jobs.steps import STAGES, STEPS, StepState
from bot.needs.kept import about_needs
from bot.people.access import OutOfReach
from bot.reports.job_analysis import INTERVIEW_SHEET, JOB_ANALYSIS
from tests.integration.training.conftest import School

TASK = {"area": "Clearance", "task": "Check the value", "importance": "5", "frequency": "4"}
HEADS = (
    "Key areas", "Tasks", "Sub-tasks", "Importance (1 to 5)", "Frequency (1 to 5)",
    "Priority (importance + frequency)", "Necessary knowledge", "Necessary skills",
)  # fmt: skip


@pytest.fixture
def school(ctx: Ctx, clock: FixedClock) -> School:
    return School(ctx, clock)


@pytest.fixture
def guided(school: School) -> School:
    """The same, with the guide of the interview published."""
    publish_library(school.ctx)
    return school


def begun(school: School, unit: str = "") -> AnalysisCard:
    return analyses.begin(school.acting("unit"), {"position": "Officer", "unit": unit})


def branch(school: School) -> Any:
    """A member of the unit for an office of their own."""
    office = school.add_unit("Bavet")
    school.add_person("branch", unit_id=office.id, position="Clerk")
    school.grant("branch", Role.UNIT, office)
    return school.acting("branch")


def test_steps__all_of_the_annex__stand_in_their_stages() -> None:
    assert len(STEPS) == len({step.code for step in STEPS}) == 46
    assert {step.stage for step in STEPS} == set(STAGES) == set(range(1, 9))


def test_analysis__begun_twice__is_refused_until_the_first_is_finished(school: School) -> None:
    first, unit = begun(school), school.acting("unit")
    with pytest.raises(Refusal):
        begun(school)
    assert begun(school, "Poipet").unit == "Poipet"
    analyses.finish(unit, first.id, True)
    assert begun(school).id != first.id
    assert analyses.everything(unit)[-1].id == first.id


@pytest.mark.parametrize(
    "typed", [{}, {"position": "Admiral"}, {"position": "Officer", "unit": "?"}]
)
def test_analysis__of_what_is_not_there__is_refused(school: School, typed: dict[str, str]) -> None:
    with pytest.raises(Refusal):
        analyses.begin(school.acting("unit"), typed)


def test_step__settled__counts_and_says_by_whom(school: School) -> None:
    unit, about = school.acting("unit"), begun(school).id
    analyses.settle(unit, about, "strategy", StepState.DONE)
    line = analyses.settle(unit, about, "tools", StepState.NOT_NEEDED, "The form is used.")
    assert (line.remark, line.on) == ("The form is used.", unit.today())
    assert analyses.card(unit, about).settled == 2
    analyses.settle(unit, about, "strategy", StepState.OPEN)
    assert analyses.card(unit, about).settled == 1
    with pytest.raises(Refusal):
        analyses.settle(unit, about, "nothing", StepState.DONE)


def test_branch__sees_and_begins_its_own_only(school: School) -> None:
    theirs, about = branch(school), begun(school).id
    task = tasks.add(school.acting("unit"), about, TASK)
    own = analyses.begin(theirs, {"position": "Clerk", "unit": "Bavet"})
    assert [one.id for one in analyses.everything(theirs)] == [own.id]
    for act in (
        lambda: analyses.card(theirs, about),
        lambda: analyses.begin(theirs, {"position": "Clerk"}),
        lambda: analyses.begin(theirs, {"position": "Clerk", "unit": "Poipet"}),
        lambda: tasks.choose(theirs, task.id, "often"),
        lambda: tasks.drop(theirs, task.id),
        lambda: interviews.note(theirs, own.id, {"person": "1011", "duties": "x"}),
        lambda: analyses.everything(school.acting("dara")),
        lambda: JOB_ANALYSIS.read(theirs, {"job": about}),
    ):
        with pytest.raises(OutOfReach):
            act()


def test_tasks__are_ranked_by_importance_plus_frequency(school: School) -> None:
    unit, about = school.acting("unit"), begun(school).id
    tasks.add(unit, about, {"task": "Unrated", "importance": "5"})
    tasks.add(unit, about, {"task": "Rare", "importance": "5", "frequency": "1"})
    often = tasks.add(unit, about, TASK)
    assert [(one.task, one.priority) for one in tasks.of_analysis(unit, about)] == [
        ("Check the value", 9), ("Rare", 6), ("Unrated", None),
    ]  # fmt: skip
    assert tasks.edit(unit, often.id, TASK | {"frequency": "1"}).priority == 6


def test_task__trained_or_not__follows_from_the_reason(school: School) -> None:
    unit = school.acting("unit")
    task = tasks.add(unit, begun(school).id, TASK)
    assert tasks.choose(unit, task.id, "critical").chosen is True
    left_out = tasks.choose(unit, task.id, "at-work")
    assert (left_out.chosen, left_out.reason is not None) == (False, True)
    with pytest.raises(Refusal):
        tasks.choose(unit, task.id, "because")


@pytest.mark.parametrize("wrong", [{"task": " "}, {"importance": "6"}, {"frequency": "often"}])
def test_task__that_says_nothing__is_refused(school: School, wrong: dict[str, str]) -> None:
    about = begun(school).id
    with pytest.raises(Refusal):
        tasks.add(school.acting("unit"), about, TASK | wrong)


def test_interview__keyed_in__is_read_question_by_question(guided: School) -> None:
    unit, about = guided.acting("unit"), begun(guided).id
    kept = interviews.note(
        unit, about, {"held_on": "2026-02-27", "person": "1011", "duties": "Clears trucks"}
    )
    found = interviews.read(unit, kept.id)
    assert [answer for _question, answer in found.answers] == ["Clears trucks"]
    assert found.card.who.best("en") == "Sok Dara"
    facts, _note = about_needs(unit, guided.ids["dara"])
    assert [fact.value for fact in facts] == ["Clears trucks"]
    for wrong in ({}, {"duties": "x", "held_on": "2026-03-09"}, {"duties": "x", "person": "?"}):
        with pytest.raises(Refusal):
            interviews.note(unit, about, wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_guide__in_each_language__is_a_page_to_print(guided: School, language: str) -> None:
    data = INTERVIEW_SHEET.read(guided.acting("unit"), {"job": begun(guided).id})
    (file,) = INTERVIEW_SHEET.files(data, language)
    assert file.content[:4] == b"%PDF"
    assert len(data.form.questions) == 18
    assert all(dict(one.label.by_language).get(language) for one in data.form.questions)


def test_workbook__has_the_columns_of_the_annex(guided: School) -> None:
    unit, about = guided.acting("unit"), begun(guided).id
    task = tasks.add(unit, about, TASK | {"subtask": "Compare", "knowledge": "Methods"})
    tasks.choose(unit, task.id, "often")
    analyses.settle(unit, about, "strategy", StepState.DONE, "Agreed")
    interviews.note(unit, about, {"duties": "Clears trucks"})
    (file,) = JOB_ANALYSIS.files(JOB_ANALYSIS.read(unit, {"job": about}), "en")
    book = load_workbook(io.BytesIO(file.content))
    rows = [list(row) for row in book["Task analysis"].iter_rows(values_only=True)]
    head = next(row for row in rows if row[0] == HEADS[0])
    assert tuple(head[: len(HEADS)]) == HEADS
    assert rows[-1][:7] == ["Clearance", "Check the value", "Compare", 5, 4, 9, "Methods"]
    assert rows[-1][8:] == ["yes", "it is done often"]
    assert len(list(book["Steps"].iter_rows())) >= 46
    assert list(book["Interviews"].iter_rows(values_only=True))[-1][3] == "Clears trucks"
