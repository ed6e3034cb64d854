"""The annual plan before the executive: read, commented on line by line, approved or returned."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.i18n import Words, _, _n
from bot.models.planning import AnnualPlan, PlanState
from bot.people.access_table import Action
from bot.planning import approval, comments, reading, reviews
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form
from handlers.common.class_screens import number_in, with_menu
from handlers.common.menu import Part, menu_entry
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.plan_screens import PER_PAGE, checked_lines, facts, plan_title
from handlers.common.routes import press
from handlers.common.waiting import Waiting, waiting_counter

TO_DECIDE = _("Plans to approve")

menu_entry("plandecide", TO_DECIDE, "plandecide", Action.APPROVE_PLAN, 43, Part.PLAN)


@waiting_counter("plandecisions", Action.APPROVE_PLAN, 34)
def count_waiting(ctx: Ctx) -> Waiting:
    """How many plans wait for approval."""
    count = len(approval.waiting(ctx))
    sentence = _n(
        "{count} training plan waits for your approval.",
        "{count} training plans wait for your approval.",
        count,
    )
    return Waiting(sentence, Button(TO_DECIDE, "plandecide"))


@press("plandecide", Action.APPROVE_PLAN)
def show_waiting(ctx: Ctx, event: Event) -> Reply:
    """The plans that wait for approval: `plandecide:page`."""
    page = page_of(approval.waiting(ctx), number_after(event.text) or 0, PER_PAGE)
    rows: Rows = [(Button(plan_title(plan), f"pland:{plan.id}"),) for plan in page.shown]
    rows += page.rows(lambda turned: f"plandecide:{turned}")
    rows.append((Button(_("All plans"), "planread"),))
    body = _("Choose a plan.") if page.shown else _("No plan waits for approval.")
    return Reply(screen=Screen(title=TO_DECIDE, body=(body,), rows=with_menu(rows)))


@press("pland", Action.APPROVE_PLAN)
def show_plan(ctx: Ctx, event: Event) -> Reply:
    """A plan with what was said of it: `pland:plan`."""
    return Reply(screen=_screen(ctx, reading.require(ctx, number_in(event, 1))))


@press("plandask", Action.APPROVE_PLAN)
def ask_to_approve(ctx: Ctx, event: Event) -> Reply:
    """What is approved, before it is: `plandask:plan`."""
    plan = approval.require_waiting(ctx, number_in(event, 1), Action.APPROVE_PLAN)
    yes = Button(
        _("Approve"), f"plandyes:{plan.id}:{plan.version}", guarded=True, style=Style.SUCCESS
    )
    body = (*facts(ctx, plan, money=True), "", _("Do you approve this plan?"))
    rows = ((yes, Button(_("« Back"), f"pland:{plan.id}")),)
    return Reply(screen=Screen(title=plan_title(plan), body=body, rows=rows))


@press("plandyes", Action.APPROVE_PLAN)
def approve(ctx: Ctx, event: Event) -> Reply:
    """Approve the version that was read: `plandyes:plan:version`."""
    plan = approval.approve(ctx, number_in(event, 1), number_in(event, 2))
    toast = _("The plan is approved. The training unit is told.")
    return Reply(screen=_screen(ctx, plan), toast=toast)


@press("plandno", Action.APPROVE_PLAN)
def begin_returning(ctx: Ctx, event: Event) -> Reply:
    """Ask what is to be changed: `plandno:plan`."""
    plan = approval.require_waiting(ctx, number_in(event, 1), Action.APPROVE_PLAN)
    service.begin(ctx, "plan_return", {"plan": plan.id, "version": plan.version})
    return ask_form.show(ctx)


def _screen(ctx: Ctx, plan: AnnualPlan) -> Screen:
    body: list[Words] = facts(ctx, plan, money=True)
    said = comments.count_open(ctx, plan.id or 0)
    if said:
        body.append(_n("{count} open comment", "{count} open comments", said))
    body += checked_lines(reviews.of_plan(ctx, plan.id or 0))
    rows: Rows = [(Button(_("Read the plan and comment"), f"planr:{plan.id}"),)]
    if plan.version > 1:
        changes = f"planvc:{plan.id}:{plan.version - 1}:{plan.version}"
        rows.append((Button(_("What changed since the last version"), changes),))
    if plan.state is PlanState.SUBMITTED:
        rows.append(
            (
                Button(_("Approve"), f"plandask:{plan.id}", style=Style.SUCCESS),
                Button(_("Return it"), f"plandno:{plan.id}"),
            )
        )
    rows.append((Button(_("Papers and pictures"), f"planpapers:{plan.id}"),))
    rows.append((Button(_("« Plans to approve"), "plandecide"),))
    return Screen(title=plan_title(plan), body=tuple(body), rows=tuple(rows))
