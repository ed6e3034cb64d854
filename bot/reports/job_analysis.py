"""The analysis of a job on paper: the guide of the interview as PDF, tasks and steps as a
workbook with the columns of F annex 3.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.context import Ctx
from bot.forms.definition import FormDefinition
from bot.i18n import Words, _, _n
from bot.needs.jobs import analyses, interviews, tasks
from bot.needs.jobs.analyses import AnalysisCard, StepLine
from bot.needs.jobs.interviews import Interview
from bot.needs.jobs.steps import STAGES, STATE_WORDS
from bot.needs.jobs.tasks import TaskCard
from bot.people.access_table import Action
from bot.reports.registry import XLSX, MadeFile, Params, Report, register
from bot.screens import Screen

if TYPE_CHECKING:  # whoever only names a report does not load what writes it
    from bot.reports.workbook import Sheet

GUIDE_TITLE, TASKS_TITLE = _("Guide for interviews about a job"), _("Analysis of a job")
LINES = 4


@dataclass(frozen=True, slots=True)
class Guide:
    """The questions of the interview, and the job it is about."""

    job: AnalysisCard
    form: FormDefinition


@dataclass(frozen=True, slots=True)
class Analysed:
    """Everything that is known of a job."""

    job: AnalysisCard
    tasks: tuple[TaskCard, ...]
    steps: tuple[StepLine, ...]
    interviews: tuple[Interview, ...]


def read_guide(ctx: Ctx, params: Params) -> Guide:
    """The guide for analysis `job`; refuses one beyond the reader's reach."""
    return Guide(analyses.card(ctx, int(params["job"])), interviews.guide(ctx))


def guide_screens(data: Guide) -> tuple[Screen, ...]:
    """What it is for."""
    body: tuple[Words, ...] = (
        _job(data.job),
        _("Print it, hold the interview, and key the answers in afterwards."),
    )
    return (Screen(title=GUIDE_TITLE, body=body),)


def guide_files(data: Guide, language: str) -> tuple[MadeFile, ...]:
    """The questions with lines to write on."""
    from bot.reports.pdf import PaperQuestion, paper_form

    questions = [
        PaperQuestion(question.label, lines=1 if question.name in interviews.ABOUT else LINES)
        for question in data.form.questions
        if question.label
    ]
    intro = _job(data.job)
    content = paper_form(data.form.title, questions, language, intro)
    return (MadeFile("interview.pdf", "application/pdf", content),)


def read_tasks(ctx: Ctx, params: Params) -> Analysed:
    """Analysis `job` with its tasks, steps and interviews; refuses one beyond reach."""
    about = int(params["job"])
    return Analysed(
        analyses.card(ctx, about),
        tuple(tasks.of_analysis(ctx, about)),
        tuple(analyses.steps(ctx, about)),
        tuple(interviews.read(ctx, one.id) for one in interviews.of_analysis(ctx, about)),
    )


def task_screens(data: Analysed) -> tuple[Screen, ...]:
    """How far it is; the workbook follows."""
    trained = sum(one.chosen is True for one in data.tasks)
    body: tuple[Words, ...] = (
        _job(data.job),
        _("Steps settled: {count} of {total}", count=data.job.settled, total=data.job.steps),
        _n("{count} task", "{count} tasks", len(data.tasks)),
        _n("{count} of them is to be trained.", "{count} of them are to be trained.", trained),
    )
    return (Screen(title=TASKS_TITLE, body=body),)


def task_files(data: Analysed, language: str) -> tuple[MadeFile, ...]:
    """Tasks, steps and interviews, a sheet each."""
    from bot.reports.workbook import write_workbook

    sheets = (_tasks_sheet(data), _steps_sheet(data), _interviews_sheet(data))
    return (MadeFile("job-analysis.xlsx", XLSX, write_workbook(sheets, language)),)


def _tasks_sheet(data: Analysed) -> Sheet:
    from bot.reports.workbook import Column, Kind, Sheet

    return Sheet(
        name=_("Task analysis"),
        columns=(
            Column(_("Key areas"), "area"),
            Column(_("Tasks"), "task", width=40),
            Column(_("Sub-tasks"), "subtask", width=40),
            Column(_("Importance (1 to 5)"), "importance", kind=Kind.INT),
            Column(_("Frequency (1 to 5)"), "frequency", kind=Kind.INT),
            Column(_("Priority (importance + frequency)"), "priority", kind=Kind.INT),
            Column(_("Necessary knowledge"), "knowledge", width=40),
            Column(_("Necessary skills"), "skills", width=40),
            Column(_("To be trained"), "chosen"),
            Column(_("Why"), "why"),
        ),
        rows=[_task(one) for one in data.tasks],
        notes=(_job(data.job),),
    )


def _steps_sheet(data: Analysed) -> Sheet:
    from bot.reports.workbook import Column, Kind, Sheet

    return Sheet(
        name=_("Steps"),
        columns=(
            Column(_("Stage"), "stage", width=40),
            Column(_("Step"), "step", width=60),
            Column(_("State"), "state"),
            Column(_("Remark"), "remark", width=40),
            Column(_("By"), "by"),
            Column(_("On"), "on", kind=Kind.DATE),
        ),
        rows=[_step(line) for line in data.steps],
        notes=(_job(data.job),),
    )


def _interviews_sheet(data: Analysed) -> Sheet:
    from bot.reports.workbook import Column, Kind, Sheet

    return Sheet(
        name=_("Interviews"),
        columns=(
            Column(_("Date"), "held_on", kind=Kind.DATE),
            Column(_("Name"), "who"),
            Column(_("Question"), "question", width=50),
            Column(_("Answer"), "answer", width=60),
        ),
        rows=list(_answers(data)),
        notes=(_job(data.job),),
    )


def _job(card: AnalysisCard) -> Words:
    return _("Job: {position}", position=card.position)


def _task(one: TaskCard) -> tuple[object, ...]:
    return (
        one.area,
        one.task,
        one.subtask,
        one.importance,
        one.frequency,
        one.priority,
        one.knowledge,
        one.skills,
        one.chosen,
        one.reason,
    )


def _step(line: StepLine) -> tuple[object, ...]:
    step = line.step
    state = STATE_WORDS[line.state]
    return (STAGES[step.stage], step.words, state, line.remark, line.by, line.on)


def _answers(data: Analysed) -> Iterator[tuple[object, ...]]:
    for one in data.interviews:
        for question, answer in one.answers:
            yield (one.card.held_on, one.card.who, question, answer)


INTERVIEW_SHEET = register(
    Report(
        "job_interview_sheet",
        GUIDE_TITLE,
        Action.ANALYSE_JOBS,
        read_guide,
        guide_screens,
        guide_files,
    )
)
JOB_ANALYSIS = register(
    Report("job_analysis", TASKS_TITLE, Action.ANALYSE_JOBS, read_tasks, task_screens, task_files)
)
