"""Who of a class has to be asked by now and has not been: found by one query a rule and day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select, true

from bot import policy
from bot.calendar import DAY
from bot.campaigns import local_days
from bot.campaigns.evaluation_rules import Anchor, EvaluationRule, InForce, Who
from bot.context import Ctx
from bot.evaluation.assignments import LIFTED_BY_ITSELF
from bot.evaluation.supervising import NOT_MY_OFFICER
from bot.models.evaluation import Assignment, AssignmentState, CourseForm
from bot.models.forms import FormVersion
from bot.models.people import Person
from bot.models.training import Course, Enrolment, TrainingClass
from bot.training.membership import TRAINEE_STATES

LONGEST_ABSENCE = 60 * DAY
"""Whoever is away longer than this from the day on which they were to be asked is not asked."""


@dataclass(frozen=True, slots=True)
class Due:
    """A trainee of whom, or about whom, a rule asks; `on` is the day it falls on."""

    held: TrainingClass
    person: Person
    rule: EvaluationRule
    on: dt.date


def anchor_column(rule: EvaluationRule) -> Any:
    """The date of a class that a rule counts from."""
    return TrainingClass.starts_on if rule.anchor is Anchor.STARTS else TrainingClass.ends_on


def anchor_of(rule: EvaluationRule, held: TrainingClass) -> dt.date | None:
    """The same of one class; None without dates."""
    return held.starts_on if rule.anchor is Anchor.STARTS else held.ends_on


def find(ctx: Ctx, rules: InForce, name: str) -> Iterator[Due]:
    """Whom a rule asks by now, a class after the other; those not asked yet only."""
    variants = rules.variants(name)
    if not variants:
        return
    for today, zones in _days(ctx, next(iter(variants))):
        rows = ctx.session.execute(
            select(TrainingClass, Course.category, Person)
            .join(Course, Course.id == TrainingClass.course_id)
            .join(Enrolment, Enrolment.class_id == TrainingClass.id)
            .join(Person, Person.id == Enrolment.person_id)
            .where(*_asked_by_now(ctx, variants, today), *_there(variants, today, zones))
            .order_by(TrainingClass.id, Person.id)
        )
        yield from _exactly(rules, name, today, rows)


def _exactly(rules: InForce, name: str, today: dt.date, rows: Iterable[Any]) -> Iterator[Due]:
    """Of the rows for some type of course those that are due for their own."""
    for held, category, person in rows:
        rule = rules.rule(name, category)
        anchor = anchor_of(rule, held) if rule is not None else None
        if rule is not None and anchor is not None and rule.day(anchor) <= today:
            yield Due(held, person, rule, rule.day(anchor))


def _days(ctx: Ctx, rule: EvaluationRule) -> Iterable[tuple[dt.date, Sequence[str]]]:
    """The days that have come, with the zones where they have; who judges lives elsewhere."""
    days = local_days.by_day(ctx, rule.wall)
    if rule.who is Who.SUPERVISORS:
        return [(max(days), ())] if days else []
    return days.items()


def _asked_by_now(
    ctx: Ctx, variants: set[EvaluationRule], today: dt.date
) -> Iterator[ColumnElement[bool]]:
    """Classes that may be due, and of them who has not been asked."""
    rule = next(iter(variants))
    column = anchor_column(rule)
    yield column >= policy.go_live(ctx.session)
    yield column <= max(one.latest_anchor(today) for one in variants)
    yield or_(
        column > _too_early(variants, today),
        and_(_may_come_back(rule), column > _too_early(variants, today - LONGEST_ABSENCE)),
    )
    yield TrainingClass.cancelled_at.is_(None)
    yield ~_is_asked(rule)
    yield _has_form(ctx, rule)


def _there(
    variants: set[EvaluationRule], today: dt.date, zones: Sequence[str]
) -> Iterator[ColumnElement[bool]]:
    """Those who are in the class, and where they are asked themselves, there to answer."""
    rule = next(iter(variants))
    yield Enrolment.state.in_(TRAINEE_STATES)
    yield Person.active.is_(True)
    if not rule.guests:
        yield ~Person.guest
    if rule.who is not Who.SUPERVISORS:
        yield Person.timezone.in_(zones)
        yield or_(Person.away_until.is_(None), Person.away_until < today)


def _too_early(variants: set[EvaluationRule], today: dt.date) -> dt.date:
    """The latest anchor of which all that was asked has closed by `today`."""
    return min(one.latest_anchor(today - (one.open_days + 1) * DAY) for one in variants)


def _may_come_back(rule: EvaluationRule) -> ColumnElement[bool]:
    """Whether somebody who was away at the time may be asked later."""
    if rule.who is not Who.SUPERVISORS:
        return Person.away_until.is_not(None)
    above = select(Person.id).where(Person.away_until.is_not(None))
    return or_(Person.supervisor_id.in_(above), Person.acting_supervisor_id.in_(above))


def _is_asked(rule: EvaluationRule) -> ColumnElement[bool]:
    """Whether a trainee was asked, or somebody about them, and it still counts."""
    recalled = and_(
        Assignment.state == AssignmentState.RECALLED, Assignment.reason.in_(LIFTED_BY_ITSELF)
    )
    declined = and_(
        Assignment.state == AssignmentState.DECLINED, Assignment.reason == NOT_MY_OFFICER
    )
    about = Assignment.about_id if rule.who is Who.SUPERVISORS else Assignment.person_id
    return exists().where(
        Assignment.class_id == TrainingClass.id,
        Assignment.stage == rule.name,
        about == Person.id,
        ~or_(recalled, declined),
    )


def _has_form(ctx: Ctx, rule: EvaluationRule) -> ColumnElement[bool]:
    """Where a stage has no form of its own, only courses that bring one are asked."""
    usual = select(FormVersion.id).where(FormVersion.form == rule.stage.form).limit(1)
    if rule.stage.form and ctx.session.execute(usual).first() is not None:
        return true()
    own = select(CourseForm.course_id).where(CourseForm.stage == rule.name)
    return TrainingClass.course_id.in_(own)
