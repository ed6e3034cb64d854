"""Heads of offices see again which cover a published plan asks of their office."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.i18n import Words, _
from bot.models.planning import AnnualPlan, PlanState
from bot.people import directory, heads
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.planning import cover, reading
from bot.reports import cover_words
from bot.screens import Button, Reply, Screen
from handlers.common.class_screens import number_in
from handlers.common.numbers import number_after
from handlers.common.paging import page_of_lines
from handlers.common.plan_screens import plan_title
from handlers.common.routes import press


@press("plancover", Action.READ_PLAN)
def show_cover(ctx: Ctx, event: Event) -> Reply:
    """What the actor's own office needs cover for: `plancover:plan:page`; for its head only."""
    plan = reading.require(ctx, number_in(event, 1))
    unit_id = heads.part_of(ctx.session, ctx.actor.person_id)
    if unit_id is None or plan.state is not PlanState.PUBLISHED:
        raise OutOfReach(Action.READ_PLAN, plan.id, "plan", reading.NOT_YOURS)
    page = page_of_lines(_lines(ctx, plan, unit_id), number_after(event.text, 2) or 0)
    rows = page.rows(lambda turned: f"plancover:{plan.id}:{turned}")
    rows.append((Button(_("« Back to the plan"), f"planr:{plan.id}"),))
    return Reply(screen=Screen(title=plan_title(plan), body=page.shown, rows=tuple(rows)))


def _lines(ctx: Ctx, plan: AnnualPlan, unit_id: int) -> list[Words]:
    found = cover.of_office(ctx, plan, unit_id, cover.totals(ctx.session, plan))
    office = directory.office(ctx.session, unit_id)
    if not found:
        return [_("{office}: nobody is expected to be away.", office=office.name)]
    head = _("{office}: so many of your people are expected to be away.", office=office.name)
    return [head, "", *cover_words.lines(found)]
