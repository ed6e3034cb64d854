"""What lines cost, by kind of purchase, beside the budgets (C ch.3 case 2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.impact.typed import line_in, positive_in
from bot.i18n import Percent, Text, Words, _
from bot.models.planning import BudgetKind, PlanCost, PlanLine
from bot.people import access
from bot.people.access_table import Action
from bot.planning import lines, plans, reading

MOST, SMALL = 100, 0.01
KIND_WORDS: Mapping[BudgetKind, Text] = {
    BudgetKind.GOODS: _("Goods"),
    BudgetKind.SERVICES: _("Services"),
    BudgetKind.INFRASTRUCTURE: _("Infrastructure"),
}


@dataclass(frozen=True, slots=True)
class CostItem:
    """One thing that is bought: how many, at which price each."""

    id: int
    kind: BudgetKind
    item: str
    quantity: float
    price: float

    @property
    def cost(self) -> float:
        return self.quantity * self.price


@dataclass(frozen=True, slots=True)
class Totals:
    """What a plan costs; `share` is that of the whole administration's budget.

    `left` is what the budget has left, below zero where it is exceeded; None without a budget.
    `without` is how many lines have no cost yet.
    """

    by_kind: Mapping[BudgetKind, float]
    total: float
    budget: float | None
    share: float | None
    without: int

    @property
    def left(self) -> float | None:
        return None if self.budget is None else self.budget - self.total


def share_words(share: float) -> Words | Percent:
    """A share of a large budget: below one percent with two decimals."""
    if share < SMALL:
        return _("{percent} %", percent=round(share * 100, 2))
    return Percent(share)


def of_line(ctx: Ctx, line_id: int) -> list[CostItem]:
    """What a line costs, item by item; refuses who may not read the money of its plan."""
    line = reading.require_line(ctx, line_id)
    _require_money(ctx, line.plan_id)
    query = select(PlanCost).where(PlanCost.line_id == line_id).order_by(PlanCost.id)
    return [_item(row) for row in ctx.session.scalars(query)]


def add(ctx: Ctx, line_id: int, typed: Mapping[str, Any]) -> CostItem:
    """Keep one more item of a line; refuses what is no amount, and more than a hundred items."""
    line, plan = lines.editable(ctx, line_id)
    count = select(func.count()).where(PlanCost.line_id == line_id)
    if (ctx.session.scalar(count) or 0) >= MOST:
        raise Refusal(_("A line has at most {count} items.", count=MOST))
    row = PlanCost(line_id=line_id, **_values(typed))
    ctx.session.add(row)
    plans.touch(ctx, plan)
    audit.record(ctx, "plan.cost", "plan line", line_id, code=line.code, cost=_item(row).cost)
    return _item(row)


def remove(ctx: Ctx, cost_id: int) -> int:
    """Take an item away; the id of its line. Refuses one that is not there any more."""
    row = ctx.session.get(PlanCost, cost_id)
    if row is None:
        access.require(ctx, Action.EDIT_PLAN)
        raise Refusal(_("This item is not there any more."))
    line, plan = lines.editable(ctx, row.line_id)
    ctx.session.delete(row)
    plans.touch(ctx, plan)
    audit.record(ctx, "plan.cost", "plan line", line.id, code=line.code, removed=cost_id)
    assert line.id is not None
    return line.id


def totals(ctx: Ctx, plan_id: int) -> Totals:
    """What a plan costs, of lines that are to be held; refuses who may not read its money."""
    plan = _require_money(ctx, plan_id)
    held = (PlanLine.plan_id == plan_id) & reading.HELD
    rows = ctx.session.execute(
        select(PlanCost.kind, func.sum(PlanCost.quantity * PlanCost.price))
        .join(PlanLine, PlanLine.id == PlanCost.line_id)
        .where(held)
        .group_by(PlanCost.kind)
    )
    known = {kind: round(float(cost), 2) for kind, cost in rows}
    total = round(sum(known.values()), 2)
    priced = select(PlanCost.line_id).distinct()
    without = select(func.count()).select_from(PlanLine).where(held, PlanLine.id.not_in(priced))
    return Totals(
        by_kind={kind: known[kind] for kind in BudgetKind if kind in known},
        total=total,
        budget=plan.budget,
        share=total / plan.whole_budget if plan.whole_budget else None,
        without=ctx.session.scalar(without) or 0,
    )


def _require_money(ctx: Ctx, plan_id: int) -> Any:
    plan = reading.require(ctx, plan_id)
    if not reading.sees_all(ctx, plan):
        raise access.OutOfReach(Action.EDIT_PLAN, plan_id, "plan", reading.NOT_YOURS)
    return plan


def _values(typed: Mapping[str, Any]) -> dict[str, Any]:
    kind = str(typed.get("kind") or "")
    if kind not in set(BudgetKind):
        raise Refusal(_("Choose goods, services or infrastructure."))
    item, price = line_in(typed, "item"), positive_in(typed, "price")
    quantity = positive_in(typed, "quantity")
    if not item or price is None:
        raise Refusal(_("Say what is bought, and at which price."))
    return {
        "kind": BudgetKind(kind),
        "item": item,
        "quantity": 1.0 if quantity is None else quantity,
        "price": price,
    }


def _item(row: PlanCost) -> CostItem:
    return CostItem(row.id or 0, row.kind, row.item, row.quantity, row.price)
