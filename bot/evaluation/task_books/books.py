"""Task books as the training unit keeps them: which there are, what is in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import Session

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.task_books.words import section_of, task_of, title_of
from bot.i18n import Texts, _
from bot.models.on_the_job import BookState, Signer, TaskBook, TaskBookIssue, TaskItem
from bot.people import access
from bot.people.access_table import Action
from bot.people.search import fold

GONE = _("There is no such task book any more.")
UNDER_WAY = (BookState.OPEN, BookState.SUBMITTED, BookState.RETURNED)


@dataclass(frozen=True, slots=True)
class BookLine:
    """A task book in a list."""

    id: int
    code: str
    title: Texts
    active: bool


@dataclass(frozen=True, slots=True)
class ItemLine:
    """A task as the book has it; `within_hours` counts from joining the post."""

    id: int
    section: Texts
    task: Texts
    signer: Signer
    within_hours: int | None
    needs_evidence: bool


@dataclass(frozen=True, slots=True)
class BookCard:
    """A task book; `held` people have it under way. Who takes up one of `positions` gets it."""

    line: BookLine
    items: tuple[ItemLine, ...]
    positions: tuple[str, ...]
    held: int


def find(ctx: Ctx, search: str = "") -> list[BookLine]:
    """Task books whose code or title in any language holds every word; retired ones at the end.

    Refuses all but the training unit.
    """
    access.require(ctx, Action.ASSIGN)
    wanted = fold(search).split()
    rows = ctx.session.scalars(select(TaskBook).order_by(TaskBook.active.desc(), TaskBook.code))
    return [line_of(row) for row in rows if all(word in _words(row) for word in wanted)]


def card(ctx: Ctx, book_id: int) -> BookCard:
    """One task book; refuses one that is not there, and all but the training unit."""
    access.require(ctx, Action.ASSIGN)
    row = row_of(ctx.session, book_id)
    held = select(func.count()).where(
        TaskBookIssue.book_id == book_id, TaskBookIssue.state.in_(UNDER_WAY)
    )
    return BookCard(
        line_of(row),
        tuple(_item(item) for item in items_of(ctx.session, book_id)),
        tuple(row.positions),
        int(ctx.session.execute(held).scalar_one()),
    )


def switch(ctx: Ctx, book_id: int, *, active: bool) -> BookCard:
    """Retire a book or bring it back; those who have it keep it. Refuses who keeps no books."""
    access.require(ctx, Action.EDIT_SHEETS)
    row = row_of(ctx.session, book_id)
    if row.active != active:
        row.active = active
        ctx.session.flush()
        act = "task_book.brought_back" if active else "task_book.retired"
        audit.record(ctx, act, "task_book", book_id)
    return card(ctx, book_id)


def row_of(session: Session, book_id: int) -> TaskBook:
    """The row of a book; refuses one that is not there."""
    row = session.get(TaskBook, book_id)
    if row is None:
        raise Refusal(GONE)
    return row


def items_of(session: Session, book_id: int) -> Sequence[TaskItem]:
    """The tasks that are in a book now, in their order."""
    return session.scalars(
        select(TaskItem)
        .where(TaskItem.book_id == book_id, TaskItem.place.is_not(None))
        .order_by(TaskItem.place, TaskItem.id)
    ).all()


def line_of(row: TaskBook) -> BookLine:
    """A book as in a list."""
    assert row.id is not None
    return BookLine(row.id, row.code, title_of(row), row.active)


def _item(item: TaskItem) -> ItemLine:
    assert item.id is not None
    return ItemLine(
        item.id,
        section_of(item),
        task_of(item),
        item.signer,
        item.within_hours,
        item.needs_evidence,
    )


def _words(row: TaskBook) -> str:
    return fold(" ".join([row.code, row.title, *row.titles.values()]))
