"""Goals of a plan year: named, corrected, what was reached, and which topics serve them."""

from __future__ import annotations

import datetime as dt

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.i18n import Words, _, _n
from bot.needs import years
from bot.people import access
from bot.people.access_table import Action
from bot.planning import goals, plans
from bot.planning.goals import GoalCard
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form
from handlers.common.class_screens import number_in
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.routes import press
from handlers.unit import plan_asking
from handlers.unit.plan import year_in

PAGE = 10


@press("goals", Action.EDIT_PLAN)
def show_goals(ctx: Ctx, event: Event) -> Reply:
    """The goals of a plan year: `goals:2027-01-01:page`."""
    return Reply(screen=_list(ctx, year_in(event), number_after(event.text, 2) or 0))


@press("goal", Action.EDIT_PLAN)
def show_goal(ctx: Ctx, event: Event) -> Reply:
    """One goal: `goal:id`."""
    return Reply(screen=_screen(goals.card(ctx, number_in(event, 1))))


@press("goalnew", Action.EDIT_PLAN)
def begin_goal(ctx: Ctx, event: Event) -> Reply:
    """Ask what is to be reached: `goalnew:2027-01-01`."""
    year = year_in(event)
    plans.require_year(ctx, year)
    service.begin(ctx, "plan_goal", {"year": year.isoformat()})
    return ask_form.show(ctx)


@press("goaledit", Action.EDIT_PLAN)
def begin_correcting(ctx: Ctx, event: Event) -> Reply:
    """Show all that is said of a goal, to be changed: `goaledit:id`."""
    goal_id = number_in(event, 1)
    typed = goals.as_typed(ctx, goal_id)
    return plan_asking.correct(ctx, "plan_goal", {"goal_id": goal_id}, typed)


@press("goaldel", Action.EDIT_PLAN)
def remove_goal(ctx: Ctx, event: Event) -> Reply:
    """Take a goal away that no line names: `goaldel:id`."""
    found = goals.card(ctx, number_in(event, 1))
    goals.remove(ctx, found.id)
    return Reply(screen=_list(ctx, found.plan_year, 0), toast=_("The goal is taken away."))


@press("goaltop", Action.EDIT_PLAN)
def show_topics(ctx: Ctx, event: Event) -> Reply:
    """Which topics of needs serve a goal: `goaltop:id:page`."""
    goal_id, number = number_in(event, 1), number_after(event.text, 2) or 0
    return Reply(screen=_topics(ctx, goal_id, number))


@press("goallink", Action.EDIT_PLAN)
def link_topic(ctx: Ctx, event: Event) -> Reply:
    """Say whether a topic serves a goal: `goallink:goal:topic:page:1`."""
    goal_id, topic_id = number_in(event, 1), number_in(event, 2)
    goals.link(ctx, goal_id, topic_id, event.text.endswith(":1"))
    return Reply(screen=_topics(ctx, goal_id, number_after(event.text, 3) or 0))


def _list(ctx: Ctx, year: dt.date, number: int) -> Screen:
    access.require(ctx, Action.EDIT_PLAN)
    page = page_of(goals.of_year(ctx, year), number, PAGE)
    rows: Rows = [
        (Button(_("{code}: {title}", code=one.code, title=one.title), f"goal:{one.id}"),)
        for one in page.shown
    ]
    rows += page.rows(lambda turned: f"goals:{year}:{turned}")
    rows.append((Button(_("Name a goal"), f"goalnew:{year}", style=Style.PRIMARY),))
    plan = plans.of_year(ctx, year)
    back = f"plano:{plan.id}" if plan is not None else "plans"
    rows.append((Button(_("« The plan"), back),))
    body = (
        _("Each line of the plan names the goal that it serves.")
        if page.shown
        else _("No goal of this year has been named yet.")
    )
    title = _("Goals of {year}", year=years.label(year))
    return Screen(title=title, body=(body,), rows=tuple(rows))


def _screen(one: GoalCard) -> Screen:
    body: list[Words] = [_("Code: {code}", code=one.code)]
    body.append(_("Weight: {weight} of {most}", weight=one.weight, most=goals.HEAVIEST))
    if one.measure:
        body.append(_("Measured by: {measure}", measure=one.measure))
    figures = (
        (one.before, _("Today: {figure}", figure=one.before)),
        (one.target, _("To be reached: {figure}", figure=one.target)),
        (one.reached, _("Reached: {figure}", figure=one.reached)),
    )
    body += [words for figure, words in figures if figure is not None]
    if one.target is None:
        body.append(_("No target has been set yet."))
    body.append(_n("{count} line serves it.", "{count} lines serve it.", one.lines))
    body.append(_n("{count} topic serves it.", "{count} topics serve it.", one.topics))
    rows: Rows = [
        (
            Button(_("Correct"), f"goaledit:{one.id}", style=Style.PRIMARY),
            Button(_("Topics"), f"goaltop:{one.id}"),
        )
    ]
    if not one.lines:
        gone = Button(_("Take it away"), f"goaldel:{one.id}", guarded=True, style=Style.DANGER)
        rows.append((gone,))
    rows.append((Button(_("« Goals"), f"goals:{one.plan_year}"),))
    return Screen(title=one.title, body=tuple(body), rows=tuple(rows))


def _topics(ctx: Ctx, goal_id: int, number: int) -> Screen:
    goal = goals.card(ctx, goal_id)
    page = page_of(goals.topics(ctx, goal_id), number, PAGE)
    rows: Rows = []
    for topic_id, name, serves in page.shown:
        label = _("✓ {topic}", topic=name) if serves else name
        wanted = "0" if serves else "1"
        rows.append((Button(label, f"goallink:{goal_id}:{topic_id}:{number}:{wanted}"),))
    rows += page.rows(lambda turned: f"goaltop:{goal_id}:{turned}")
    rows.append((Button(_("« The goal"), f"goal:{goal_id}"),))
    body = (
        _("Choose which topics serve this goal; ✓ marks those that do.")
        if page.shown
        else _("There is no topic yet.")
    )
    title = _("Topics of {code}", code=goal.code)
    return Screen(title=title, body=(body,), rows=tuple(rows))
