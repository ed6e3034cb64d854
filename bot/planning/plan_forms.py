"""The forms of the plan: where they are submitted, and the live lists they choose from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import select

from bot.context import Ctx
from bot.forms.service import Submission, on_submit, source
from bot.i18n import Text, Texts, Words, _
from bot.models.needs import Topic
from bot.models.planning import AnnualPlan
from bot.people import access
from bot.people.access_table import Action
from bot.planning import costs, details, facilities, goals, lines, plans
from bot.training import catalogue

Found: TypeAlias = Sequence[tuple[str, Words]]
MOST = 50
AFTER = "plan.after"
"""Set in a session's `info` once a form is taken: by whom, and which button leads back."""
BACK: Mapping[str, Text] = {
    "plano": _("The plan"),
    "plines": _("The lines of the plan"),
    "pline": _("The line"),
    "pcosts": _("What it costs"),
    "goal": _("The goal"),
    "fac": _("The place"),
}


def way_back(ctx: Ctx) -> str | None:
    """The button's data that leads back to what the actor has just filled in a form about."""
    person_id, action = ctx.session.info.pop(AFTER, (None, None))
    return action if person_id == ctx.actor.person_id else None


@on_submit("plan_goal", "code", "title", "weight")
def submit_goal(ctx: Ctx, submission: Submission) -> Text:
    """Name a goal, or correct the one that the form was opened for."""
    purpose = submission.purpose
    if "goal_id" in purpose:
        goal = goals.edit(ctx, purpose["goal_id"], submission.answers)
    else:
        goal = goals.create(ctx, dt.date.fromisoformat(purpose["year"]), submission.answers)
    _lead_back(ctx, f"goal:{goal.id}")
    return _("Goal {code} is stored.", code=goal.code)


@on_submit("plan_facility", "name", "rooms", "seats", "beds")
def submit_facility(ctx: Ctx, submission: Submission) -> Text:
    """Keep a place, new or corrected."""
    kept = facilities.save(ctx, submission.purpose.get("facility_id"), submission.answers)
    _lead_back(ctx, f"fac:{kept.id}")
    return _("{name} is stored.", name=kept.name)


@on_submit("plan_money", "budget", "whole_budget")
def submit_money(ctx: Ctx, submission: Submission) -> Text:
    """Keep the budgets of a plan."""
    kept = plans.set_money(ctx, submission.purpose["plan_id"], submission.answers)
    _lead_back(ctx, f"plano:{kept.id}")
    return _("The budgets are stored.")


@on_submit("plan_line", "course", "title", "goal", "cohorts", "months")
def submit_line(ctx: Ctx, submission: Submission) -> Text:
    """Add a line, or correct the one that the form was opened for."""
    purpose = submission.purpose
    if "line_id" in purpose:
        line = lines.edit(ctx, purpose["line_id"], submission.answers)
    else:
        line = lines.create(ctx, purpose["plan_id"], submission.answers)
    _lead_back(ctx, f"pline:{line.id}")
    return _("Line {code} is stored.", code=line.code)


@on_submit("plan_line_place", "days", "hours", "trainers")
def submit_place(ctx: Ctx, submission: Submission) -> Text:
    """Keep how, where and by whom the line is held."""
    line = lines.place(ctx, submission.purpose["line_id"], submission.answers)
    _lead_back(ctx, f"pline:{line.id}")
    return _("Line {code} is stored.", code=line.code)


@on_submit("plan_line_details", *details.DETAIL_WORDS)
def submit_details(ctx: Ctx, submission: Submission) -> Text:
    """Keep the points of an operational plan."""
    line = lines.detail(ctx, submission.purpose["line_id"], submission.answers)
    _lead_back(ctx, f"pline:{line.id}")
    return _("Line {code} is stored.", code=line.code)


@on_submit("plan_cost", "kind", "item", "quantity", "price")
def submit_cost(ctx: Ctx, submission: Submission) -> Text:
    """Keep one more item that the line costs."""
    line_id = submission.purpose["line_id"]
    kept = costs.add(ctx, line_id, submission.answers)
    _lead_back(ctx, f"pcosts:{line_id}")
    return _("{item}: {cost} is stored.", item=kept.item, cost=kept.cost)


@on_submit("drop_plan_line", "reason")
def submit_drop(ctx: Ctx, submission: Submission) -> Text:
    """Drop the line that the form was opened for."""
    line, plan = lines.editable(ctx, submission.purpose["line_id"])
    code = line.code
    gone = lines.drop(ctx, submission.purpose["line_id"], submission.answers.get("reason") or "")
    _lead_back(ctx, f"plines:{plan.id}")
    if gone:
        return _("Line {code} is gone.", code=code)
    return _("Line {code} is dropped; it stays in the plan with the reason.", code=code)


@source("plan_courses")
def find_courses(ctx: Ctx, _purpose: Mapping[str, Any], typed: str) -> Found:
    """Courses by code or title; their codes are stored."""
    access.require(ctx, Action.EDIT_PLAN)
    return catalogue.find_courses(ctx, typed, MOST)


@source("plan_goals")
def find_goals(ctx: Ctx, purpose: Mapping[str, Any], _typed: str) -> Found:
    """The goals of the plan's year; their codes are stored."""
    access.require(ctx, Action.EDIT_PLAN)
    plan = _plan(ctx, purpose)
    found = goals.of_year(ctx, plan.plan_year) if plan is not None else []
    return [
        (one.code, _("{code}: {title}", code=one.code, title=one.title)) for one in found[:MOST]
    ]


@source("plan_topics")
def find_topics(ctx: Ctx, _purpose: Mapping[str, Any], typed: str) -> Found:
    """Topics of needs by a part of their name; names are stored."""
    access.require(ctx, Action.EDIT_PLAN)
    rows = ctx.session.scalars(
        select(Topic)
        .where(Topic.active, Topic.name.icontains(typed.strip(), autoescape=True))
        .order_by(Topic.name)
        .limit(MOST)
    )
    return [(row.name, Texts.of({"en": row.name, **row.names})) for row in rows]


@source("plan_facilities")
def find_facilities(ctx: Ctx, _purpose: Mapping[str, Any], typed: str) -> Found:
    """Places in use by a part of their name; names are stored."""
    access.require(ctx, Action.EDIT_PLAN)
    wanted = typed.strip().casefold()
    found = [one.name for one in facilities.listed(ctx) if one.active]
    return [(name, name) for name in found if wanted in name.casefold()][:MOST]


def _plan(ctx: Ctx, purpose: Mapping[str, Any]) -> AnnualPlan | None:
    if "line_id" in purpose:
        return lines.editable(ctx, purpose["line_id"])[1]
    plan_id = purpose.get("plan_id")
    return ctx.session.get(AnnualPlan, plan_id) if plan_id is not None else None


def _lead_back(ctx: Ctx, action: str) -> None:
    ctx.session.info[AFTER] = (ctx.actor.person_id, action)
