"""Checking a plan for the training unit: read, commented line by line, agreed or objected to."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.i18n import Words, _, _n
from bot.models.planning import AnnualPlan, PlanState, Verdict
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.planning import reading, reviews
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form
from handlers.common.class_screens import number_in, with_menu
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.plan_screens import PER_PAGE, facts, plan_title
from handlers.common.routes import press
from handlers.common.waiting import Waiting, waiting_counter

TO_CHECK = _("Plans to check")


@waiting_counter("planreviews", Action.REVIEW_PLAN, 36)
def count_waiting(ctx: Ctx) -> Waiting:
    """How many plans the actor is asked to check."""
    count = len(reviews.waiting(ctx))
    sentence = _n(
        "{count} training plan waits for you to check it.",
        "{count} training plans wait for you to check them.",
        count,
    )
    return Waiting(sentence, Button(TO_CHECK, "planchecks"))


@press("planchecks", Action.REVIEW_PLAN)
def show_waiting(ctx: Ctx, event: Event) -> Reply:
    """The plans that the actor is asked to check: `planchecks:page`."""
    page = page_of(reviews.waiting(ctx), number_after(event.text) or 0, PER_PAGE)
    rows: Rows = [(Button(plan_title(plan), f"plancheck:{plan.id}"),) for plan in page.shown]
    rows += page.rows(lambda turned: f"planchecks:{turned}")
    body = _("Choose a plan.") if page.shown else _("No plan waits for you to check it.")
    return Reply(screen=Screen(title=TO_CHECK, body=(body,), rows=with_menu(rows)))


@press("plancheck", Action.REVIEW_PLAN)
def show_plan(ctx: Ctx, event: Event) -> Reply:
    """A plan that the actor is asked to check: `plancheck:plan`."""
    return Reply(screen=_screen(ctx, _asked(ctx, number_in(event, 1))))


@press("plancheckyes", Action.REVIEW_PLAN)
def agree(ctx: Ctx, event: Event) -> Reply:
    """Agree to the plan: `plancheckyes:plan`."""
    plan = reviews.answer(ctx, number_in(event, 1), Verdict.AGREED)
    toast = _("You agree to the plan. The training unit is told.")
    return Reply(screen=_screen(ctx, plan), toast=toast)


@press("plancheckno", Action.REVIEW_PLAN)
def begin_objecting(ctx: Ctx, event: Event) -> Reply:
    """Ask why the actor objects: `plancheckno:plan`."""
    plan = _asked(ctx, number_in(event, 1))
    if plan.state is not PlanState.IN_REVIEW:
        return Reply(screen=_screen(ctx, plan), toast=_("The plan is not being checked any more."))
    service.begin(ctx, "plan_objection", {"plan": plan.id})
    return ask_form.show(ctx)


def _asked(ctx: Ctx, plan_id: int) -> AnnualPlan:
    plan = reading.require(ctx, plan_id)
    if not reading.is_reviewer(ctx, plan_id):
        raise OutOfReach(Action.REVIEW_PLAN, plan_id, "plan", reading.NOT_YOURS)
    return plan


def _screen(ctx: Ctx, plan: AnnualPlan) -> Screen:
    verdict = reviews.verdict_of(ctx, plan.id or 0)
    body: list[Words] = facts(ctx, plan, money=True)
    rows: Rows = [(Button(_("Read the plan and comment"), f"planr:{plan.id}"),)]
    if verdict is not None and verdict is not Verdict.ASKED:
        body.append(_("What you said: {verdict}", verdict=reviews.VERDICT_WORDS[verdict]))
    if plan.state is PlanState.IN_REVIEW:
        body += ["", _("Comment on single lines first, then agree or object.")]
        yes = Button(_("I agree"), f"plancheckyes:{plan.id}", guarded=True, style=Style.SUCCESS)
        rows.append((yes, Button(_("I object"), f"plancheckno:{plan.id}")))
    rows.append((Button(_("« Plans to check"), "planchecks"),))
    return Screen(title=plan_title(plan), body=tuple(body), rows=tuple(rows))
