"""A task book in somebody's hands: given out, ended, and who may look into it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy import select

from bot import audit
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import Notice, NoticeKind
from bot.errors import Refusal
from bot.evaluation.task_books import books
from bot.evaluation.task_books.books import UNDER_WAY
from bot.i18n import _
from bot.models.delivery import Urgency
from bot.models.on_the_job import BookState, TaskBookIssue
from bot.models.people import Person
from bot.people import access, leavers, reach
from bot.people.access import OutOfReach
from bot.people.access_table import Action

USEFUL = dt.timedelta(days=30)
GONE = _("This task book is not there any more.")
OVER = _("This task book is finished. Nothing was changed.")
OPEN = (BookState.OPEN, BookState.RETURNED)
"""States in which tasks can be done and signed."""
LONGEST_AGO = dt.timedelta(days=365)

BOOK_ISSUED = outbox.declare(
    NoticeKind("task_book_issued", Urgency.ORDINARY, USEFUL, merge="task_book_issued")
)


def give(
    ctx: Ctx, book_id: int, person_ids: Sequence[int], joined_at: dt.datetime
) -> list[TaskBookIssue]:
    """Give a book to people who joined their post at this instant; those who newly have it.

    Whoever has it under way keeps that one. Refuses a retired or empty book, people out of the
    actor's reach, and a time that lies in the future or more than a year ago.
    """
    _require_reach(ctx, person_ids)
    if not ctx.now() - LONGEST_AGO <= joined_at <= ctx.now():
        raise Refusal(_("The time of joining lies in the past year, and not in the future."))
    row = books.row_of(ctx.session, book_id)
    if not row.active:
        raise Refusal(_("This task book is retired. Bring it back before you give it out."))
    if not books.items_of(ctx.session, book_id):
        raise Refusal(_("There is no task in this book."))
    return hand_out(ctx, book_id, [(one, joined_at) for one in person_ids])


def hand_out(
    ctx: Ctx, book_id: int, people: Sequence[tuple[int, dt.datetime]]
) -> list[TaskBookIssue]:
    """Give a book to people by (id, time of joining) without asking who may; they are told.

    Left out is who has it under way, and who had it for the same joining.
    """
    wanted = dict(people)
    held = _had_already(ctx, book_id, wanted)
    rows = [
        TaskBookIssue(
            book_id=book_id,
            person_id=person_id,
            joined_at=joined_at,
            issued_by=ctx.actor.person_id,
            issued_at=ctx.now(),
        )
        for person_id, joined_at in wanted.items()
        if person_id not in held
    ]
    ctx.session.add_all(rows)
    ctx.session.flush()
    _tell(ctx, rows)
    return rows


def _had_already(ctx: Ctx, book_id: int, joined: Mapping[int, dt.datetime]) -> set[int]:
    """Who has the book under way, or had it for the same joining."""
    rows = ctx.session.scalars(
        select(TaskBookIssue).where(
            TaskBookIssue.book_id == book_id, TaskBookIssue.person_id.in_(joined)
        )
    )
    return {
        row.person_id
        for row in rows
        if row.state in UNDER_WAY or row.joined_at == joined[row.person_id]
    }


def end(ctx: Ctx, issue_id: int) -> TaskBookIssue:
    """Nothing more is asked by this book; what was signed stays. Refuses who may not give it."""
    row = held(ctx, issue_id)
    access.require(ctx, Action.ASSIGN, row.person_id)
    if row.state not in UNDER_WAY:
        raise Refusal(OVER)
    _end(ctx, row)
    return row


@leavers.on_leaving("task_books")
def end_for_leavers(ctx: Ctx, person_ids: Sequence[int]) -> None:
    """Who has left has nothing to do any more."""
    end_all(ctx, under_way_of(ctx, person_ids))


def end_all(ctx: Ctx, rows: Sequence[TaskBookIssue]) -> None:
    """End these, whoever acts."""
    for row in rows:
        _end(ctx, row)


def under_way_of(ctx: Ctx, person_ids: Sequence[int]) -> Sequence[TaskBookIssue]:
    """What these people have under way."""
    return ctx.session.scalars(
        select(TaskBookIssue).where(
            TaskBookIssue.person_id.in_(person_ids), TaskBookIssue.state.in_(UNDER_WAY)
        )
    ).all()


def held(ctx: Ctx, issue_id: int) -> TaskBookIssue:
    """The row, which nobody else changes before this transaction has ended."""
    row = ctx.session.get(TaskBookIssue, issue_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise Refusal(GONE)
    return row


def require_own_open(ctx: Ctx, issue_id: int) -> TaskBookIssue:
    """The actor's own book in which tasks can be done; refuses any other."""
    row = held(ctx, issue_id)
    if row.person_id != ctx.actor.person_id:
        raise OutOfReach(Action.USE_DESK, issue_id, "task_book_issue", GONE)
    if row.state not in OPEN:
        raise Refusal(OVER)
    return row


def require_readable(ctx: Ctx, issue_id: int) -> TaskBookIssue:
    """The row, for who has the book, who signs for them first, and the unit of their part."""
    row = ctx.session.get(TaskBookIssue, issue_id)
    if row is None:
        raise Refusal(GONE)
    if row.person_id != ctx.actor.person_id:
        access.require(ctx, Action.SIGN_TASKS, row.person_id)
    return row


def _require_reach(ctx: Ctx, person_ids: Sequence[int]) -> None:
    access.require(ctx, Action.ASSIGN)
    within = ctx.session.scalars(
        select(Person.id).where(
            Person.id.in_(person_ids),
            Person.active,
            ~Person.guest,
            reach.within(ctx, Action.ASSIGN),
        )
    )
    outside = set(person_ids) - set(within)
    if outside:
        raise OutOfReach(Action.ASSIGN, min(outside))


def _end(ctx: Ctx, row: TaskBookIssue) -> None:
    row.state = BookState.ENDED
    row.reviewed_at, row.reviewed_by = ctx.now(), ctx.actor.person_id
    ctx.session.flush()
    audit.record(ctx, "task_book.ended", "task_book_issue", row.id)


def _tell(ctx: Ctx, rows: Sequence[TaskBookIssue]) -> None:
    served = set(
        ctx.session.scalars(
            select(Person.id).where(Person.id.in_([row.person_id for row in rows]), Person.active)
        )
    )
    for row in rows:
        audit.record(ctx, "task_book.issued", "task_book_issue", row.id)
    outbox.tell_all(
        ctx,
        BOOK_ISSUED,
        [
            Notice(row.person_id, {"issue": row.id}, f"task_book:{row.id}:issued")
            for row in rows
            if row.person_id in served
        ],
    )
