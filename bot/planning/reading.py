"""Who may read which plan, and a plan and its lines as they are shown.

The training unit reads all of it at any time, a reviewer what they were asked to check, an
executive what was submitted; everybody reads a published plan, without money.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import Session

from bot.context import Ctx
from bot.i18n import Texts, Words, _
from bot.models.planning import (
    AnnualPlan,
    Category,
    Change,
    Facility,
    Goal,
    PlanCost,
    PlanLine,
    PlanReview,
    PlanState,
)
from bot.models.training import Course
from bot.people import access
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.planning import telling
from bot.training import catalogue

ADDED_FOR = "added_for"
"""The name under which the details of a line keep why it was added after the approval."""
NOT_YOURS = _("This plan is not open to you, or it is not there any more.")
DECIDABLE = frozenset(
    {PlanState.SUBMITTED, PlanState.RETURNED, PlanState.APPROVED, PlanState.PUBLISHED}
)
APPROVED = frozenset({PlanState.APPROVED, PlanState.PUBLISHED})
HELD = (PlanLine.dropped_for == "") & (PlanLine.change != Change.DISCONTINUED)
"""The condition on PlanLine that it is to be held."""
STATE_WORDS: dict[PlanState, Words] = {
    PlanState.DRAFT: _("Being prepared"),
    PlanState.IN_REVIEW: _("Being checked"),
    PlanState.SUBMITTED: _("Submitted for approval"),
    PlanState.RETURNED: _("Returned with comments"),
    PlanState.APPROVED: _("Approved"),
    PlanState.PUBLISHED: _("Published"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a plan in words and numbers; `cost` is None where nothing was reckoned.

    `title` is that of its course, if it has one. `trainees` of a cohort, None for all officials.
    """

    id: int
    code: str
    title: Words
    goal: str
    category: Category
    section: str
    change: Change
    target: str
    cohorts: int
    trainees: int | None
    mode: str
    place: str
    months: tuple[int, ...]
    days: float | None
    hours: float | None
    starts_at: dt.time | None
    ends_at: dt.time | None
    trainers: str
    required: bool
    remark: str
    unscheduled: bool
    added_for: str
    dropped_for: str
    course_id: int | None
    topic_id: int | None
    cost: float | None

    @property
    def seats(self) -> int | None:
        """Of all cohorts together."""
        return None if self.trainees is None else self.cohorts * self.trainees


def require(ctx: Ctx, plan_id: int) -> AnnualPlan:
    """The plan, for who may read it as it stands now; refuses all others alike."""
    plan = ctx.session.get(AnnualPlan, plan_id)
    if plan is None or not may_read(ctx, plan):
        raise OutOfReach(Action.READ_PLAN, plan_id, "plan", NOT_YOURS)
    return plan


def hold(ctx: Ctx, plan_id: int, action: Action) -> AnnualPlan:
    """The plan, held until the commit, for who may do `action` with it."""
    if not (approves(ctx) if action is Action.APPROVE_PLAN else access.may(ctx, action)):
        raise OutOfReach(action, plan_id, "plan", NOT_YOURS)
    plan = ctx.session.get(AnnualPlan, plan_id, with_for_update=True, populate_existing=True)
    if plan is None or not may_read(ctx, plan):
        raise OutOfReach(action, plan_id, "plan", NOT_YOURS)
    return plan


def require_line(ctx: Ctx, line_id: int) -> PlanLine:
    """A line of a plan that the actor may read."""
    line = ctx.session.get(PlanLine, line_id)
    if line is None:
        raise OutOfReach(Action.READ_PLAN, line_id, "plan line", NOT_YOURS)
    require(ctx, line.plan_id)
    return line


def hold_line(ctx: Ctx, line_id: int, action: Action) -> tuple[PlanLine, AnnualPlan]:
    """A line as it stands once its plan is held until the commit, and the plan."""
    line = require_line(ctx, line_id)
    plan = hold(ctx, line.plan_id, action)
    held = ctx.session.get(PlanLine, line_id, populate_existing=True)
    if held is None:
        raise OutOfReach(action, line_id, "plan line", NOT_YOURS)
    return held, plan


def may_read(ctx: Ctx, plan: AnnualPlan) -> bool:
    """Whether the actor may read this plan as it stands now."""
    if plan.state is PlanState.PUBLISHED and access.may(ctx, Action.READ_PLAN):
        return True
    return sees_all(ctx, plan)


def sees_all(ctx: Ctx, plan: AnnualPlan) -> bool:
    """Whether the actor may read money and comments too."""
    if access.may(ctx, Action.EDIT_PLAN) or is_reviewer(ctx, plan.id):
        return True
    return plan.state in DECIDABLE and approves(ctx)


def approves(ctx: Ctx) -> bool:
    """Whether plans are the actor's to approve: an executive's of the whole administration, of a
    part only where there is none of the whole.
    """
    if ctx.actor.is_system or not access.may(ctx, Action.APPROVE_PLAN):
        return ctx.actor.is_system
    return ctx.actor.person_id in telling.approvers(ctx.session)


def is_reviewer(ctx: Ctx, plan_id: int | None) -> bool:
    """Whether the actor was named to check this plan."""
    me = ctx.actor.person_id
    return me is not None and ctx.session.get(PlanReview, (plan_id, me)) is not None


def readable(ctx: Ctx) -> list[AnnualPlan]:
    """The plans that the actor may read, the latest year first."""
    found = ctx.session.scalars(select(AnnualPlan).order_by(AnnualPlan.plan_year.desc()))
    return [plan for plan in found if may_read(ctx, plan)]


def lines(session: Session, plan_id: int | None) -> list[Line]:
    """The lines of a plan in their order, dropped ones last."""
    costs = cost_by_line(session, plan_id)
    rows = session.execute(
        select(PlanLine, Course, Goal.code, Facility.name)
        .outerjoin(Course, Course.id == PlanLine.course_id)
        .outerjoin(Goal, Goal.id == PlanLine.goal_id)
        .outerjoin(Facility, Facility.id == PlanLine.facility_id)
        .where(PlanLine.plan_id == plan_id)
        .order_by(PlanLine.dropped_for != "", PlanLine.number, PlanLine.id)
    )
    return [_line(row, course, goal, place, costs) for row, course, goal, place in rows]


def line_of(session: Session, row: PlanLine) -> Line:
    """One line."""
    return next(one for one in lines(session, row.plan_id) if one.id == row.id)


def held(found: Sequence[Line]) -> list[Line]:
    """Those that are to be held: neither dropped nor discontinued."""
    return [
        line for line in found if not line.dropped_for and line.change is not Change.DISCONTINUED
    ]


def cost_by_line(session: Session, plan_id: int | None) -> dict[int, float]:
    """What each line of a plan is expected to cost in all, to a hundredth."""
    rows = session.execute(
        select(PlanCost.line_id, func.sum(PlanCost.quantity * PlanCost.price))
        .join(PlanLine, PlanLine.id == PlanCost.line_id)
        .where(PlanLine.plan_id == plan_id)
        .group_by(PlanCost.line_id)
    )
    return {line_id: round(float(cost), 2) for line_id, cost in rows}


def _line(
    row: PlanLine, course: Course | None, goal: str | None, place: str | None,
    costs: dict[int, float],
) -> Line:  # fmt: skip
    assert row.id is not None
    title: Words | Texts = catalogue.title_of(course) if course and not row.title else row.title
    return Line(
        id=row.id,
        code=row.code,
        title=title,
        goal=goal or "",
        category=row.category,
        section=row.section,
        change=row.change,
        target=row.target,
        cohorts=row.cohorts,
        trainees=row.trainees,
        mode=row.mode,
        place=row.place or place or "",
        months=tuple(row.months),
        days=row.days,
        hours=row.hours,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        trainers=row.trainers,
        required=row.required,
        remark=row.remark,
        unscheduled=row.unscheduled,
        added_for=str(row.details.get(ADDED_FOR, "")),
        dropped_for=row.dropped_for,
        course_id=row.course_id,
        topic_id=row.topic_id,
        cost=costs.get(row.id),
    )
