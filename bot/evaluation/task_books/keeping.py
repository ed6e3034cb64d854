"""What is kept of somebody's task books, for /mydata; what of it goes, and when."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, or_, select, update
from sqlmodel import Session

from bot.context import Ctx
from bot.evaluation.task_books.books import UNDER_WAY
from bot.evaluation.task_books.words import BOOK_WORDS, TASK_WORDS, task_of, title_of
from bot.i18n import Words, _
from bot.models.on_the_job import TaskBook, TaskBookIssue, TaskItem, TaskSignature
from bot.models.system import Blob
from bot.people.mydata import Fact, section

FILES_FOR = dt.timedelta(days=30)
"""So long after a book is finished its evidence can still be looked at."""


@section("task_books", _("Your task books"), 56)
def task_books(ctx: Ctx, person_id: int) -> tuple[tuple[Fact, ...], Words]:
    """Every book given to the person, the newest first, with every task that was done."""
    facts: list[Fact] = []
    rows = ctx.session.execute(
        select(TaskBookIssue, TaskBook)
        .join(TaskBook, TaskBook.id == TaskBookIssue.book_id)
        .where(TaskBookIssue.person_id == person_id)
        .order_by(TaskBookIssue.id.desc())
    )
    for issue, book in rows:
        state: Words = BOOK_WORDS[issue.state]
        if issue.review:
            state = _("{state}: {reason}", state=state, reason=issue.review)
        facts.append(Fact(title_of(book), state))
        facts += _tasks(ctx, issue.id)
    return tuple(facts), ""


def forget_words(session: Session, person_id: int) -> None:
    """Empty what the person typed in task books, and what others typed about theirs."""
    own = TaskBookIssue.person_id == person_id
    session.execute(
        update(TaskBookIssue)
        .where(or_(own, TaskBookIssue.reviewed_by == person_id))
        .values(review="")
    )
    of_own = TaskSignature.issue_id.in_(select(TaskBookIssue.id).where(own))
    session.execute(update(TaskSignature).where(of_own).values(note="", blob_id=None))
    session.execute(
        update(TaskSignature)
        .where(or_(of_own, TaskSignature.decided_by == person_id))
        .values(words="")
    )


def kept_files(now: dt.datetime) -> ColumnElement[bool]:
    """The condition on Blob that it is evidence of a book under way, or finished not long ago."""
    evidence = (
        select(TaskSignature.blob_id)
        .join(TaskBookIssue, TaskBookIssue.id == TaskSignature.issue_id)
        .where(
            TaskSignature.blob_id.is_not(None),
            or_(
                TaskBookIssue.state.in_(UNDER_WAY),
                TaskBookIssue.reviewed_at >= now - FILES_FOR,
            ),
        )
    )
    return Blob.id.in_(evidence)


def _tasks(ctx: Ctx, issue_id: int | None) -> list[Fact]:
    rows = ctx.session.execute(
        select(TaskSignature, TaskItem)
        .join(TaskItem, TaskItem.id == TaskSignature.item_id)
        .where(TaskSignature.issue_id == issue_id)
        .order_by(TaskItem.place, TaskItem.id)
    )
    found = []
    for row, item in rows:
        said: Words = TASK_WORDS[row.state]
        for words in (row.note, row.words):
            if words:
                said = _("{what}. {words}", what=said, words=words)
        found.append(Fact(_("• {task}", task=task_of(item)), said))
    return found
