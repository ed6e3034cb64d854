"""What was asked about a class and does not hold any more: taken back, asked again where it does.

A class that was moved or cancelled, a trainee who is not in it any more, a judge who has left.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select

from bot.calendar import instant
from bot.campaigns.evaluation_due import anchor_column, anchor_of
from bot.campaigns.evaluation_rules import MOVABLE, Anchor, EvaluationRule, InForce, Who
from bot.context import Ctx
from bot.evaluation import assignments
from bot.models.evaluation import Assignment, AssignmentState, EvaluationStep
from bot.models.people import Person
from bot.models.training import Course, Enrolment, TrainingClass
from bot.training.membership import TRAINEE_STATES

REACH = dt.timedelta(days=1000)
"""No rule reaches farther from the date that it counts from."""


def lift(ctx: Ctx) -> None:
    """Take back what does not hold any more; safe to repeat."""
    rules = InForce(ctx)
    for anchor in Anchor:
        _lift_moved(ctx, rules, anchor)
    assignments.lift(ctx, _open(ctx, _names(Who.TRAINEES), Assignment.person_id), assignments.LEFT)
    about_others = _names(Who.SUPERVISORS)
    assignments.lift(ctx, _open(ctx, about_others, Assignment.about_id), assignments.LEFT)
    ctx.session.flush()


def lift_step(ctx: Ctx, step: EvaluationStep, reason: str) -> int:
    """Take back what is open of one rule and class, as if it had not been asked; how many."""
    rows = ctx.session.scalars(
        select(Assignment).where(
            Assignment.class_id == step.class_id,
            Assignment.stage == step.rule,
            Assignment.state == AssignmentState.OPEN,
        )
    ).all()
    ctx.session.delete(step)
    return len(assignments.lift(ctx, rows, reason))


def _lift_moved(ctx: Ctx, rules: InForce, anchor: Anchor) -> None:
    """What was asked for dates that a class does not have any more."""
    counted = {rule.name: rule for rule in MOVABLE if rule.anchor is anchor}
    column = anchor_column(next(iter(counted.values())))
    rows = ctx.session.execute(
        select(EvaluationStep, TrainingClass, Course.category)
        .join(TrainingClass, TrainingClass.id == EvaluationStep.class_id)
        .join(Course, Course.id == TrainingClass.course_id)
        .where(
            EvaluationStep.rule.in_(counted),
            EvaluationStep.occasion >= ctx.today() - REACH,
            or_(
                EvaluationStep.occasion.is_distinct_from(column),
                TrainingClass.cancelled_at.is_not(None),
            ),
        )
    ).all()
    for step, held, category in rows:
        rule = rules.rule(step.rule, category)
        if rule is not None and has_come(ctx, rule, held):  # what is open may stay open
            step.occasion = anchor_of(rule, held)
        else:
            lift_step(ctx, step, assignments.MOVED)
    ctx.session.flush()


def has_come(ctx: Ctx, rule: EvaluationRule, held: TrainingClass) -> bool:
    """Whether a class is asked by a rule by now, for the dates it has."""
    anchor = anchor_of(rule, held)
    if anchor is None or held.cancelled_at is not None:
        return False
    return instant(rule.day(anchor), rule.wall, ctx.settings.timezone) <= ctx.now()


def _open(ctx: Ctx, names: list[str], about: Any) -> list[Assignment]:
    """Open assignments about whom the class has not among its trainees, or of who has left."""
    in_class: ColumnElement[bool] = exists().where(
        Enrolment.class_id == Assignment.class_id,
        Enrolment.person_id == about,
        Enrolment.state.in_(TRAINEE_STATES),
    )
    serve = [
        exists().where(Person.id == who, Person.active) for who in {about, Assignment.person_id}
    ]
    return list(
        ctx.session.scalars(
            select(Assignment).where(
                Assignment.state == AssignmentState.OPEN,
                Assignment.stage.in_(names),
                or_(~in_class, *(~one for one in serve)),
            )
        )
    )


def _names(who: Who) -> list[str]:
    return [rule.name for rule in MOVABLE if rule.who is who]
