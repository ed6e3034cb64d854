"""Attempts as they are kept: of one assignment, of one person, the best that counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from bot.context import Ctx
from bot.evaluation.stages import STAGES
from bot.evaluation.tests.points import Result
from bot.i18n import Text, Texts
from bot.models.evaluation import Assignment
from bot.models.tests import TestAttempt
from bot.models.training import Course, TrainingClass
from bot.training import catalogue


@dataclass(frozen=True, slots=True)
class OwnTest:
    """One test somebody has taken: the best of their attempts counts."""

    assignment_id: int
    title: Text
    course: Texts
    class_code: str
    tries: int
    best: Result
    last_at: dt.datetime


def of_assignment(ctx: Ctx, assignment_id: int) -> Sequence[TestAttempt]:
    """Every attempt at one test by one person, the first first."""
    return _attempts(ctx, TestAttempt.assignment_id == assignment_id)


def newest(ctx: Ctx, assignment_id: int) -> TestAttempt | None:
    """The last attempt that was handed in."""
    return next(reversed(of_assignment(ctx, assignment_id)), None)


def of_class(ctx: Ctx, class_id: int, stage: str) -> Sequence[TestAttempt]:
    """Every attempt of a class at one of its tests, by person and number."""
    return _attempts(ctx, TestAttempt.class_id == class_id, TestAttempt.stage == stage)


def result_of(attempt: TestAttempt) -> Result:
    """What an attempt was worth."""
    return Result(attempt.points, attempt.maximum)


def best_of(attempts: Sequence[TestAttempt]) -> TestAttempt:
    """The attempt that counts: the best, the first of several that are as good."""
    return max(attempts, key=lambda one: result_of(one).share)


def of_person(ctx: Ctx, person_id: int) -> list[OwnTest]:
    """Every test somebody has taken, the latest first."""
    rows = ctx.session.execute(
        select(TestAttempt, TrainingClass, Course)
        .join(Assignment, Assignment.id == TestAttempt.assignment_id)
        .outerjoin(TrainingClass, TrainingClass.id == TestAttempt.class_id)
        .outerjoin(Course, Course.id == TrainingClass.course_id)
        .where(TestAttempt.person_id == person_id)
        .order_by(TestAttempt.assignment_id, TestAttempt.number)
    )
    taken: dict[int, list[TestAttempt]] = {}
    about: dict[int, tuple[TrainingClass | None, Course | None]] = {}
    for attempt, held, course in rows:
        taken.setdefault(attempt.assignment_id, []).append(attempt)
        about[attempt.assignment_id] = (held, course)
    tests = [_own(tries, *about[number]) for number, tries in taken.items()]
    return sorted(tests, key=lambda one: one.last_at, reverse=True)


def _own(
    tries: Sequence[TestAttempt], held: TrainingClass | None, course: Course | None
) -> OwnTest:
    return OwnTest(
        tries[0].assignment_id,
        STAGES[tries[0].stage].title,
        catalogue.title_of(course) if course is not None else Texts(()),
        held.code if held is not None else "",
        len(tries),
        result_of(best_of(tries)),
        tries[-1].handed_in_at,
    )


def _attempts(ctx: Ctx, *which: ColumnElement[bool]) -> Sequence[TestAttempt]:
    return ctx.session.scalars(
        select(TestAttempt)
        .where(*which)
        .order_by(TestAttempt.person_id, TestAttempt.assignment_id, TestAttempt.number)
    ).all()
