"""The plan is published: everybody can read it, and heads of offices are told what cover they
will need.
"""

from __future__ import annotations

from sqlalchemy import select

from bot import audit, long_work
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import _
from bot.models.people import Person, Unit
from bot.models.planning import AnnualPlan, PlanState
from bot.people import heads
from bot.people.access_table import Action
from bot.planning import cover, reading, telling, versions

WORK = "plan_cover"


def publish(ctx: Ctx, plan_id: int) -> AnnualPlan:
    """Let everybody read an approved plan; heads of offices are told by long work.

    Refuses a plan that has not been approved, or is published already.
    """
    plan = reading.hold(ctx, plan_id, Action.EDIT_PLAN)
    if plan.state is PlanState.PUBLISHED:
        raise Refusal(_("The plan has been published already."))
    if plan.state is not PlanState.APPROVED:
        raise Refusal(_("The plan has to be approved before it is published."))
    if versions.has_changed(ctx.session, plan):
        versions.keep(ctx, plan)
    plan.state, plan.published_at, plan.changed_at = PlanState.PUBLISHED, ctx.now(), ctx.now()
    ctx.session.flush()
    audit.record(ctx, "plan.published", "plan", plan_id, version=plan.version)
    if plan.decided_by is not None:
        telling.tell(ctx, telling.PUBLISHED, plan, [plan.decided_by])
    long_work.queue(ctx, WORK, {"plan": plan_id})
    return plan


def all_units(ctx: Ctx) -> list[int]:
    """Every office that somebody serves in, by id."""
    query = select(Unit.id).where(Unit.id.in_(select(Person.unit_id).where(Person.active)))
    return [one for one in ctx.session.scalars(query.order_by(Unit.id)) if one is not None]


def needing_cover(
    ctx: Ctx, plan_id: int, unit_ids: list[int], totals: dict[int, int]
) -> dict[int, int]:
    """Of these offices those that a published plan takes people from, by the id of their head.

    `totals` are those of `cover.totals`, so that they are counted once for all.
    """
    plan = ctx.session.get_one(AnnualPlan, plan_id)
    if plan.state is not PlanState.PUBLISHED:
        return {}
    found = {}
    for unit_id in unit_ids:
        head = heads.head_of(ctx.session, unit_id)
        if head is not None and cover.of_office(ctx, plan, unit_id, totals):
            found[head] = unit_id
    return found


def tell_heads(ctx: Ctx, plan_id: int, offices: dict[int, int], totals: dict[int, int]) -> int:
    """Tell these heads which cover their offices need, each of a version once; how many."""
    plan = ctx.session.get_one(AnnualPlan, plan_id)
    counted = {str(line): count for line, count in totals.items()}
    return sum(
        telling.tell(ctx, telling.COVER, plan, [head], once=True, unit=unit_id, totals=counted)
        for head, unit_id in offices.items()
    )
