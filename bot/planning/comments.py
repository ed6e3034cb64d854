"""What reviewers and executives write about a plan or one line of it; settled by the unit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Texts, Words, _
from bot.models.people import Person
from bot.models.planning import AnnualPlan, PlanComment, PlanLine, PlanState
from bot.people import access, directory
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.planning import reading

LONGEST = 1000
GONE = _("This comment is not there any more.")


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment; without a line it is about the whole plan. `by` is "" for a letter."""

    id: int
    line_id: int | None
    line: str
    by: Texts | str
    version: int
    words: str
    at: dt.datetime
    settled: bool


def may_comment(ctx: Ctx, plan: AnnualPlan) -> bool:
    """Whether the actor may comment now: a reviewer while it is being checked, an executive
    while it waits for approval, the unit until it is approved.
    """
    if plan.state is PlanState.SUBMITTED and reading.approves(ctx):
        return True
    if plan.state is PlanState.IN_REVIEW and reading.is_reviewer(ctx, plan.id):
        return True
    is_open = plan.state not in (PlanState.APPROVED, PlanState.PUBLISHED)
    return is_open and access.may(ctx, Action.EDIT_PLAN)


def note(ctx: Ctx, plan_id: int, line_id: int | None, words: str) -> PlanComment:
    """Comment on a plan or a line of it.

    Refuses plans out of reach, moments at which nobody waits for it, and no words or too many.
    """
    plan = reading.require(ctx, plan_id)
    if not reading.sees_all(ctx, plan):
        raise OutOfReach(Action.REVIEW_PLAN, plan_id, "plan", reading.NOT_YOURS)
    if not may_comment(ctx, plan):
        raise Refusal(_("The plan cannot be commented on now."))
    return add(ctx, plan, line_id, words)


def add(
    ctx: Ctx, plan: AnnualPlan, line_id: int | None, words: str, *, by_letter: bool = False
) -> PlanComment:
    """The same for who has been let in already; what a letter says is nobody's in the chat."""
    said = words.strip()
    if not 0 < len(said) <= LONGEST:
        raise Refusal(_("Write 1 to {most} characters.", most=LONGEST))
    if line_id is not None:
        line = ctx.session.get(PlanLine, line_id)
        if line is None or line.plan_id != plan.id:
            raise Refusal(_("This line is not in the plan any more."))
    assert plan.id is not None
    row = PlanComment(
        plan_id=plan.id,
        line_id=line_id,
        version=plan.version,
        by_id=None if by_letter else ctx.actor.person_id,
        words=said,
        at=ctx.now(),
    )
    ctx.session.add(row)
    ctx.session.flush()
    audit.record(ctx, "plan.commented", "plan", plan.id, line=line_id)
    return row


def of_plan(ctx: Ctx, plan_id: int, line_id: int | None = None) -> list[Comment]:
    """The comments on a plan, or on one line of it: open ones first, then by line and time."""
    plan = reading.require(ctx, plan_id)
    if not reading.sees_all(ctx, plan):
        return []
    query = (
        select(PlanComment, Person, PlanLine.code)
        .outerjoin(Person, Person.id == PlanComment.by_id)
        .outerjoin(PlanLine, PlanLine.id == PlanComment.line_id)
        .where(PlanComment.plan_id == plan_id)
        .order_by(PlanComment.settled_at.is_not(None), PlanLine.number, PlanComment.id)
    )
    if line_id is not None:
        query = query.where(PlanComment.line_id == line_id)
    return [_comment(row, person, code) for row, person, code in ctx.session.execute(query)]


def settle(ctx: Ctx, comment_id: int, *, done: bool = True) -> PlanComment:
    """Say that a comment has been dealt with, or that it has not; the unit only."""
    access.require(ctx, Action.EDIT_PLAN)
    row = ctx.session.get(PlanComment, comment_id)
    if row is None:
        raise Refusal(GONE)
    if (row.settled_at is not None) is not done:
        row.settled_at = ctx.now() if done else None
        ctx.session.flush()
        audit.record(ctx, "plan.comment_settled", "plan", row.plan_id, comment=row.id, done=done)
    return row


def count_open(ctx: Ctx, plan_id: int) -> int:
    """How many comments have not been dealt with."""
    return sum(not one.settled for one in of_plan(ctx, plan_id))


def about(one: Comment) -> Words:
    """What a comment is about."""
    return _("line {code}", code=one.line) if one.line else _("the whole plan")


def words_of(one: Comment) -> Words:
    """A comment in one line: on which line, by whom, what."""
    if not one.by:
        return _("On {about}, by letter: {words}", about=about(one), words=one.words)
    return _("On {about}, {name}: {words}", about=about(one), name=one.by, words=one.words)


def _comment(row: PlanComment, person: Person | None, code: str | None) -> Comment:
    assert row.id is not None
    return Comment(
        id=row.id,
        line_id=row.line_id,
        line=code or "",
        by=directory.names_of(person) if person is not None else "",
        version=row.version,
        words=row.words,
        at=row.at,
        settled=row.settled_at is not None,
    )
