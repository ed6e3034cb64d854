"""A whole book: handed in by the officer once every task is signed, reviewed by the unit."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, and_, func, select

from bot import audit
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.errors import Refusal
from bot.evaluation.task_books import issues
from bot.i18n import _, _n
from bot.models.delivery import Urgency
from bot.models.on_the_job import BookState, TaskBookIssue, TaskItem, TaskSignature, TaskState
from bot.models.people import Person, Role
from bot.people import access, reach
from bot.people.access import supervisor_of
from bot.people.access_table import Action

USEFUL = dt.timedelta(days=30)
LONGEST_REVIEW = 1000
DECIDED = _("This task book is not with the training unit any more.")

BOOK_SUBMITTED = outbox.declare(
    NoticeKind("task_book_submitted", Urgency.ORDINARY, USEFUL, merge="task_book_submitted")
)
BOOK_REVIEWED = outbox.declare(NoticeKind("task_book_reviewed", Urgency.ORDINARY, USEFUL))


def unsigned(ctx: Ctx, issue_id: int) -> int:
    """How many tasks of the book still lack a signature."""
    book_id = ctx.session.get_one(TaskBookIssue, issue_id).book_id
    signed = select(TaskSignature.item_id).where(
        TaskSignature.issue_id == issue_id, TaskSignature.state == TaskState.SIGNED
    )
    lacking = select(func.count()).where(
        TaskItem.book_id == book_id, TaskItem.place.is_not(None), TaskItem.id.not_in(signed)
    )
    return int(ctx.session.execute(lacking).scalar_one())


def submit(ctx: Ctx, issue_id: int) -> TaskBookIssue:
    """Hand the book to the training unit, which is told; refuses one that lacks a signature."""
    row = issues.require_own_open(ctx, issue_id)
    lacking = unsigned(ctx, issue_id)
    if lacking:
        raise Refusal(
            _n(
                "{count} task is not signed yet.", "{count} tasks are not signed yet.", lacking
            )
        )  # fmt: skip
    row.state, row.submitted_at = BookState.SUBMITTED, ctx.now()
    ctx.session.flush()
    audit.record(ctx, "task_book.submitted", "task_book_issue", row.id)
    unit_id = ctx.session.get_one(Person, row.person_id).unit_id
    for member in access.people_with(ctx.session, Role.UNIT, unit_id):
        if member != row.person_id:
            key = f"task_book:{row.id}:submitted:{row.submitted_at:%Y%m%dT%H%M%S}:{member}"
            outbox.tell(ctx, BOOK_SUBMITTED, member, {"issue": row.id}, key=key)
    return row


def to_review(ctx: Ctx) -> list[TaskBookIssue]:
    """The books that wait for the actor's review, the oldest first."""
    rows = ctx.session.scalars(
        select(TaskBookIssue)
        .join(Person, Person.id == TaskBookIssue.person_id)
        .where(_waits(ctx))
        .order_by(TaskBookIssue.submitted_at, TaskBookIssue.id)
    )
    return list(rows)


def count_to_review(ctx: Ctx) -> int:
    """How many books wait for the actor's review."""
    query = (
        select(func.count())
        .select_from(TaskBookIssue)
        .join(Person, Person.id == TaskBookIssue.person_id)
        .where(_waits(ctx))
    )
    return int(ctx.session.execute(query).scalar_one())


def accept(ctx: Ctx, issue_id: int) -> TaskBookIssue:
    """The book is complete; officer and supervisor are told. Refuses who may not review it."""
    row = require_reviewable(ctx, issue_id)
    _decide(ctx, row, BookState.ACCEPTED, "")
    return row


def send_back(ctx: Ctx, issue_id: int, review: str) -> TaskBookIssue:
    """The officer has something to do again, as the words say."""
    row = require_reviewable(ctx, issue_id)
    words = review.strip()
    if not 0 < len(words) <= LONGEST_REVIEW:
        raise Refusal(
            _("Say what is missing, in at most {count} characters.", count=LONGEST_REVIEW)
        )
    _decide(ctx, row, BookState.RETURNED, words)
    return row


def require_reviewable(ctx: Ctx, issue_id: int) -> TaskBookIssue:
    """The row, held, if the actor may review it now."""
    row = issues.held(ctx, issue_id)
    access.require(ctx, Action.CONFIRM_EVIDENCE, row.person_id)
    if row.person_id == ctx.actor.person_id:
        raise Refusal(_("A colleague has to review your own task book."))
    if row.state is not BookState.SUBMITTED:
        raise Refusal(DECIDED)
    return row


def _waits(ctx: Ctx) -> ColumnElement[bool]:
    return and_(
        TaskBookIssue.state == BookState.SUBMITTED,
        TaskBookIssue.person_id != ctx.actor.person_id,
        Person.active,
        reach.within(ctx, Action.CONFIRM_EVIDENCE),
    )


def _decide(ctx: Ctx, row: TaskBookIssue, state: BookState, review: str) -> None:
    row.state, row.review = state, review
    row.reviewed_by, row.reviewed_at = ctx.actor.person_id, ctx.now()
    ctx.session.flush()
    audit.record(ctx, f"task_book.{state}", "task_book_issue", row.id)
    told = [row.person_id]
    above = supervisor_of(ctx.session.get_one(Person, row.person_id), ctx.today())
    if state is BookState.ACCEPTED and above is not None and above != ctx.actor.person_id:
        told.append(above)
    for person_id in told:
        key = f"task_book:{row.id}:{state}:{row.reviewed_at:%Y%m%dT%H%M%S}:{person_id}"
        outbox.tell(ctx, BOOK_REVIEWED, person_id, {"issue": row.id, "state": state}, key=key)
