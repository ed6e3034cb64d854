"""What changes in a plan once it is approved: training added, lines dropped, for a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.impact.typed import LONGEST_TEXT, line_in, positive_in, whole_in
from bot.i18n import _
from bot.models.planning import AnnualPlan, Category, Change, PlanLine
from bot.models.training import Course
from bot.people.access_table import Action
from bot.planning import reading
from bot.training.class_fields import MOST_SEATS

NOT_APPROVED = _("The plan has not been approved yet. Edit its lines instead.")
MOST_COHORTS = 200


def add(ctx: Ctx, plan_id: int, typed: Mapping[str, Any]) -> PlanLine:
    """Add training that nobody had planned, with the reason; its number follows the others'.

    Refuses a plan that is not approved yet, and a line with neither course nor title.
    """
    plan = require(ctx, plan_id)
    course_id, title = _course(ctx, typed), line_in(typed, "title")
    if course_id is None and not title:
        raise Refusal(_("Choose a course, or give a title."))
    number = _highest(ctx, plan) + 1
    line = PlanLine(
        plan_id=plan_id,
        code=_free_code(ctx, plan),
        number=number,
        course_id=course_id,
        title=title,
        category=Category(str(typed.get("category") or Category.TECHNICAL)),
        change=Change.NEW,
        target=line_in(typed, "target"),
        cohorts=whole_in(typed, "cohorts", 1, MOST_COHORTS),
        trainees=whole_in(typed, "trainees", 1, MOST_SEATS),
        place=line_in(typed, "place"),
        months=[whole_in(typed, "month", 1, 12)],
        days=positive_in(typed, "days"),
        hours=positive_in(typed, "hours"),
        details={reading.ADDED_FOR: _reason(typed)},
        unscheduled=True,
    )
    ctx.session.add(line)
    plan.changed_at = ctx.now()
    ctx.session.flush()
    audit.record(ctx, "plan.added_unscheduled", "plan", plan_id, line=line.code)
    return line


def drop(ctx: Ctx, line_id: int, typed: Mapping[str, Any]) -> PlanLine:
    """Drop a line of an approved plan, with the reason; it stays to be seen.

    Refuses a plan that is not approved yet, and a line that was dropped already.
    """
    line, plan = _require_line(ctx, line_id)
    if line.dropped_for:
        raise Refusal(_("This line was dropped already."))
    line.dropped_for = _reason(typed)
    plan.changed_at = ctx.now()
    ctx.session.flush()
    audit.record(ctx, "plan.dropped", "plan", plan.id, line=line.code, reason=line.dropped_for)
    return line


def take_up(ctx: Ctx, line_id: int) -> PlanLine:
    """Hold a line that was dropped after all."""
    line, plan = _require_line(ctx, line_id)
    if line.dropped_for:
        line.dropped_for = ""
        plan.changed_at = ctx.now()
        ctx.session.flush()
        audit.record(ctx, "plan.taken_up", "plan", plan.id, line=line.code)
    return line


def require(ctx: Ctx, plan_id: int) -> AnnualPlan:
    """The plan, held until the commit, for the unit and once it has been approved."""
    return _approved(reading.hold(ctx, plan_id, Action.EDIT_PLAN))


def _require_line(ctx: Ctx, line_id: int) -> tuple[PlanLine, AnnualPlan]:
    line, plan = reading.hold_line(ctx, line_id, Action.EDIT_PLAN)
    return line, _approved(plan)


def _approved(plan: AnnualPlan) -> AnnualPlan:
    if plan.state not in reading.APPROVED:
        raise Refusal(NOT_APPROVED)
    return plan


def _reason(typed: Mapping[str, Any]) -> str:
    reason = line_in(typed, "reason", LONGEST_TEXT)
    if not reason:
        raise Refusal(_("Give the reason."))
    return reason


def _course(ctx: Ctx, typed: Mapping[str, Any]) -> int | None:
    code = str(typed.get("course") or "").strip()
    if not code:
        return None
    found = ctx.session.scalars(select(Course.id).where(Course.code == code)).first()
    if found is None:
        raise Refusal(_("There is no course {code}. Choose one from the list.", code=code))
    return found


def _highest(ctx: Ctx, plan: AnnualPlan) -> int:
    query = select(func.max(PlanLine.number)).where(PlanLine.plan_id == plan.id)
    return int(ctx.session.execute(query).scalar() or 0)


def _free_code(ctx: Ctx, plan: AnnualPlan) -> str:
    """U1, U2 and so on: the first that no line of the plan has."""
    query = select(PlanLine.code).where(PlanLine.plan_id == plan.id)
    taken, number = set(ctx.session.scalars(query)), 1
    while f"U{number}" in taken:
        number += 1
    return f"U{number}"
