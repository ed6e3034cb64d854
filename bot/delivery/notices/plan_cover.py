"""To heads of offices: how many of their people a published plan takes away in which months."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.i18n import Joined, Words, _, _n
from bot.models.planning import AnnualPlan, PlanState
from bot.needs import years
from bot.people import directory
from bot.planning import cover
from bot.planning.cover import MonthCover
from bot.reports.months import month_words
from bot.screens import Button, Screen

MOST_LINES = 3
"""Lines of the plan that are named for each month."""


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
        *(_month(one) for one in found),
    ]  # fmt: skip
    return Screen(
        title=_("The training plan {year} is published", year=year),
        body=tuple(body),
        rows=((Button(_("Show the plan"), f"planr:{plan.id}"),),),
    )


def _month(one: MonthCover) -> Words:
    first = sorted(one.lines, key=lambda line: -line.people)
    named: list[Words] = [
        _("{title} {count}", title=line.title, count=line.people) for line in first[:MOST_LINES]
    ]
    if len(first) > MOST_LINES:
        named.append(_n("{count} more", "{count} more", len(first) - MOST_LINES))
    return _n(
        "{month}: {count} person ({what})",
        "{month}: {count} people ({what})",
        one.people,
        month=month_words(one.month),
        what=Joined(tuple(named)),
    )
