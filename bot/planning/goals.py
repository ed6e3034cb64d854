"""Goals of a plan year: what is to be reached, by which measure, and which topics serve it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.impact.typed import code_in, line_in, number_in, whole_in
from bot.i18n import Texts, _
from bot.models.needs import Topic
from bot.models.planning import Goal, GoalTopic, PlanLine
from bot.people import access
from bot.people.access_table import Action
from bot.planning import plans

LANGUAGES = ("km", "ur")
MOST = 60
LIGHTEST, HEAVIEST, USUAL = 1, 5, 3


@dataclass(frozen=True, slots=True)
class GoalCard:
    """A goal; `before`, `target` and `reached` are figures of its measure. `topics` and `lines`
    are how many serve it.
    """

    id: int
    plan_year: dt.date
    code: str
    title: Texts
    weight: int
    measure: str
    before: float | None
    target: float | None
    reached: float | None
    topics: int
    lines: int


def of_year(ctx: Ctx, year: dt.date) -> list[GoalCard]:
    """The goals of a plan year, the weightiest first; asks for no right."""
    rows = ctx.session.scalars(
        select(Goal).where(Goal.plan_year == year).order_by(Goal.weight.desc(), Goal.code)
    ).all()
    return _cards(ctx, rows)


def card(ctx: Ctx, goal_id: int) -> GoalCard:
    """One goal; refuses one that is not there, and who may not edit plans."""
    return _cards(ctx, [_row(ctx, goal_id)])[0]


def create(ctx: Ctx, year: dt.date, typed: Mapping[str, Any]) -> GoalCard:
    """Name a goal of a plan year; refuses a code that is taken, and more than sixty."""
    access.require(ctx, Action.EDIT_PLAN)
    plans.require_year(ctx, year)
    if len(of_year(ctx, year)) >= MOST:
        raise Refusal(_("A plan year has at most {count} goals.", count=MOST))
    goal = Goal(plan_year=year, **_values(typed))
    _refuse_taken(ctx, year, goal.code, None)
    ctx.session.add(goal)
    ctx.session.flush()
    audit.record(ctx, "goal.made", "goal", goal.id, code=goal.code)
    return _cards(ctx, [goal])[0]


def edit(ctx: Ctx, goal_id: int, typed: Mapping[str, Any]) -> GoalCard:
    """Correct a goal, or enter what was reached; refuses what `create` refuses."""
    goal = _row(ctx, goal_id)
    values = _values(typed)
    _refuse_taken(ctx, goal.plan_year, values["code"], goal_id)
    for name, value in values.items():
        setattr(goal, name, value)
    ctx.session.flush()
    audit.record(ctx, "goal.corrected", "goal", goal_id, reached=goal.reached)
    return _cards(ctx, [goal])[0]


def remove(ctx: Ctx, goal_id: int) -> None:
    """Take a goal away; refuses one that a line of the plan names."""
    goal = _row(ctx, goal_id)
    found = _cards(ctx, [goal])[0]
    if found.lines:
        raise Refusal(_("Lines of the plan name this goal. Give them another goal first."))
    ctx.session.execute(delete(GoalTopic).where(GoalTopic.goal_id == goal_id))
    ctx.session.delete(goal)
    ctx.session.flush()
    audit.record(ctx, "goal.removed", "goal", goal_id, code=goal.code)


def as_typed(ctx: Ctx, goal_id: int) -> dict[str, str]:
    """A goal's fields to fill the form beforehand."""
    goal = _row(ctx, goal_id)
    figures = {name: getattr(goal, name) for name in ("before", "target", "reached")}
    shown = {
        "code": goal.code,
        "title": goal.title,
        **{f"title_{language}": goal.titles.get(language, "") for language in LANGUAGES},
        "weight": str(goal.weight),
        "measure": goal.measure,
        **{name: f"{one:.15g}" if one is not None else "" for name, one in figures.items()},
    }
    return {name: value for name, value in shown.items() if value}


def topics(ctx: Ctx, goal_id: int) -> list[tuple[int, Texts, bool]]:
    """Every topic in use with whether it serves the goal, by name."""
    _row(ctx, goal_id)
    serving = set(
        ctx.session.scalars(select(GoalTopic.topic_id).where(GoalTopic.goal_id == goal_id))
    )
    rows = ctx.session.scalars(select(Topic).where(Topic.active).order_by(Topic.name))
    return [(row.id, Texts.of({"en": row.name, **row.names}), row.id in serving) for row in rows]


def link(ctx: Ctx, goal_id: int, topic_id: int, serves: bool) -> None:
    """Say whether a topic serves a goal; saying it again changes nothing."""
    _row(ctx, goal_id)
    if ctx.session.get(Topic, topic_id) is None:
        raise Refusal(_("This topic is not there any more."))
    there = ctx.session.get(GoalTopic, (goal_id, topic_id))
    if serves and there is None:
        ctx.session.add(GoalTopic(goal_id=goal_id, topic_id=topic_id))
    elif not serves and there is not None:
        ctx.session.delete(there)
    else:
        return
    ctx.session.flush()
    audit.record(ctx, "goal.topic", "goal", goal_id, topic=topic_id, serves=serves)


def of_topics(ctx: Ctx, year: dt.date) -> dict[int, int]:
    """For each topic the weightiest goal of the year that it serves, by ids; asks for no right."""
    rows = ctx.session.execute(
        select(GoalTopic.topic_id, Goal.id)
        .join(Goal, Goal.id == GoalTopic.goal_id)
        .where(Goal.plan_year == year)
        .order_by(Goal.weight, Goal.code.desc())
    )
    return dict(rows.all())


def _values(typed: Mapping[str, Any]) -> dict[str, Any]:
    title = line_in(typed, "title")
    if not title:
        raise Refusal(_("Give the goal a title."))
    titles = {language: line_in(typed, f"title_{language}") for language in LANGUAGES}
    weight = typed.get("weight") or USUAL
    return {
        "code": code_in(typed, "code"),
        "title": title,
        "titles": {language: words for language, words in titles.items() if words},
        "weight": whole_in({"weight": weight}, "weight", LIGHTEST, HEAVIEST),
        "measure": line_in(typed, "measure"),
        **{name: number_in(typed, name) for name in ("before", "target", "reached")},
    }


def _refuse_taken(ctx: Ctx, year: dt.date, code: str, own: int | None) -> None:
    same = select(Goal.id).where(Goal.plan_year == year, Goal.code == code)
    if any(found != own for found in ctx.session.scalars(same)):
        raise Refusal(_("There is a goal {code} already.", code=code))


def _row(ctx: Ctx, goal_id: int) -> Goal:
    access.require(ctx, Action.EDIT_PLAN)
    goal = ctx.session.get(Goal, goal_id)
    if goal is None:
        raise Refusal(_("This goal is not there any more."))
    return goal


def _cards(ctx: Ctx, rows: Any) -> list[GoalCard]:
    ids = [row.id for row in rows]
    topic_counts = _count(ctx, GoalTopic.goal_id, ids)
    line_counts = _count(ctx, PlanLine.goal_id, ids)
    return [
        GoalCard(
            id=row.id,
            plan_year=row.plan_year,
            code=row.code,
            title=Texts.of({"en": row.title, **row.titles}),
            weight=row.weight,
            measure=row.measure,
            before=row.before,
            target=row.target,
            reached=row.reached,
            topics=topic_counts.get(row.id, 0),
            lines=line_counts.get(row.id, 0),
        )
        for row in rows
    ]


def _count(ctx: Ctx, column: Any, ids: list[int | None]) -> dict[int, int]:
    query = select(column, func.count()).where(column.in_(ids)).group_by(column)
    return dict(ctx.session.execute(query).all())
