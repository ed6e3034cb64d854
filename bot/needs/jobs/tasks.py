"""The tasks of a job: how important and how frequent each is, and whether it is to be trained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.impact.typed import LONGEST_TEXT, line_in, whole_in
from bot.i18n import Text, _
from bot.models.needs import JobTask
from bot.needs.jobs import analyses

MOST = 200
REASONS_FOR: Mapping[str, Text] = {
    "critical": _("much depends on it"),
    "needed-first": _("other tasks need it first"),
    "from-day-one": _("it must be done from the first day in the post"),
    "hard": _("it is hard to learn, or cannot be learnt at work"),
    "often": _("it is done often"),
}
REASONS_AGAINST: Mapping[str, Text] = {
    "similar": _("a similar task is trained"),
    "known-before": _("it must be known before"),
    "at-work": _("it is learnt better at work"),
    "few": _("few people in the job do it"),
}


@dataclass(frozen=True, slots=True)
class TaskCard:
    """A task of a job; `priority` is importance plus frequency, None before both are known.

    `chosen` None is undecided.
    """

    id: int
    analysis_id: int
    area: str
    task: str
    subtask: str
    importance: int | None
    frequency: int | None
    priority: int | None
    knowledge: str
    skills: str
    chosen: bool | None
    why: str

    @property
    def reason(self) -> Text | None:
        """Why it is trained, or not, in words."""
        return {**REASONS_FOR, **REASONS_AGAINST}.get(self.why)


def of_analysis(ctx: Ctx, analysis_id: int) -> list[TaskCard]:
    """The tasks of a job, the most urgent first, those not yet rated last."""
    analyses.require(ctx, analysis_id)
    rows = ctx.session.scalars(select(JobTask).where(JobTask.analysis_id == analysis_id))
    return sorted(
        map(_card, rows), key=lambda one: (-(one.priority or 0), one.area, one.task, one.id)
    )


def card(ctx: Ctx, task_id: int) -> TaskCard:
    """One task; refuses one that is gone or beyond the actor's reach."""
    return _card(_row(ctx, task_id))


def add(ctx: Ctx, analysis_id: int, typed: Mapping[str, Any]) -> TaskCard:
    """Add a task to a job; refuses one without words, and more than two hundred."""
    analyses.require(ctx, analysis_id)
    if len(of_analysis(ctx, analysis_id)) >= MOST:
        raise Refusal(_("A job has at most {count} tasks here.", count=MOST))
    row = JobTask(analysis_id=analysis_id, **_values(typed))
    ctx.session.add(row)
    ctx.session.flush()
    audit.record(ctx, "job.task_added", "job_analysis", analysis_id, task=row.id)
    return _card(row)


def edit(ctx: Ctx, task_id: int, typed: Mapping[str, Any]) -> TaskCard:
    """Correct a task; refuses what `add` refuses."""
    row = _row(ctx, task_id)
    for name, value in _values(typed).items():
        setattr(row, name, value)
    ctx.session.flush()
    audit.record(ctx, "job.task_corrected", "job_analysis", row.analysis_id, task=task_id)
    return _card(row)


def drop(ctx: Ctx, task_id: int) -> int:
    """Take a task off the list; the id of the analysis it was part of."""
    row = _row(ctx, task_id)
    analysis_id = row.analysis_id
    ctx.session.delete(row)
    ctx.session.flush()
    audit.record(ctx, "job.task_dropped", "job_analysis", analysis_id, task=task_id)
    return analysis_id


def choose(ctx: Ctx, task_id: int, why: str) -> TaskCard:
    """Have a task trained or left out, which follows from the reason; refuses another reason."""
    row = _row(ctx, task_id)
    if why not in REASONS_FOR and why not in REASONS_AGAINST:
        raise Refusal(_("Choose one of the reasons."))
    row.chosen, row.why = why in REASONS_FOR, why
    ctx.session.flush()
    audit.record(ctx, "job.task_chosen", "job_analysis", row.analysis_id, task=task_id, why=why)
    return _card(row)


def as_typed(ctx: Ctx, task_id: int) -> dict[str, str]:
    """A task's fields to fill the form beforehand."""
    row = _row(ctx, task_id)
    names = ("area", "task", "subtask", "importance", "frequency", "knowledge", "skills")
    shown = {name: getattr(row, name) for name in names}
    return {name: str(value) for name, value in shown.items() if value}


def _values(typed: Mapping[str, Any]) -> dict[str, Any]:
    task = line_in(typed, "task", LONGEST_TEXT)
    if not task:
        raise Refusal(_("Write what the task is."))
    return {
        "area": line_in(typed, "area"),
        "task": task,
        "subtask": line_in(typed, "subtask", LONGEST_TEXT),
        "importance": _rated(typed, "importance"),
        "frequency": _rated(typed, "frequency"),
        "knowledge": line_in(typed, "knowledge", LONGEST_TEXT),
        "skills": line_in(typed, "skills", LONGEST_TEXT),
    }


def _rated(typed: Mapping[str, Any], name: str) -> int | None:
    return whole_in(typed, name, 1, 5) if typed.get(name) else None


def _row(ctx: Ctx, task_id: int) -> JobTask:
    row = ctx.session.get(JobTask, task_id)
    if row is None:
        raise Refusal(_("This task is not there any more."))
    analyses.require(ctx, row.analysis_id)
    return row


def _card(row: JobTask) -> TaskCard:
    assert row.id is not None
    rated = row.importance is not None and row.frequency is not None
    return TaskCard(
        id=row.id,
        analysis_id=row.analysis_id,
        area=row.area,
        task=row.task,
        subtask=row.subtask,
        importance=row.importance,
        frequency=row.frequency,
        priority=(row.importance or 0) + (row.frequency or 0) if rated else None,
        knowledge=row.knowledge,
        skills=row.skills,
        chosen=row.chosen,
        why=row.why,
    )
