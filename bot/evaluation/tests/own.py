"""Own results in the tests of a class, and what one had wrong once that may be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, select

from bot.context import Ctx
from bot.evaluation.stages import STAGES
from bot.evaluation.tests import attempts, conditions, points
from bot.evaluation.tests.points import Result
from bot.forms import versions
from bot.forms.definition import Question
from bot.forms.rules import ShowResult, rules_of
from bot.i18n import Text
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.tests import TestAttempt


@dataclass(frozen=True, slots=True)
class OwnResult:
    """One test that the actor took: the best attempt, and what was wrong in it, if it is told.

    `passed` is None where there is no pass mark; `may_try` that another attempt is open.
    """

    assignment_id: int
    title: Text
    best: Result
    tries: int
    passed: bool | None
    may_try: bool
    wrong: tuple[Question, ...]


def in_class(ctx: Ctx, class_id: int) -> list[OwnResult]:
    """The tests of a class that the actor has taken, the first first; nobody else's."""
    rows = ctx.session.scalars(
        select(Assignment)
        .where(Assignment.id.in_(select(TestAttempt.assignment_id).where(_taken(ctx, class_id))))
        .order_by(Assignment.opens_at, Assignment.id)
    ).all()
    return [_own(ctx, row, attempts.of_assignment(ctx, row.id)) for row in rows]


def has_any(ctx: Ctx, class_id: int) -> bool:
    """Whether the actor has taken a test of a class."""
    query = select(TestAttempt.id).where(_taken(ctx, class_id)).limit(1)
    return ctx.session.execute(query).first() is not None


def _taken(ctx: Ctx, class_id: int) -> ColumnElement[bool]:
    return and_(TestAttempt.class_id == class_id, TestAttempt.person_id == ctx.actor.person_id)


def _own(ctx: Ctx, row: Assignment, tries: Sequence[TestAttempt]) -> OwnResult:
    best = attempts.best_of(tries)
    result = attempts.result_of(best)
    under = conditions.of_assignment(ctx, row)
    pass_mark = under.pass_mark
    is_open = row.state is AssignmentState.OPEN and row.closes_at > ctx.now()
    return OwnResult(
        row.id,
        STAGES[row.stage].title,
        result,
        len(tries),
        None if pass_mark is None else result.passes(pass_mark),
        is_open,
        _wrong(ctx, best) if under.tells and not is_open else (),
    )


def _wrong(ctx: Ctx, attempt: TestAttempt) -> tuple[Question, ...]:
    """What was not right, where the test says that it is told."""
    form = versions.definition(ctx, attempt.version_id)
    if rules_of(form).show_result is ShowResult.NEVER:
        return ()
    return tuple(form.by_name[name] for name in points.wrong_in(attempt.marks))
