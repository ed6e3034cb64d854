"""The way of a plan through the unit: checked, submitted, decided by letter, published."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.i18n import Words, _, _n
from bot.models.planning import AnnualPlan, PlanState, Verdict
from bot.people.access_table import Action
from bot.planning import approval, comments, plans, publishing, reading, reviews
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form
from handlers.common.class_screens import number_in
from handlers.common.paging import Rows
from handlers.common.plan_comments import comments_button, comments_screen
from handlers.common.plan_screens import checked_lines, facts, plan_title
from handlers.common.routes import press


@press("planlife", Action.EDIT_PLAN)
def show_life(ctx: Ctx, event: Event) -> Reply:
    """Where the plan stands, and what can be done: `planlife:plan`."""
    return Reply(screen=_screen(ctx, reading.require(ctx, number_in(event, 1))))


@press("planask", Action.EDIT_PLAN)
def begin_review(ctx: Ctx, event: Event) -> Reply:
    """Ask who is to check it: `planask:plan`."""
    plan = plans.require_editable(ctx, number_in(event, 1))
    service.begin(ctx, "plan_reviewer", {"plan": plan.id})
    return ask_form.show(ctx)


@press("planaskno", Action.EDIT_PLAN)
def take_review_back(ctx: Ctx, event: Event) -> Reply:
    """Somebody need not check it any more: `planaskno:plan:person`."""
    plan = reviews.take_back(ctx, number_in(event, 1), number_in(event, 2))
    return Reply(screen=_screen(ctx, plan), toast=_("They need not check the plan any more."))


@press("plansub", Action.EDIT_PLAN)
def ask_to_submit(ctx: Ctx, event: Event) -> Reply:
    """What is still open, before it is submitted: `plansub:plan`."""
    plan = plans.require_editable(ctx, number_in(event, 1))
    yes = Button(_("Submit"), f"plansubyes:{plan.id}", guarded=True, style=Style.PRIMARY)
    body = (*facts(ctx, plan, money=True), "", *_still_open(ctx, plan))
    rows = ((yes, Button(_("« Back"), f"planlife:{plan.id}")),)
    return Reply(screen=Screen(title=plan_title(plan), body=body, rows=rows))


@press("plansubyes", Action.EDIT_PLAN)
def submit(ctx: Ctx, event: Event) -> Reply:
    """Put it before the executives: `plansubyes:plan`."""
    plan = approval.submit(ctx, number_in(event, 1))
    toast = _("Version {number} is submitted.", number=plan.version)
    return Reply(screen=_screen(ctx, plan), toast=toast)


@press("plansubno", Action.EDIT_PLAN)
def take_back(ctx: Ctx, event: Event) -> Reply:
    """Take it back before anybody decides: `plansubno:plan`."""
    plan = approval.take_back(ctx, number_in(event, 1))
    return Reply(screen=_screen(ctx, plan), toast=_("The plan can be changed again."))


@press("planletter", Action.EDIT_PLAN)
def begin_letter(ctx: Ctx, event: Event) -> Reply:
    """Ask what the signed letter says: `planletter:plan`."""
    plan = approval.require_waiting(ctx, number_in(event, 1), Action.EDIT_PLAN)
    service.begin(ctx, "plan_letter", {"plan": plan.id})
    return ask_form.show(ctx)


@press("planpub", Action.EDIT_PLAN)
def ask_to_publish(ctx: Ctx, event: Event) -> Reply:
    """Who will see it, before it is published: `planpub:plan`."""
    plan = reading.require(ctx, number_in(event, 1))
    yes = Button(_("Publish"), f"planpubyes:{plan.id}", guarded=True, style=Style.PRIMARY)
    body = (
        _("Everybody can then read the plan under “Training plan”, without costs and comments."),
        _("Heads of offices are told which cover they will need, month by month."),
    )
    rows = ((yes, Button(_("« Back"), f"planlife:{plan.id}")),)
    return Reply(screen=Screen(title=plan_title(plan), body=body, rows=rows))


@press("planpubyes", Action.EDIT_PLAN)
def publish(ctx: Ctx, event: Event) -> Reply:
    """Publish it: `planpubyes:plan`."""
    plan = publishing.publish(ctx, number_in(event, 1))
    toast = _("The plan is published. Heads of offices are being told.")
    return Reply(screen=_screen(ctx, plan), toast=toast)


@press("plansettle", Action.EDIT_PLAN)
def settle(ctx: Ctx, event: Event) -> Reply:
    """Say that a comment has been dealt with, or not yet: `plansettle:comment:page:1`."""
    done = event.text.endswith(":1")
    row = comments.settle(ctx, number_in(event, 1), done=done)
    plan = reading.require(ctx, row.plan_id)
    toast = _("The comment is marked as done.") if done else _("The comment is open again.")
    return Reply(screen=comments_screen(ctx, plan, number_in(event, 2)), toast=toast)


def _screen(ctx: Ctx, plan: AnnualPlan) -> Screen:
    found = reviews.of_plan(ctx, plan.id or 0)
    body: list[Words] = facts(ctx, plan, money=True)
    body += checked_lines(found)
    rows: Rows = _acts(plan)
    if plan.state in plans.EDITABLE:
        rows += [
            (
                Button(
                    _("Do not ask {name}", name=one.name),
                    f"planaskno:{plan.id}:{one.person_id}",
                    guarded=True,
                ),
            )
            for one in found
            if one.verdict is Verdict.ASKED
        ]
    versions = Button(_("Versions"), f"planvs:{plan.id}")
    rows.append((comments_button(ctx, plan), versions))
    rows.append((Button(_("Papers and pictures"), f"planpapers:{plan.id}"),))
    rows.append((Button(_("« The plan"), f"plano:{plan.id}"),))
    return Screen(title=plan_title(plan), body=tuple(body), rows=tuple(rows))


def _acts(plan: AnnualPlan) -> Rows:
    """What can be done in the state that the plan is in."""
    about = plan.id
    if plan.state in plans.EDITABLE:
        ask = Button(_("Ask somebody to check it"), f"planask:{about}")
        submit = Button(_("Submit for approval"), f"plansub:{about}", style=Style.PRIMARY)
        return [(ask,), (submit,)]
    if plan.state is PlanState.SUBMITTED:
        letter = Button(_("Record a signed letter"), f"planletter:{about}")
        back = Button(_("Take it back"), f"plansubno:{about}", guarded=True)
        return [(letter,), (back,)]
    rows: Rows = []
    if plan.state is PlanState.APPROVED:
        rows.append((Button(_("Publish"), f"planpub:{about}", style=Style.PRIMARY),))
    held = Button(_("Lines and classes"), f"plancohs:{about}", style=Style.PRIMARY)
    return [*rows, (held,), (Button(_("Add unscheduled training"), f"planuns:{about}"),)]


def _still_open(ctx: Ctx, plan: AnnualPlan) -> list[Words]:
    """Who has not answered yet, how many comments nobody has dealt with; nothing else."""
    lines: list[Words] = []
    about = plan.id or 0
    silent = [one for one in reviews.of_plan(ctx, about) if one.verdict is Verdict.ASKED]
    lines += [_("{name} has not answered yet.", name=one.name) for one in silent]
    lines += [
        _("{name} objects.", name=one.name)
        for one in reviews.of_plan(ctx, about)
        if one.verdict is Verdict.OBJECTED
    ]
    said = comments.count_open(ctx, about)
    if said:
        lines.append(
            _n("{count} comment is still open.", "{count} comments are still open.", said)
        )
    return [*lines, _("The executives are asked to approve the plan as it stands.")]
