"""What was spent on the lines of a plan, beside what was planned."""

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
from bot.evaluation.impact.typed import line_in, number_in
from bot.i18n import _
from bot.models.planning import PlanLine, PlanSpending
from bot.people.access_table import Action
from bot.planning import reading

GONE = _("This amount is not there any more.")


@dataclass(frozen=True, slots=True)
class Spent:
    """One amount spent on a line; what came back is below zero."""

    id: int
    line_id: int
    spent_on: dt.date
    amount: float
    item: str


def note(ctx: Ctx, line_id: int, typed: Mapping[str, Any]) -> Spent:
    """Keep an amount; refuses a day to come, no amount, and a plan that is not approved yet."""
    line, plan = reading.hold_line(ctx, line_id, Action.EDIT_PLAN)
    if plan.state not in reading.APPROVED:
        raise Refusal(_("Nothing is spent on a plan that has not been approved."))
    amount = number_in(typed, "amount")
    if not amount:
        raise Refusal(_("Give the amount."))
    row = PlanSpending(
        line_id=line_id,
        spent_on=_day(ctx, typed),
        amount=amount,
        item=line_in(typed, "item"),
        noted_by=ctx.actor.person_id,
        noted_at=ctx.now(),
    )
    ctx.session.add(row)
    ctx.session.flush()
    audit.record(ctx, "plan.spent", "plan", plan.id, line=line.code, amount=amount)
    return _spent(row)


def strike(ctx: Ctx, spending_id: int) -> int:
    """Take an amount out that was noted by mistake; the line it was noted for."""
    row = ctx.session.get(PlanSpending, spending_id)
    if row is None:
        raise Refusal(GONE)
    line, plan = reading.hold_line(ctx, row.line_id, Action.EDIT_PLAN)
    audit.record(ctx, "plan.spending_struck", "plan", plan.id, line=line.code, amount=row.amount)
    ctx.session.delete(row)
    ctx.session.flush()
    return row.line_id


def of_line(ctx: Ctx, line_id: int) -> list[Spent]:
    """What was spent on a line, the latest first; for who may read the money of the plan."""
    line = reading.require_line(ctx, line_id)
    if not reading.sees_all(ctx, reading.require(ctx, line.plan_id)):
        return []
    query = select(PlanSpending).where(PlanSpending.line_id == line_id)
    order = PlanSpending.spent_on.desc(), PlanSpending.id.desc()
    return [_spent(row) for row in ctx.session.scalars(query.order_by(*order))]


def by_line(session: Session, plan_id: int | None) -> dict[int, float]:
    """What was spent on each line of a plan in all; asks for no right."""
    rows = session.execute(
        select(PlanSpending.line_id, func.sum(PlanSpending.amount))
        .join(PlanLine, PlanLine.id == PlanSpending.line_id)
        .where(PlanLine.plan_id == plan_id)
        .group_by(PlanSpending.line_id)
    )
    return {line_id: float(amount) for line_id, amount in rows}


def of_plan(session: Session, plan_id: int | None) -> list[tuple[dt.date, float]]:
    """Every amount of a plan with its day; asks for no right."""
    rows = session.execute(
        select(PlanSpending.spent_on, PlanSpending.amount)
        .join(PlanLine, PlanLine.id == PlanSpending.line_id)
        .where(PlanLine.plan_id == plan_id)
    )
    return [(day, float(amount)) for day, amount in rows]


def _day(ctx: Ctx, typed: Mapping[str, Any]) -> dt.date:
    text = str(typed.get("spent_on") or "")
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise Refusal(_("{text} is no date. Give one such as 2026-11-22.", text=text)) from None
    if day > ctx.today():
        raise Refusal(_("Nothing is spent on a day to come."))
    return day


def _spent(row: PlanSpending) -> Spent:
    assert row.id is not None
    return Spent(row.id, row.line_id, row.spent_on, row.amount, row.item)
