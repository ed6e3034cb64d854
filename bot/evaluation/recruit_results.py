"""Performance and discipline of new officers, as their supervisors rate them months later."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select

from bot.context import Ctx
from bot.evaluation import results
from bot.evaluation.follow_up_results import STEPS, Rated, Side
from bot.evaluation.results import Kind
from bot.evaluation.stages import FOLLOW_UP_RECRUIT
from bot.forms import versions
from bot.i18n import Text, Words, _
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.forms import Response
from bot.models.people import Person

OVER_MANY: dict[str, Text] = {"prepared": _("The course prepared them well for the post")}
"""What a question is called over many officers, where its form names the one it is about."""


@dataclass(frozen=True, slots=True)
class RecruitItem:
    """One rating over many new officers; `steps` are the words of its scale, lowest first."""

    name: str
    label: Words
    steps: tuple[Words, ...]
    rated: Rated


@dataclass(frozen=True, slots=True)
class Recruits:
    """What supervisors were asked about new officers, and what they answered."""

    side: Side
    items: tuple[RecruitItem, ...]


def of_classes(ctx: Ctx, class_ids: Any, whom: ColumnElement[bool]) -> Recruits | None:
    """The ratings about some classes, of officers for whom `whom`, a condition on Person, holds;
    None where nobody was asked. Whoever asks.
    """
    states = _states(ctx, class_ids, whom)
    if not states:
        return None
    given = given_by_class(ctx, class_ids, whom)
    answers = [one for found in given.values() for one in found]
    side = Side(
        sum(states.values()), states[AssignmentState.ANSWERED], states[AssignmentState.DECLINED]
    )
    return Recruits(side, items(ctx, answers))


def items(ctx: Ctx, answers: list[dict[str, Any]]) -> tuple[RecruitItem, ...]:
    """Every rating on the scale of the form, summed up."""
    form = versions.definition(ctx, versions.current_version(ctx, FOLLOW_UP_RECRUIT.form))
    return tuple(
        RecruitItem(
            question.name,
            OVER_MANY.get(question.name, question.label),
            tuple(choice.label for choice in question.choices),
            _rated(answers, question.name),
        )
        for question in form.questions
        if results.kind_of(question) is Kind.SCALE and len(question.choices) == STEPS
    )


def given_by_class(
    ctx: Ctx, class_ids: Any, whom: ColumnElement[bool]
) -> dict[int, list[dict[str, Any]]]:
    """The answers, by the id of the class."""
    rows = ctx.session.execute(
        select(Response.class_id, Response.answers)
        .join(Assignment, Assignment.id == Response.assignment_id)
        .join(Person, Person.id == Response.about_id)
        .where(Response.class_id.in_(class_ids), Assignment.stage == FOLLOW_UP_RECRUIT.name, whom)
        .order_by(Response.id)
    )
    found: dict[int, list[dict[str, Any]]] = {}
    for class_id, answers in rows:
        found.setdefault(class_id or 0, []).append(answers)
    return found


def _states(ctx: Ctx, class_ids: Any, whom: ColumnElement[bool]) -> Counter[AssignmentState]:
    counts: Counter[AssignmentState] = Counter()
    for state, count in ctx.session.execute(
        select(Assignment.state, func.count())
        .join(Person, Person.id == Assignment.about_id)
        .where(
            Assignment.class_id.in_(class_ids),
            Assignment.stage == FOLLOW_UP_RECRUIT.name,
            Assignment.state != AssignmentState.RECALLED,
            whom,
        )
        .group_by(Assignment.state)
    ):
        counts[state] = count
    return counts


def _rated(answers: list[dict[str, Any]], name: str) -> Rated:
    counts = Counter(str(one.get(name) or "") for one in answers)
    return Rated(tuple(counts[str(step)] for step in range(1, STEPS + 1)))
