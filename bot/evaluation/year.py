"""Reaction over many classes at once: who was asked, who answered, what they thought overall."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from bot import policy
from bot.calendar import add_months
from bot.context import Ctx
from bot.evaluation.stages import REACTION_TRAINEE
from bot.i18n import Texts
from bot.models.evaluation import Assignment, AssignmentState, ClassClosure
from bot.models.forms import AnonymousResponse, Response
from bot.models.training import Course, TrainingClass
from bot.people.access_table import Action
from bot.training import catalogue, class_reach

MONTHS = 12
QUESTION = "overall"


@dataclass(frozen=True, slots=True)
class ClassYear:
    """One class: its response rate, and its mean once closed and given by enough people."""

    class_id: int
    code: str
    title: Texts
    ends_on: dt.date
    asked: int
    answered: int
    mean: float | None


def last_year(ctx: Ctx) -> list[ClassYear]:
    """The classes of the last twelve months within reach that were asked, the latest first."""
    since = add_months(ctx.today(), -MONTHS)
    rows = ctx.session.execute(
        select(
            TrainingClass.id,
            TrainingClass.code,
            TrainingClass.ends_on,
            TrainingClass.course_id,
            ClassClosure.closed_results,
        )
        .join(ClassClosure, ClassClosure.class_id == TrainingClass.id)
        .where(TrainingClass.ends_on >= since, class_reach.within(ctx, Action.READ_REPORTS))
        .order_by(TrainingClass.ends_on.desc(), TrainingClass.id.desc())
    ).all()
    counts, means = _counts(ctx, since), _means(ctx, since)
    titles = {row.id: catalogue.title_of(row) for row in ctx.session.scalars(select(Course))}
    return [
        ClassYear(
            class_id=class_id,
            code=code,
            title=titles[course_id],
            ends_on=ends_on,
            asked=sum(counts[class_id].values()),
            answered=counts[class_id][AssignmentState.ANSWERED],
            mean=means.get(class_id) if closed else None,
        )
        for class_id, code, ends_on, course_id, closed in rows
        if class_id in counts
    ]


def _counts(ctx: Ctx, since: dt.date) -> dict[int, dict[AssignmentState, int]]:
    rows = ctx.session.execute(
        select(Assignment.class_id, Assignment.state, func.count())
        .where(
            Assignment.stage == REACTION_TRAINEE.name,
            Assignment.occasion >= since,
            Assignment.state != AssignmentState.RECALLED,
        )
        .group_by(Assignment.class_id, Assignment.state)
    )
    found: dict[int, dict[AssignmentState, int]] = {}
    for class_id, state, count in rows:
        if class_id is not None:
            found.setdefault(class_id, defaultdict(int))[state] = count
    return found


def _means(ctx: Ctx, since: dt.date) -> dict[int, float]:
    """Means by class; of anonymous answers only where enough people gave one."""
    of_year = select(TrainingClass.id).where(TrainingClass.ends_on >= since)
    anonymous = ctx.session.execute(
        select(AnonymousResponse.class_id, AnonymousResponse.answers).where(
            AnonymousResponse.stage == REACTION_TRAINEE.name,
            AnonymousResponse.class_id.in_(of_year),
        )
    )
    named = ctx.session.execute(
        select(Assignment.class_id, Response.answers)
        .join(Assignment, Assignment.id == Response.assignment_id)
        .where(Assignment.stage == REACTION_TRAINEE.name, Assignment.class_id.in_(of_year))
    )
    least = policy.value(ctx.session, "smallest_group")
    return {
        **_averages(((number, answers) for number, answers in anonymous), least),
        **_averages(((number, answers) for number, answers in named if number is not None), 1),
    }


def _averages(rows: Iterable[tuple[int, dict[str, Any]]], least: int) -> dict[int, float]:
    given: dict[int, list[int]] = defaultdict(list)
    for class_id, answers in rows:
        code = str(answers.get(QUESTION) or "")
        if code.isdecimal():
            given[class_id].append(int(code))
    return {
        class_id: sum(codes) / len(codes)
        for class_id, codes in given.items()
        if len(codes) >= least
    }
