"""Annual plans: one for each plan year, who may read and change it, and what it may cost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.impact.typed import line_in, positive_in
from bot.i18n import Words, _
from bot.models.planning import AnnualPlan, PlanLine, PlanState
from bot.needs import years
from bot.people import access
from bot.people.access_table import Action
from bot.planning import reading

EDITABLE = frozenset({PlanState.DRAFT, PlanState.IN_REVIEW, PlanState.RETURNED})
LONGEST_MONEY = 12
FARTHEST = 20
"""Years from today to the farthest plan."""


@dataclass(frozen=True, slots=True)
class PlanCard:
    """A plan with its budgets; `label` is its year, `lines` are those to be held."""

    id: int
    plan_year: dt.date
    label: Words
    state: PlanState
    version: int
    money: str
    budget: float | None
    whole_budget: float | None
    lines: int

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE


def listed(ctx: Ctx) -> list[PlanCard]:
    """Every plan, the newest year first; refuses who may not edit plans."""
    access.require(ctx, Action.EDIT_PLAN)
    rows = ctx.session.scalars(select(AnnualPlan).order_by(AnnualPlan.plan_year.desc())).all()
    counts = _counts(ctx, [row.id for row in rows])
    return [_card(row, counts.get(row.id, 0)) for row in rows]


def card(ctx: Ctx, plan_id: int) -> PlanCard:
    """One plan; refuses who may not read it."""
    plan = reading.require(ctx, plan_id)
    return _card(plan, _counts(ctx, [plan_id]).get(plan_id, 0))


def of_year(ctx: Ctx, year: dt.date) -> AnnualPlan | None:
    """The plan of the year that begins on this day; asks for no right."""
    return ctx.session.scalars(select(AnnualPlan).where(AnnualPlan.plan_year == year)).first()


def before(session: Session, year: dt.date) -> AnnualPlan | None:
    """The plan of the last year before this one that has a plan; asks for no right."""
    query = select(AnnualPlan).where(AnnualPlan.plan_year < year)
    return session.scalars(query.order_by(AnnualPlan.plan_year.desc()).limit(1)).first()


def require_editable(ctx: Ctx, plan_id: int) -> AnnualPlan:
    """The plan, held until the commit, if the actor may edit it and it is not out of hand."""
    plan = reading.hold(ctx, plan_id, Action.EDIT_PLAN)
    if plan.state is PlanState.SUBMITTED:
        raise Refusal(
            _("The plan is with the Director-General. It can be changed once it is returned.")
        )
    if plan.state not in EDITABLE:
        raise Refusal(
            _(
                "The plan is approved. Add what is new as unscheduled training, or drop a line "
                "with a reason."
            )
        )
    return plan


def begin(ctx: Ctx, year: dt.date) -> PlanCard:
    """Begin the plan of the year that begins on this day, empty; refuses a second one."""
    access.require(ctx, Action.EDIT_PLAN)
    require_year(ctx, year)
    if of_year(ctx, year) is not None:
        raise Refusal(_("There is a plan of this year already."))
    plan = AnnualPlan(
        plan_year=year, prepared_by=ctx.actor.person_id, made_at=ctx.now(), changed_at=ctx.now()
    )
    earlier = before(ctx.session, year)
    if earlier is not None:
        plan.money = earlier.money
    ctx.session.add(plan)
    ctx.session.flush()
    audit.record(ctx, "plan.begun", "plan", plan.id, year=year.isoformat())
    return _card(plan, 0)


def require_year(ctx: Ctx, year: dt.date) -> None:
    """Refuse a day on which no plan year begins, and years far away."""
    is_near = abs(year.year - ctx.today().year) <= FARTHEST
    if not is_near or years.plan_year(ctx, year) != year:
        raise Refusal(_("No plan year begins on {day}.", day=year))


def may_begin(ctx: Ctx) -> list[dt.date]:
    """Which plans could be begun: that of this plan year and of the next, where there is none."""
    access.require(ctx, Action.EDIT_PLAN)
    wanted = (years.plan_year(ctx), years.next_plan_year(ctx))
    return [year for year in wanted if of_year(ctx, year) is None]


def set_money(ctx: Ctx, plan_id: int, typed: Mapping[str, Any]) -> PlanCard:
    """Keep the budget of training, that of the administration, and in what money both are."""
    plan = require_editable(ctx, plan_id)
    budget, whole = positive_in(typed, "budget"), positive_in(typed, "whole_budget")
    if budget is not None and whole is not None and budget > whole:
        raise Refusal(_("Training cannot have more than the whole administration has."))
    old = {"budget": plan.budget, "whole": plan.whole_budget}
    plan.money = line_in(typed, "money", LONGEST_MONEY)
    plan.budget, plan.whole_budget = budget, whole
    touch(ctx, plan)
    audit.record(ctx, "plan.budget", "plan", plan_id, old=old, budget=budget, whole=whole)
    return card(ctx, plan_id)


def money_as_typed(ctx: Ctx, plan_id: int) -> dict[str, str]:
    """The budgets to fill the form beforehand."""
    plan = require_editable(ctx, plan_id)
    shown = {
        "money": plan.money,
        "budget": f"{plan.budget:.15g}" if plan.budget is not None else "",
        "whole_budget": f"{plan.whole_budget:.15g}" if plan.whole_budget is not None else "",
    }
    return {name: value for name, value in shown.items() if value}


def touch(ctx: Ctx, plan: AnnualPlan) -> None:
    """Note that a plan was changed just now."""
    plan.changed_at = ctx.now()
    ctx.session.flush()


def _counts(ctx: Ctx, plan_ids: list[int | None]) -> dict[int, int]:
    query = (
        select(PlanLine.plan_id, func.count())
        .where(PlanLine.plan_id.in_(plan_ids), reading.HELD)
        .group_by(PlanLine.plan_id)
    )
    return dict(ctx.session.execute(query).all())


def _card(plan: AnnualPlan, lines: int) -> PlanCard:
    assert plan.id is not None
    return PlanCard(
        id=plan.id,
        plan_year=plan.plan_year,
        label=years.label(plan.plan_year),
        state=plan.state,
        version=plan.version,
        money=plan.money,
        budget=plan.budget,
        whole_budget=plan.whole_budget,
        lines=lines,
    )
