"""What is asked about one class: of whom, on which day, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select

from bot import policy
from bot.calendar import DAY
from bot.campaigns import evaluation_due
from bot.campaigns.evaluation_rules import BY_NAME, EvaluationRule, InForce
from bot.context import Ctx
from bot.evaluation import course_forms
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.training import Course, TrainingClass
from bot.training import class_reach

COUNTED = (
    AssignmentState.OPEN,
    AssignmentState.ANSWERED,
    AssignmentState.DECLINED,
    AssignmentState.CLOSED,
)


@dataclass(frozen=True, slots=True)
class Planned:
    """One rule for one class. `on` is the day, None without dates; of `asked` people some have
    `answered`, some `declined`; `open` can still answer. A rule that was switched off since is
    not `asks` any more; `too_early` is a date before those that count, `over` one that has passed.
    """

    rule: EvaluationRule
    on: dt.date | None
    asked: int
    answered: int
    declined: int
    open: int
    asks: bool
    has_form: bool
    too_early: bool
    over: bool


def of_class(ctx: Ctx, class_id: int) -> list[Planned]:
    """Everything that is or was asked about a class, by the day; refuses classes out of reach."""
    held = class_reach.require_editor(ctx, class_id)
    course = ctx.session.get_one(Course, held.course_id)
    states = _states(ctx, class_id)
    rules = {rule.name: rule for rule in InForce(ctx).of(course.category)}
    shown = [
        rules.get(name, rule) for name, rule in BY_NAME.items() if name in rules.keys() | states
    ]
    found = [_planned(ctx, held, rule, states[rule.name], rule.name in rules) for rule in shown]
    return sorted(found, key=lambda one: (one.on is None, one.on or dt.date.max))


def _planned(
    ctx: Ctx,
    held: TrainingClass,
    rule: EvaluationRule,
    states: dict[AssignmentState, int],
    asks: bool,
) -> Planned:
    anchor = evaluation_due.anchor_of(rule, held)
    on = rule.day(anchor) if anchor is not None else None
    return Planned(
        rule=rule,
        on=on,
        asked=sum(states[state] for state in COUNTED),
        answered=states[AssignmentState.ANSWERED],
        declined=states[AssignmentState.DECLINED],
        open=states[AssignmentState.OPEN],
        asks=asks and held.cancelled_at is None,
        has_form=course_forms.form_of(ctx, held.course_id, rule.stage) is not None,
        too_early=anchor is not None and anchor < policy.go_live(ctx.session),
        over=on is not None and on + rule.open_days * DAY < ctx.today(),
    )


def _states(ctx: Ctx, class_id: int) -> dict[str, dict[AssignmentState, int]]:
    """How many assignments about a class there are at each stage, by state."""
    found: dict[str, dict[AssignmentState, int]] = defaultdict(lambda: defaultdict(int))
    for stage, state, count in ctx.session.execute(
        select(Assignment.stage, Assignment.state, func.count())
        .where(Assignment.class_id == class_id)
        .group_by(Assignment.stage, Assignment.state)
    ):
        found[stage][state] = count
    return found
