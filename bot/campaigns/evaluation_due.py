"""Who of a class has to be asked by now and has not been: found by one query a rule and day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select, true
from sqlalchemy.orm import aliased

from bot import policy
from bot.calendar import DAY
from bot.campaigns import local_days
from bot.campaigns.evaluation_rules import (
    BY_NAME,
    MOVABLE,
    Anchor,
    EvaluationRule,
    InForce,
    Who,
)
from bot.context import Ctx
from bot.evaluation.assignments import LIFTED_BY_ITSELF
from bot.evaluation.stages import Stage
from bot.evaluation.supervising import NOT_MY_OFFICER
from bot.models.evaluation import Assignment, AssignmentState, CourseForm
from bot.models.forms import FormVersion
from bot.models.people import Person
from bot.models.training import Course, Enrolment, TrainingClass
from bot.training.membership import TRAINEE_STATES

USUAL_FORMS = {one.stage.form for one in MOVABLE if one.stage.form}
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


class Found:
    """Finds whom rules ask by now; what is the same for all of them is read once."""

    def __init__(self, ctx: Ctx, rules: InForce) -> None:
        self._ctx, self._rules = ctx, rules
        self._first = policy.go_live(ctx.session)
        self._days = {wall: local_days.by_day(ctx, wall) for wall in {one.wall for one in MOVABLE}}
        forms = select(FormVersion.form).where(FormVersion.form.in_(USUAL_FORMS)).distinct()
        self._forms = set(ctx.session.scalars(forms))
        self._own: dict[str, list[int]] = defaultdict(list)
        for stage, course_id in ctx.session.execute(
            select(CourseForm.stage, CourseForm.course_id)
        ):
            self._own[stage].append(course_id)

    def by(self, name: str) -> Iterator[list[Due]]:
        """Whom a rule asks by now, a class after the other; those not asked yet only.

        The later classes are not read before the earlier ones are dealt with.
        """
        variants = self._rules.variants(name)
        with_form = self._with_form(BY_NAME[name].stage)
        if not variants or with_form is None or not self._days[BY_NAME[name].wall]:
            return
        waits = (self._come(variants), *_there(BY_NAME[name]))
        somebody = (
            exists()
            .where(
                Enrolment.class_id == TrainingClass.id, Enrolment.person_id == Person.id, *waits
            )
            .correlate(TrainingClass)
        )
        rows = self._ctx.session.execute(
            select(TrainingClass, Course.category)
            .join(Course, Course.id == TrainingClass.course_id)
            .where(with_form, *self._that_count(variants), somebody)
            .order_by(TrainingClass.id)
        ).all()
        for held, category in rows:
            rule = self._rules.rule(name, category)
            if rule is not None:
                yield self._of_class(held, rule, waits)

    def _of_class(
        self, held: TrainingClass, rule: EvaluationRule, waits: Iterable[ColumnElement[bool]]
    ) -> list[Due]:
        """Who of one class is due by the rule of its own type of course."""
        anchor = anchor_of(rule, held)
        if anchor is None or rule.day(anchor) > max(self._days[rule.wall]):
            return []
        people = self._ctx.session.scalars(
            select(Person)
            .join(Enrolment, Enrolment.person_id == Person.id)
            .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
            .where(TrainingClass.id == held.id, *waits)
            .order_by(Person.id)
        )
        return [Due(held, person, rule, rule.day(anchor)) for person in people]

    def _with_form(self, stage: Stage) -> ColumnElement[bool] | None:
        """Which courses have something to ask; None where it is none at all."""
        if stage.form in self._forms:
            return true()
        own = self._own.get(stage.name)
        return TrainingClass.course_id.in_(own) if own else None

    def _come(self, variants: set[EvaluationRule]) -> ColumnElement[bool]:
        """Classes whose day has come, where those live who are asked, and has not passed."""
        rule = next(iter(variants))
        days = self._days[rule.wall]
        if rule.who is Who.SUPERVISORS:  # where they live is not known yet
            return _between(variants, min(days), max(days))
        return or_(
            *(
                and_(
                    Person.timezone.in_(zones),
                    or_(Person.away_until.is_(None), Person.away_until < today),
                    _between(variants, today, today),
                )
                for today, zones in days.items()
            )
        )

    def _that_count(self, variants: set[EvaluationRule]) -> Iterator[ColumnElement[bool]]:
        """Classes that may be due by their dates, whoever is in them."""
        rule = next(iter(variants))
        days = self._days[rule.wall]
        column = anchor_column(rule)
        yield column >= self._first
        yield column <= max(one.latest_anchor(max(days)) for one in variants)
        yield column > _too_early(variants, min(days) - LONGEST_ABSENCE)
        yield TrainingClass.cancelled_at.is_(None)


def _there(rule: EvaluationRule) -> Iterator[ColumnElement[bool]]:
    """Those who are in a class, and have not been asked."""
    yield Enrolment.state.in_(TRAINEE_STATES)
    yield Person.active.is_(True)
    if not rule.guests:
        yield ~Person.guest
    yield ~_is_asked(rule)


def _between(
    variants: set[EvaluationRule], closing: dt.date, today: dt.date
) -> ColumnElement[bool]:
    """Asked by `today`, and still open at `closing`, or waited for."""
    rule = next(iter(variants))
    column = anchor_column(rule)
    return and_(
        column <= max(one.latest_anchor(today) for one in variants),
        column > _too_early(variants, closing - LONGEST_ABSENCE),
        or_(column > _too_early(variants, closing), _may_come_back(rule)),
    )


def _too_early(variants: set[EvaluationRule], today: dt.date) -> dt.date:
    """The latest anchor of which all that was asked has closed by `today`."""
    return min(one.latest_anchor(today - (one.open_days + 1) * DAY) for one in variants)


def _may_come_back(rule: EvaluationRule) -> ColumnElement[bool]:
    """Whether somebody who was away at the time may be asked later."""
    if rule.who is not Who.SUPERVISORS:
        return Person.away_until.is_not(None)
    above = aliased(Person)
    return exists().where(
        above.id.in_([Person.supervisor_id, Person.acting_supervisor_id]),
        above.away_until.is_not(None),
    )


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
