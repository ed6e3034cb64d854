"""Taking a test: begun under its conditions, handed in, marked at once; the best one counts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation import assignments
from bot.evaluation.answering import on_answer
from bot.evaluation.promises import promise
from bot.evaluation.stages import POST_TEST, PRE_TEST
from bot.evaluation.tests import attempts, conditions, points, room
from bot.evaluation.tests.conditions import Conditions
from bot.evaluation.tests.points import Result
from bot.forms import scoring, service, time_up, versions
from bot.forms.service import Submission
from bot.i18n import Lines, Moment, Text, Words, _, _n
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.forms import Draft
from bot.models.tests import TestAttempt

HAND_IN = time_up.GRACE + dt.timedelta(minutes=5)
"""So long before a test closes attempts end, for a whole class to be handed in by then."""

promise(
    _("Your answers are stored with your name. The trainer and the training unit see the result."),
    PRE_TEST,
    POST_TEST,
)


@dataclass(frozen=True, slots=True)
class TestCard:
    """A test that waits for the actor: how often it was tried, how often it may be."""

    __test__ = False
    assignment_id: int
    form: str
    conditions: Conditions
    tries: int
    best: Result | None
    begun: bool

    @property
    def left(self) -> int:
        """How many attempts may still be begun."""
        return max(self.conditions.attempts - self.tries, 0)


def card(ctx: Ctx, assignment_id: int) -> TestCard:
    """A test of the actor's own; refuses one that is closed or somebody else's."""
    opening = assignments.begin(ctx, assignment_id)
    assignment = ctx.session.get_one(Assignment, assignment_id)
    done = [attempts.result_of(one) for one in attempts.of_assignment(ctx, assignment_id)]
    return TestCard(
        assignment_id,
        opening.form,
        conditions.of_assignment(ctx, assignment),
        len(done),
        points.best(done),
        _is_begun(ctx, assignment_id),
    )


def begin(ctx: Ctx, assignment_id: int, code: str = "") -> None:
    """Open the next attempt, or the one that is under way.

    Refuses a test that is closed or somebody else's, one tried often enough, and without the
    code of the room one that needs it.
    """
    found = card(ctx, assignment_id)
    if not found.begun:
        _require_may_begin(ctx, found, code)
    opening = assignments.begin(ctx, assignment_id)
    purpose = {**opening.purpose, **found.conditions.for_draft(found.tries + 1)}
    service.begin(ctx, opening.form, purpose, None, assignment_id)
    if not found.begun:
        _end_before_closing(ctx, assignment_id)


@on_answer(PRE_TEST, POST_TEST)
def take(ctx: Ctx, submission: Submission) -> Text:
    """Mark an attempt and keep it; what it came to, and whether it may be tried again.

    Refuses what was not begun as a test, and an attempt that has been handed in before.
    """
    assignment = assignments.open_assignment(ctx, submission.assignment_id)
    begun = conditions.of_draft(submission.purpose)
    if begun is None or assignment.person_id != ctx.actor.person_id:
        raise Refusal(_("A test can be answered only by who takes it, from /tasks."))
    number, under = begun
    if number != 1 + _tries(ctx, assignment.id):
        raise Refusal(_("This attempt has been handed in already."))
    attempt = _marked(ctx, assignment, submission, number)
    ctx.session.add(attempt)
    ctx.session.flush()
    if is_last(attempts.result_of(attempt), number, under):
        assignment.state = AssignmentState.ANSWERED
        assignments.drop_notices(ctx, assignment)
    audit.record(ctx, "test.handed_in", "assignment", assignment.id, attempt=number)
    return Text("{lines}", (("lines", Lines(told(ctx, assignment, attempt, under))),))


def is_last(result: Result, number: int, under: Conditions) -> bool:
    """Whether nothing comes after this attempt: it passed, is full, or was the last allowed."""
    full = result.points == result.maximum
    return number >= under.attempts or full or result.passes(under.pass_mark)


def told(
    ctx: Ctx, assignment: Assignment, attempt: TestAttempt, under: Conditions
) -> tuple[Words, ...]:
    """What somebody is told of an attempt: points, whether they passed, what they can still do."""
    result = attempts.result_of(attempt)
    lines: list[Words] = [points.points_words(result), *_verdict(result, under.pass_mark)]
    if is_last(result, attempt.number, under):
        return (*lines, *_counting(ctx, assignment.id, attempt))
    lines.append(
        _n(
            "You can try {count} more time until {closes}. The best attempt counts.",
            "You can try {count} more times until {closes}. The best attempt counts.",
            under.attempts - attempt.number,
            closes=Moment(assignment.closes_at, ctx.actor.zone),
        )
    )
    return tuple(lines)


def _verdict(result: Result, pass_mark: int | None) -> tuple[Words, ...]:
    if pass_mark is None:
        return ()
    if result.passes(pass_mark):
        return (_("You have passed."),)
    return (_("You have not passed: {percent} % are needed.", percent=pass_mark),)


def _counting(ctx: Ctx, assignment_id: int | None, last: TestAttempt) -> tuple[Words, ...]:
    """Which attempt counts, where it is not the last one."""
    best = attempts.result_of(attempts.best_of(attempts.of_assignment(ctx, assignment_id or 0)))
    if best.share <= attempts.result_of(last).share:
        return ()
    percent = points.plain(best.percent)
    return (_("Your best attempt counts: {percent} %.", percent=percent),)


def _marked(ctx: Ctx, assignment: Assignment, submission: Submission, number: int) -> TestAttempt:
    form = versions.definition(ctx, submission.version_id)
    found = scoring.score(form, submission.answers, service.moment(ctx))
    result = points.of_score(found)
    ends_at = _ends_at(ctx, assignment.id)
    return TestAttempt(
        assignment_id=assignment.id,
        number=number,
        version_id=submission.version_id,
        person_id=assignment.person_id,
        class_id=assignment.class_id,
        stage=assignment.stage,
        answers=submission.answers,
        marks=points.marks_of(found),
        points=result.points,
        maximum=result.maximum,
        handed_in_at=ctx.now(),
        by_clock=ends_at is not None and ends_at <= ctx.now(),
    )


def _require_may_begin(ctx: Ctx, found: TestCard, code: str) -> None:
    if not found.left:
        raise Refusal(_("You have used all attempts at this test."))
    if found.conditions.needs_code:
        _require_code(ctx, found.assignment_id, code)
    if _latest_end(ctx, found.assignment_id) <= ctx.now():
        raise Refusal(_("The test closes in a few minutes and cannot be begun any more."))


def _latest_end(ctx: Ctx, assignment_id: int) -> dt.datetime:
    return ctx.session.get_one(Assignment, assignment_id).closes_at - HAND_IN


def _end_before_closing(ctx: Ctx, assignment_id: int) -> None:
    """What is under way when the test closes is handed in as it stands, and not lost."""
    draft = _draft(ctx, assignment_id)
    assert draft is not None, "it was begun in this transaction"
    latest = _latest_end(ctx, assignment_id)
    draft.ends_at = latest if draft.ends_at is None else min(draft.ends_at, latest)
    ctx.session.flush()


def _require_code(ctx: Ctx, assignment_id: int, code: str) -> None:
    assignment = ctx.session.get_one(Assignment, assignment_id)
    if not room.opens(ctx, assignment, code):
        raise Refusal(
            _(
                "This code does not open the test, or not any more. Type the code that the "
                "trainer shows in the room."
            )
        )


def _tries(ctx: Ctx, assignment_id: int | None) -> int:
    query = select(func.count()).where(TestAttempt.assignment_id == assignment_id)
    return int(ctx.session.execute(query).scalar_one())


def _is_begun(ctx: Ctx, assignment_id: int) -> bool:
    return _draft(ctx, assignment_id) is not None


def _ends_at(ctx: Ctx, assignment_id: int | None) -> dt.datetime | None:
    draft = _draft(ctx, assignment_id)
    return draft.ends_at if draft is not None else None


def _draft(ctx: Ctx, assignment_id: int | None) -> Draft | None:
    return ctx.session.scalars(
        select(Draft).where(
            Draft.assignment_id == assignment_id, Draft.user_id == ctx.actor.user_id
        )
    ).first()
