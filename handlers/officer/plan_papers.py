"""Papers and pictures of a plan, each made for who may read what stands in it."""

from __future__ import annotations

from bot.context import Ctx
from bot.errors import Refusal
from bot.events import Event
from bot.i18n import Words, _
from bot.models.planning import AnnualPlan
from bot.people.access_table import Action
from bot.planning import reading
from bot.reports.annual_plan import ANNUAL_PLAN
from bot.reports.plan_calendar import PLAN_CALENDAR
from bot.reports.plan_progress import PLAN_PROGRESS
from bot.reports.region_year import REGION_YEAR
from bot.reports.registry import Report
from bot.screens import Button, Reply, Screen
from handlers.common.class_screens import number_in
from handlers.common.paging import Rows
from handlers.common.plan_screens import plan_title
from handlers.common.report_orders import ordered
from handlers.common.routes import press

FOR_ALL = (PLAN_CALENDAR,)
FOR_WHO_SEES_ALL = (ANNUAL_PLAN, PLAN_PROGRESS, REGION_YEAR)


@press("planpapers", Action.READ_PLAN)
def show_papers(ctx: Ctx, event: Event) -> Reply:
    """What can be made of a plan: `planpapers:plan`."""
    plan = reading.require(ctx, number_in(event, 1))
    rows: Rows = [
        (Button(report.title, f"planrep:{plan.id}:{report.name}", guarded=True),)
        for report in _open_to(ctx, plan)
    ]
    rows.append((Button(_("« Back to the plan"), f"planr:{plan.id}"),))
    body: tuple[Words, ...] = (_("Choose what is to be made. It comes as a message."),)
    return Reply(screen=Screen(title=plan_title(plan), body=body, rows=tuple(rows)))


@press("planrep", Action.READ_PLAN)
def make_paper(ctx: Ctx, event: Event) -> Reply:
    """Have it made: `planrep:plan:report`; the report refuses readers who may not read it all."""
    plan_id = number_in(event, 1)
    name = event.text.split(":")[2:3]
    for report in (*FOR_ALL, *FOR_WHO_SEES_ALL):
        if name == [report.name]:
            return ordered(ctx, report, {"plan": plan_id})
    raise Refusal(_("This button no longer works. Please open the list again."))


def _open_to(ctx: Ctx, plan: AnnualPlan) -> tuple[Report, ...]:
    return (*FOR_ALL, *FOR_WHO_SEES_ALL) if reading.sees_all(ctx, plan) else FOR_ALL
