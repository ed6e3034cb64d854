"""The forms of job analysis: where they are submitted, and what they choose from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from bot.context import Ctx
from bot.forms.service import Submission, on_submit, source
from bot.i18n import Text, Words, _
from bot.models.people import Person
from bot.needs.analysis_forms import lead_back
from bot.needs.jobs import analyses, interviews, tasks
from bot.needs.jobs.steps import STATE_WORDS, StepState
from bot.people import access, directory, reach
from bot.people.access_table import Action
from bot.people.search import fold
from bot.training.qualifications import requiring

MOST_SHOWN = 50


@on_submit("job_analysis", "position", "unit")
def submit_analysis(ctx: Ctx, submission: Submission) -> Text:
    """Begin the analysis of a job."""
    begun = analyses.begin(ctx, submission.answers)
    lead_back(ctx, f"jobof:{begun.id}")
    return _("The analysis of “{position}” is begun.", position=begun.position)


@on_submit("job_step", "state", "remark")
def submit_step(ctx: Ctx, submission: Submission) -> Text:
    """Keep how the step stands that the form was opened for."""
    analysis_id, code = submission.purpose["analysis_id"], submission.purpose["step"]
    state = StepState(str(submission.answers["state"]).replace("_", " "))
    remark = str(submission.answers.get("remark") or "")
    line = analyses.settle(ctx, analysis_id, code, state, remark)
    lead_back(ctx, f"jobsteps:{analysis_id}:{line.step.stage}")
    return _("The step is noted: {state}.", state=STATE_WORDS[line.state])


@on_submit("job_task", "task", "importance", "frequency")
def submit_task(ctx: Ctx, submission: Submission) -> Text:
    """Add a task to the analysis that the form was opened for, or correct one."""
    purpose = submission.purpose
    if "task_id" in purpose:
        kept = tasks.edit(ctx, purpose["task_id"], submission.answers)
    else:
        kept = tasks.add(ctx, purpose["analysis_id"], submission.answers)
    lead_back(ctx, f"jobtasks:{kept.analysis_id}")
    if kept.priority is None:
        return _("The task is stored. It has no priority before both are rated.")
    return _("The task is stored. Its priority is {priority}.", priority=kept.priority)


@on_submit(interviews.FORM, "held_on", "person")
def submit_interview(ctx: Ctx, submission: Submission) -> Text:
    """Keep the interview about the job that the form was opened for."""
    kept = interviews.note(ctx, submission.purpose["analysis_id"], submission.answers)
    lead_back(ctx, f"jobtalks:{kept.analysis_id}")
    return _("The interview is stored.")


@source("job_positions")
def find_positions(ctx: Ctx, _purpose: Mapping[str, Any], typed: str) -> list[tuple[str, Words]]:
    """Positions that somebody within the actor's reach holds, by a part of their name."""
    wanted = fold(typed)
    held = ctx.session.scalars(
        select(Person.position)
        .where(reach.within(ctx, Action.ANALYSE_JOBS), Person.active, Person.position != "")
        .distinct()
        .order_by(Person.position)
    )
    found: list[tuple[str, Words]] = [
        (requiring.code_of(post), post) for post in held if wanted in fold(post)
    ]
    return found[:MOST_SHOWN]


@source("job_units")
def find_units(ctx: Ctx, _purpose: Mapping[str, Any], typed: str) -> list[tuple[str, Words]]:
    """Offices whose jobs the actor may analyse."""
    found = directory.find_offices(ctx, typed, Action.ANALYSE_JOBS)
    return [(directory.office_code(ctx.session, card.id), card.path) for card in found]


@source("job_people")
def find_people(ctx: Ctx, _purpose: Mapping[str, Any], typed: str) -> list[tuple[str, Words]]:
    """People whom the actor may have interviewed."""
    access.require(ctx, Action.ANALYSE_JOBS)
    found = directory.find(ctx, typed, Action.ANALYSE_JOBS)
    return [(card.staff_no, card.name) for card in found]
