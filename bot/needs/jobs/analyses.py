"""Analyses of jobs: begun for a position, worked off step by step, finished."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.impact.typed import LONGEST_TEXT, line_in
from bot.i18n import Texts, _
from bot.models.needs import JobAnalysis, JobInterview, JobTask
from bot.models.people import Person, Unit
from bot.needs.jobs.steps import BY_CODE, STEPS, Step, StepState
from bot.people import access, directory, reach
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.training.qualifications import requiring


@dataclass(frozen=True, slots=True)
class AnalysisCard:
    """An analysis and how far it has come; `unit` is "" for the whole administration."""

    id: int
    position: str
    unit_id: int | None
    unit: str
    begun_on: dt.date
    finished_on: dt.date | None
    settled: int
    steps: int
    tasks: int
    interviews: int


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step as it stands, by whom and since when; open ones may have a remark too."""

    step: Step
    state: StepState
    remark: str
    by: Texts | str
    on: dt.date | None


def everything(ctx: Ctx) -> list[AnalysisCard]:
    """The analyses within the actor's reach, those that go on first."""
    access.require(ctx, Action.ANALYSE_JOBS)
    units = reach.units_within(ctx, Action.ANALYSE_JOBS)
    query = select(JobAnalysis).order_by(
        JobAnalysis.finished_on.is_not(None), JobAnalysis.begun_on.desc(), JobAnalysis.id.desc()
    )
    if units is not None:
        query = query.where(JobAnalysis.unit_id.in_(units))
    return [_card(ctx, row) for row in ctx.session.scalars(query)]


def card(ctx: Ctx, analysis_id: int) -> AnalysisCard:
    """One analysis; refuses one that is gone, and one beyond the actor's reach."""
    return _card(ctx, require(ctx, analysis_id))


def require(ctx: Ctx, analysis_id: int) -> JobAnalysis:
    """The row of an analysis within the actor's reach; refuses all others."""
    access.require(ctx, Action.ANALYSE_JOBS)
    row = ctx.session.get(JobAnalysis, analysis_id)
    if row is None:
        raise Refusal(_("This analysis is not there any more."))
    _require_unit(ctx, row.unit_id)
    return row


def begin(ctx: Ctx, typed: Mapping[str, Any]) -> AnalysisCard:
    """Begin the analysis of a position, of one office or of the whole administration.

    Refuses an office beyond the actor's reach, and a second analysis of the same that goes on.
    """
    access.require(ctx, Action.ANALYSE_JOBS)
    position = _position(ctx, line_in(typed, "position"))
    unit_id = _unit(ctx, line_in(typed, "unit"))
    _require_unit(ctx, unit_id)
    going_on = select(JobAnalysis.id).where(
        JobAnalysis.position == position,
        JobAnalysis.unit_id == unit_id,
        JobAnalysis.finished_on.is_(None),
    )
    if ctx.session.execute(going_on).first() is not None:
        raise Refusal(_("This job is being analysed already. Go on with that analysis."))
    row = JobAnalysis(
        position=position,
        unit_id=unit_id,
        begun_on=ctx.today(),
        begun_by=ctx.actor.person_id,
    )
    ctx.session.add(row)
    ctx.session.flush()
    audit.record(ctx, "job.analysis_begun", "job_analysis", row.id)
    return _card(ctx, row)


def steps(ctx: Ctx, analysis_id: int) -> list[StepLine]:
    """Every step of an analysis, in order."""
    row = require(ctx, analysis_id)
    return [_line(ctx, step, row.steps.get(step.code) or {}) for step in STEPS]


def settle(ctx: Ctx, analysis_id: int, code: str, state: StepState, remark: str = "") -> StepLine:
    """Say how a step stands, with a remark if there is one to make."""
    row = require(ctx, analysis_id)
    if code not in BY_CODE:
        raise Refusal(_("There is no such step. Please open the list again."))
    said = {
        "state": state.value,
        "remark": line_in({"remark": remark}, "remark", LONGEST_TEXT),
        "by": ctx.actor.person_id,
        "on": ctx.today().isoformat(),
    }
    row.steps = {**row.steps, code: said}
    ctx.session.flush()
    audit.record(ctx, "job.step", "job_analysis", analysis_id, step=code, state=state.value)
    return _line(ctx, BY_CODE[code], said)


def finish(ctx: Ctx, analysis_id: int, finished: bool) -> AnalysisCard:
    """Close an analysis, or take it up again; what was found stays either way."""
    row = require(ctx, analysis_id)
    if finished is not (row.finished_on is not None):
        row.finished_on = ctx.today() if finished else None
        ctx.session.flush()
        audit.record(ctx, "job.finished", "job_analysis", analysis_id, finished=finished)
    return _card(ctx, row)


def _require_unit(ctx: Ctx, unit_id: int | None) -> None:
    units = reach.units_within(ctx, Action.ANALYSE_JOBS)
    if units is not None and unit_id not in units:
        raise OutOfReach(Action.ANALYSE_JOBS, unit_id, "unit")


def _position(ctx: Ctx, code: str) -> str:
    """The position of a code, as the roster spells it."""
    held = ctx.session.scalars(select(Person.position).where(Person.position != "").distinct())
    found = next((post for post in held if requiring.code_of(post) == code), None)
    if found is None:
        raise Refusal(_("Name a position that the roster knows."))
    return found


def _unit(ctx: Ctx, code: str) -> int | None:
    if not code:
        return None
    unit_id = directory.find_office(ctx.session, code)
    if unit_id is None:
        raise Refusal(_("This office is not there any more. Choose another."))
    return unit_id


def _line(ctx: Ctx, step: Step, said: Mapping[str, Any]) -> StepLine:
    by, on = said.get("by"), said.get("on")
    person = ctx.session.get(Person, by) if by is not None else None
    return StepLine(
        step=step,
        state=StepState(said.get("state", StepState.OPEN)),
        remark=str(said.get("remark", "")),
        by=directory.names_of(person) if person is not None else "",
        on=dt.date.fromisoformat(on) if on else None,
    )


def _card(ctx: Ctx, row: JobAnalysis) -> AnalysisCard:
    assert row.id is not None
    unit = ctx.session.get(Unit, row.unit_id) if row.unit_id is not None else None
    settled = sum(
        (row.steps.get(step.code) or {}).get("state", StepState.OPEN) != StepState.OPEN
        for step in STEPS
    )
    return AnalysisCard(
        id=row.id,
        position=row.position,
        unit_id=row.unit_id,
        unit=unit.name if unit is not None else "",
        begun_on=row.begun_on,
        finished_on=row.finished_on,
        settled=settled,
        steps=len(STEPS),
        tasks=_count(ctx, JobTask, row.id),
        interviews=_count(ctx, JobInterview, row.id),
    )


def _count(ctx: Ctx, table: type[JobTask] | type[JobInterview], analysis_id: int) -> int:
    query = select(func.count()).select_from(table).where(table.analysis_id == analysis_id)
    return int(ctx.session.execute(query).scalar_one())
