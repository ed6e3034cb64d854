"""What is asked about one class: of whom, on which day, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import and_, distinct, exists, func, select

from bot import policy
from bot.calendar import DAY
from bot.campaigns import evaluation_due
from bot.campaigns.evaluation_rules import BY_NAME, EvaluationRule, InForce, Who
from bot.context import Ctx
from bot.evaluation import course_forms
from bot.models.chats import Chat
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.training import Course, TrainingClass
from bot.training import class_reach, membership

NOT_RECALLED = Assignment.state != AssignmentState.RECALLED


@dataclass(frozen=True, slots=True)
class Answers:
    """What became of one rule for one class: of `asked` people some have `answered` or
    `declined`; of those whose questionnaire is `open` the bot cannot reach `unreached`. About
    `not_judged` trainees nobody was asked.
    """

    asked: int = 0
    answered: int = 0
    declined: int = 0
    open: int = 0
    unreached: int = 0
    not_judged: int = 0


NOBODY = Answers()


@dataclass(frozen=True, slots=True)
class Planned:
    """One rule for one class. `on` is the day, None without dates, `over` says that it has passed
    with the time to answer; `too_early` is a date before those that count. A rule that was
    switched off since is not `asks` any more.
    """

    rule: EvaluationRule
    on: dt.date | None
    answers: Answers
    asks: bool
    has_form: bool
    too_early: bool
    over: bool


def of_class(ctx: Ctx, class_id: int) -> list[Planned]:
    """Everything that is or was asked about a class, by the day; refuses classes out of reach."""
    held = class_reach.require_editor(ctx, class_id)
    course = ctx.session.get_one(Course, held.course_id)
    answers = _answers(ctx, class_id)
    rules = {rule.name: rule for rule in InForce(ctx).of(course.category)}
    shown = [
        rules.get(name, rule) for name, rule in BY_NAME.items() if name in rules.keys() | answers
    ]
    found = [
        _planned(ctx, held, rule, answers.get(rule.name, NOBODY), rule.name in rules)
        for rule in shown
    ]
    return sorted(found, key=lambda one: (one.on is None, one.on or dt.date.max))


def _planned(
    ctx: Ctx, held: TrainingClass, rule: EvaluationRule, answers: Answers, asks: bool
) -> Planned:
    anchor = evaluation_due.anchor_of(rule, held)
    on = rule.day(anchor) if anchor is not None else None
    if on is None or ctx.today() <= on + DAY:  # somewhere the day has not come yet
        answers = replace(answers, not_judged=0)
    return Planned(
        rule=rule,
        on=on,
        answers=answers,
        asks=asks and held.cancelled_at is None,
        has_form=course_forms.form_of(ctx, held.course_id, rule.stage) is not None,
        too_early=anchor is not None and anchor < policy.go_live(ctx.session),
        over=on is not None and on + rule.open_days * DAY < ctx.today(),
    )


def _answers(ctx: Ctx, class_id: int) -> Mapping[str, Answers]:
    """What became of everything that was asked about a class, by stage."""
    states: dict[str, dict[AssignmentState, int]] = defaultdict(lambda: defaultdict(int))
    for stage, state, count in ctx.session.execute(
        select(Assignment.stage, Assignment.state, func.count())
        .where(Assignment.class_id == class_id, NOT_RECALLED)
        .group_by(Assignment.stage, Assignment.state)
    ):
        states[stage][state] = count
    unreached, about = _unreached(ctx, class_id), _about(ctx, class_id)
    trainees = len(membership.trainees(ctx.session, class_id))
    return {
        stage: Answers(
            asked=sum(found.values()),
            answered=found[AssignmentState.ANSWERED],
            declined=found[AssignmentState.DECLINED],
            open=found[AssignmentState.OPEN],
            unreached=unreached.get(stage, 0),
            not_judged=max(trainees - about[stage], 0) if stage in about else 0,
        )
        for stage, found in states.items()
    }


def _unreached(ctx: Ctx, class_id: int) -> dict[str, int]:
    """How many who can still answer have no Telegram, or have blocked the bot, by stage."""
    reached = exists().where(
        and_(Chat.person_id == Assignment.person_id, Chat.blocked_at.is_(None))
    )
    rows = ctx.session.execute(
        select(Assignment.stage, func.count())
        .where(Assignment.class_id == class_id, Assignment.state == AssignmentState.OPEN, ~reached)
        .group_by(Assignment.stage)
    )
    return dict(rows.all())


def _about(ctx: Ctx, class_id: int) -> dict[str, int]:
    """About how many trainees somebody was asked, by stage."""
    names = [rule.name for rule in BY_NAME.values() if rule.who is Who.SUPERVISORS]
    rows = ctx.session.execute(
        select(Assignment.stage, func.count(distinct(Assignment.about_id)))
        .where(Assignment.class_id == class_id, Assignment.stage.in_(names), NOT_RECALLED)
        .group_by(Assignment.stage)
    )
    return dict(rows.all())
