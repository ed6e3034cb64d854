"""Lines of a plan as the training unit writes them: new, corrected, dropped, put in order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, func, select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.impact.typed import code_in, line_in
from bot.i18n import _
from bot.models.planning import (
    AnnualPlan,
    PlanClass,
    PlanComment,
    PlanCost,
    PlanLine,
    PlanSpending,
)
from bot.people import access
from bot.people.access_table import Action
from bot.planning import changes, line_values, plans, reading
from bot.planning.changes import LastYear
from bot.planning.reading import Line

MOST = 1_000
LEANS_ON_IT = (PlanClass, PlanComment, PlanSpending)


def of_plan(ctx: Ctx, plan_id: int) -> list[Line]:
    """Every line in its order, dropped ones last; refuses who may not read the plan."""
    reading.require(ctx, plan_id)
    return reading.lines(ctx.session, plan_id)


def card(ctx: Ctx, line_id: int) -> Line:
    """One line; refuses who may not read its plan."""
    return reading.line_of(ctx.session, reading.require_line(ctx, line_id))


def row(ctx: Ctx, line_id: int) -> PlanLine:
    """A stored line with all its fields; refuses who may not read its plan."""
    return reading.require_line(ctx, line_id)


def create(ctx: Ctx, plan_id: int, typed: Mapping[str, Any]) -> PlanLine:
    """Add a line to a plan that is being written; refuses what `add` refuses."""
    return add(ctx, plans.require_editable(ctx, plan_id), typed)


def add(
    ctx: Ctx, plan: AnnualPlan, typed: Mapping[str, Any], *, unscheduled: bool = False
) -> PlanLine:
    """Add a line to a plan, whatever its state; whoever calls has asked whether it may be.

    Refuses a code that is taken, names that mean nothing, and more than a thousand lines.
    """
    known = set(ctx.session.scalars(select(PlanLine.code).where(PlanLine.plan_id == plan.id)))
    if len(known) >= MOST:
        raise Refusal(_("A plan has at most {count} lines.", count=MOST))
    last = last_year(ctx, plan)
    code = code_in(typed, "code") if line_in(typed, "code") else next_code(known | last.codes)
    if code in known:
        raise Refusal(_("The plan has a line {code} already.", code=code))
    made = PlanLine(
        plan_id=plan.id,
        code=code,
        number=_next_number(ctx, plan),
        unscheduled=unscheduled,
        **line_values.what(ctx, plan, typed),
    )
    set_change(made, last, typed)
    ctx.session.add(made)
    plans.touch(ctx, plan)
    audit.record(ctx, "plan.line", "plan line", made.id, code=code, unscheduled=unscheduled)
    return made


def edit(ctx: Ctx, line_id: int, typed: Mapping[str, Any]) -> PlanLine:
    """Correct what a line is about; its code stays. Refuses names that mean nothing."""
    line, plan = editable(ctx, line_id)
    values = line_values.what(ctx, plan, typed)
    if sorted(set(line.months)) == values["months"]:
        values["months"] = line.months
    _set(line, values)
    set_change(line, last_year(ctx, plan), typed)
    return _kept(ctx, plan, line, "what")


def place(ctx: Ctx, line_id: int, typed: Mapping[str, Any]) -> PlanLine:
    """Correct how, where and by whom a line is held."""
    line, plan = editable(ctx, line_id)
    _set(line, line_values.where(ctx, typed))
    return _kept(ctx, plan, line, "where")


def detail(ctx: Ctx, line_id: int, typed: Mapping[str, Any]) -> PlanLine:
    """Keep the points of an operational plan."""
    line, plan = editable(ctx, line_id)
    line.details = line_values.details(line, typed)
    return _kept(ctx, plan, line, "details")


def drop(ctx: Ctx, line_id: int, reason: str) -> bool:
    """Take a line out of a plan that is being written: gone for good as long as nobody has seen
    it, else marked with the reason. Whether it is gone.
    """
    line, plan = editable(ctx, line_id)
    words = line_in({"reason": reason}, "reason")
    if not words:
        raise Refusal(_("Say why the line is dropped."))
    gone = plan.version == 0 and not _is_leant_on(ctx, line_id)
    audit.record(ctx, "plan.dropped", "plan line", line_id, reason=words, code=line.code)
    if gone:
        ctx.session.execute(delete(PlanCost).where(PlanCost.line_id == line_id))
        ctx.session.delete(line)
    else:
        line.dropped_for = words
    plans.touch(ctx, plan)
    return gone


def bring_back(ctx: Ctx, line_id: int) -> PlanLine:
    """Take a dropped line up again; one that stands already stays as it is."""
    line, plan = editable(ctx, line_id)
    line.dropped_for = ""
    return _kept(ctx, plan, line, "back")


def move(ctx: Ctx, line_id: int, place: int) -> int:
    """Put a line at this place, from 1, of those that were not dropped; past the end is the end.
    Its place.
    """
    line, plan = editable(ctx, line_id)
    query = select(PlanLine).where(PlanLine.plan_id == plan.id, PlanLine.dropped_for == "")
    rows = list(ctx.session.scalars(query.order_by(PlanLine.number, PlanLine.id)))
    if line not in rows:
        raise Refusal(_("This line was dropped already."))
    rows.remove(line)
    rows.insert(max(place, 1) - 1, line)
    for number, each in enumerate(rows, 1):
        each.number = number
    return _kept(ctx, plan, line, "order").number


def editable(ctx: Ctx, line_id: int) -> tuple[PlanLine, AnnualPlan]:
    """A line as it stands once its plan is held, and the plan, if that is being written."""
    access.require(ctx, Action.EDIT_PLAN)
    known = ctx.session.get(PlanLine, line_id)
    plan = plans.require_editable(ctx, known.plan_id) if known is not None else None
    line = ctx.session.get(PlanLine, line_id, populate_existing=True)
    if plan is None or line is None:
        raise Refusal(_("This line is not there any more."))
    return line, plan


def last_year(ctx: Ctx, plan: AnnualPlan) -> LastYear:
    """The plan before this one, to compare with."""
    before = plans.before(ctx.session, plan.plan_year)
    return changes.read(ctx.session, before.id if before is not None else None)


def reckoned(ctx: Ctx, line: PlanLine) -> Any:
    """What has become of a line since last year, whatever was set by hand."""
    plan = ctx.session.get_one(AnnualPlan, line.plan_id)
    return last_year(ctx, plan).change(compared(line))


def compared(line: PlanLine) -> dict[str, Any]:
    """The fields by which a line is compared with last year's."""
    names = ("code", "course_id", "title", "cohorts", "trainees")
    return {name: getattr(line, name) for name in names}


def set_change(line: PlanLine, last: LastYear, typed: Mapping[str, Any]) -> None:
    """The change that was set by hand, else the reckoned one."""
    line.change = line_values.change_in(typed) or last.change(compared(line))


def next_code(known: set[str]) -> str:
    """The lowest free one of L01, L02, …"""
    number = 1
    while f"L{number:02}" in known:
        number += 1
    return f"L{number:02}"


def _set(line: PlanLine, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(line, name, value)


def _kept(ctx: Ctx, plan: AnnualPlan, line: PlanLine, part: str) -> PlanLine:
    plans.touch(ctx, plan)
    audit.record(ctx, "plan.line", "plan line", line.id, code=line.code, part=part)
    return line


def _next_number(ctx: Ctx, plan: AnnualPlan) -> int:
    query = select(func.max(PlanLine.number)).where(PlanLine.plan_id == plan.id)
    return int(ctx.session.scalar(query) or 0) + 1


def _is_leant_on(ctx: Ctx, line_id: int) -> bool:
    return any(
        ctx.session.scalar(select(func.count()).where(model.line_id == line_id))
        for model in LEANS_ON_IT
    )
