"""To heads of offices: how many of their people a published plan takes away in which months."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.i18n import Words, _
from bot.models.planning import AnnualPlan, PlanState
from bot.needs import years
from bot.people import directory
from bot.planning import cover
from bot.reports import cover_words
from bot.screens import Button, Screen


@notice("plan_cover")
def plan_cover(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """One line a month: how many, and in what; then the way to the whole plan."""
    params = items[-1].params
    plan = ctx.session.get(AnnualPlan, params["plan"])
    if plan is None or plan.state is not PlanState.PUBLISHED:
        return Drop("the plan is not published")
    totals = {int(line): count for line, count in params["totals"].items()}
    found = cover.of_office(ctx, plan, params["unit"], totals)
    if not found:
        return Drop("nothing is planned for this office")
    year, office = years.label(plan.plan_year), directory.office(ctx.session, params["unit"])
    body: list[Words] = [
        _("{office}: so many of your people are expected to be away. Plan their cover early.",
          office=office.name),
        "",
        *cover_words.lines(found),
    ]  # fmt: skip
    return Screen(
        title=_("The training plan {year} is published", year=year),
        body=tuple(body),
        rows=((Button(_("Show the plan"), f"planr:{plan.id}"),),),
    )
