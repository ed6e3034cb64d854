"""Interviews with people who do a job: held with the printed guide, and keyed in afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import desc, select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.forms import versions
from bot.forms.definition import FormDefinition
from bot.i18n import Texts, Words, _
from bot.models.needs import JobInterview
from bot.models.people import Person
from bot.needs.jobs import analyses
from bot.people import access, directory
from bot.people.access_table import Action

FORM = "job_interview"
ABOUT = ("held_on", "person")
"""The questions of the form that are about the interview itself."""


@dataclass(frozen=True, slots=True)
class InterviewCard:
    """An interview as a list shows it; `who` is "" where nobody was named."""

    id: int
    analysis_id: int
    who: Texts | str
    held_on: dt.date


@dataclass(frozen=True, slots=True)
class Interview:
    """An interview with what was answered, question by question."""

    card: InterviewCard
    answers: tuple[tuple[Words, str], ...]


def of_analysis(ctx: Ctx, analysis_id: int) -> list[InterviewCard]:
    """The interviews about a job, the latest first."""
    analyses.require(ctx, analysis_id)
    rows = ctx.session.scalars(
        select(JobInterview)
        .where(JobInterview.analysis_id == analysis_id)
        .order_by(desc(JobInterview.held_on), desc(JobInterview.id))
    )
    return [_card(ctx, row) for row in rows]


def read(ctx: Ctx, interview_id: int) -> Interview:
    """One interview; refuses one that is gone or beyond the actor's reach."""
    row = ctx.session.get(JobInterview, interview_id)
    if row is None:
        raise Refusal(_("This interview is not there any more."))
    analyses.require(ctx, row.analysis_id)
    answers = tuple(
        (question.label, str(row.answers[question.name]))
        for question in guide(ctx).questions
        if row.answers.get(question.name)
    )
    return Interview(_card(ctx, row), answers)


def note(ctx: Ctx, analysis_id: int, typed: Mapping[str, Any]) -> InterviewCard:
    """Keep an interview about a job.

    Refuses a day to come, somebody beyond the actor's reach, and one without any answer.
    """
    analyses.require(ctx, analysis_id)
    answers = {name: value for name, value in typed.items() if name not in ABOUT and value}
    if not answers:
        raise Refusal(_("Nothing was answered. Key in at least one answer."))
    row = JobInterview(
        analysis_id=analysis_id,
        person_id=_person(ctx, str(typed.get("person") or "")),
        held_on=_day(ctx, typed),
        answers=answers,
        noted_by=ctx.actor.person_id,
    )
    ctx.session.add(row)
    ctx.session.flush()
    audit.record(ctx, "job.interview", "job_analysis", analysis_id, interview=row.id)
    return _card(ctx, row)


def guide(ctx: Ctx) -> FormDefinition:
    """The form of the interview as it is in use now, the unit's own if it has one."""
    return versions.definition(ctx, versions.current_version(ctx, FORM))


def _day(ctx: Ctx, typed: Mapping[str, Any]) -> dt.date:
    held_on = dt.date.fromisoformat(str(typed.get("held_on") or ctx.today().isoformat()))
    if held_on > ctx.today():
        raise Refusal(_("This day has not come yet."))
    return held_on


def _person(ctx: Ctx, staff_no: str) -> int | None:
    if not staff_no:
        return None
    person_id = directory.find_staff_no(ctx.session, staff_no)
    if person_id is None:
        raise Refusal(_("This person is not on the roster any more. Choose somebody else."))
    access.require(ctx, Action.ANALYSE_JOBS, person_id)
    return person_id


def _card(ctx: Ctx, row: JobInterview) -> InterviewCard:
    assert row.id is not None
    person = ctx.session.get(Person, row.person_id) if row.person_id is not None else None
    who = directory.names_of(person) if person is not None else ""
    return InterviewCard(row.id, row.analysis_id, who, row.held_on)
