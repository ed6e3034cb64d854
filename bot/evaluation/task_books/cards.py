"""Task books in people's hands as small frozen cards, for whoever may look into them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from bot.context import Ctx
from bot.evaluation.task_books import books, issues, limits, reviewing, signing
from bot.evaluation.task_books.words import section_of, task_of, title_of
from bot.i18n import Texts
from bot.models.on_the_job import (
    BookState,
    Signer,
    TaskBook,
    TaskBookIssue,
    TaskItem,
    TaskSignature,
    TaskState,
)
from bot.models.people import Person
from bot.people import access, directory, reach
from bot.people.access_table import Action
from bot.people.directory import PersonCard


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task in somebody's hands. Without `state` nobody has said that it is done; `file` is
    the evidence as long as it is kept, `words` why it was not signed.
    """

    item_id: int
    section: Texts
    task: Texts
    signer: Signer
    needs_evidence: bool
    due_at: dt.datetime | None
    late: bool
    signature_id: int | None = None
    state: TaskState | None = None
    done_at: dt.datetime | None = None
    note: str = ""
    words: str = ""
    decided_by: Texts | str = ""
    decided_at: dt.datetime | None = None
    file: int | None = None
    is_photo: bool = True

    @property
    def to_do(self) -> bool:
        """Whether the officer has to do something about it."""
        return self.state in (None, TaskState.REFUSED)


@dataclass(frozen=True, slots=True)
class IssueCard:
    """A task book in somebody's hands with all its tasks."""

    id: int
    book_id: int
    code: str
    title: Texts
    person: PersonCard
    joined_at: dt.datetime
    state: BookState
    tasks: tuple[TaskLine, ...]
    review: str
    submitted_at: dt.datetime | None
    reviewed_by: Texts | str
    reviewed_at: dt.datetime | None

    @property
    def is_open(self) -> bool:
        """Whether tasks can be done and signed."""
        return self.state in issues.OPEN

    @property
    def signed(self) -> int:
        return sum(task.state is TaskState.SIGNED for task in self.tasks)

    @property
    def late(self) -> int:
        return sum(task.late for task in self.tasks)


def mine(ctx: Ctx) -> list[IssueCard]:
    """The actor's task books, those under way first, then the newest."""
    access.require(ctx, Action.USE_DESK)
    return _cards(ctx, TaskBookIssue.person_id == ctx.actor.person_id)


def card(ctx: Ctx, issue_id: int) -> IssueCard:
    """One book, for who has it, their supervisor, and the unit of their part."""
    return facts(ctx, issues.require_readable(ctx, issue_id))


def waiting(ctx: Ctx) -> list[tuple[IssueCard, tuple[TaskLine, ...]]]:
    """What waits for the actor's signature, by book, each with these tasks only."""
    rows = signing.waiting(ctx)
    by_issue: dict[int, set[int]] = {}
    for row in rows:
        by_issue.setdefault(row.issue_id, set()).add(row.item_id)
    found = []
    for issue_id, items in by_issue.items():
        whole = facts(ctx, ctx.session.get_one(TaskBookIssue, issue_id))
        found.append((whole, tuple(task for task in whole.tasks if task.item_id in items)))
    return found


def one(ctx: Ctx, signature_id: int) -> tuple[IssueCard, TaskLine]:
    """One task that was done, for who did it and who may sign it."""
    row = signing.require_readable(ctx, signature_id)
    whole = facts(ctx, ctx.session.get_one(TaskBookIssue, row.issue_id))
    return whole, next(task for task in whole.tasks if task.item_id == row.item_id)


def to_review(ctx: Ctx) -> list[IssueCard]:
    """The books that wait for the actor's review, the oldest first."""
    return [facts(ctx, row) for row in reviewing.to_review(ctx)]


def held_by(ctx: Ctx, book_id: int) -> list[IssueCard]:
    """Who within reach has a book or had it, those under way first."""
    access.require(ctx, Action.ASSIGN)
    within = select(Person.id).where(reach.within(ctx, Action.ASSIGN))
    return _cards(ctx, (TaskBookIssue.book_id == book_id) & TaskBookIssue.person_id.in_(within))


def of_team(ctx: Ctx) -> list[IssueCard]:
    """What the people within the actor's reach have under way."""
    access.require(ctx, Action.SIGN_TASKS)
    within = select(Person.id).where(reach.within(ctx, Action.SIGN_TASKS), Person.active)
    under_way = TaskBookIssue.state.in_(books.UNDER_WAY)
    return _cards(ctx, under_way & TaskBookIssue.person_id.in_(within))


def facts(ctx: Ctx, row: TaskBookIssue) -> IssueCard:
    """One book, for notices and reports that have asked before who may read it."""
    book = ctx.session.get_one(TaskBook, row.book_id)
    assert row.id is not None
    return IssueCard(
        id=row.id,
        book_id=row.book_id,
        code=book.code,
        title=title_of(book),
        person=directory.card(ctx.session, row.person_id),
        joined_at=row.joined_at,
        state=row.state,
        tasks=tuple(_tasks(ctx, row)),
        review=row.review,
        submitted_at=row.submitted_at,
        reviewed_by=_name(ctx, row.reviewed_by),
        reviewed_at=row.reviewed_at,
    )


def _cards(ctx: Ctx, which: ColumnElement[bool]) -> list[IssueCard]:
    rows = ctx.session.scalars(
        select(TaskBookIssue).where(which).order_by(TaskBookIssue.id.desc())
    ).all()
    cards = [facts(ctx, row) for row in rows]
    return sorted(cards, key=lambda one: one.state not in books.UNDER_WAY)


def _tasks(ctx: Ctx, row: TaskBookIssue) -> list[TaskLine]:
    said = {
        one.item_id: one
        for one in ctx.session.scalars(
            select(TaskSignature).where(TaskSignature.issue_id == row.id)
        )
    }
    items = _items(ctx, row, said)
    now = (
        ctx.now() if row.state in issues.OPEN else row.submitted_at or row.reviewed_at or ctx.now()
    )
    names = {one.decided_by: _name(ctx, one.decided_by) for one in said.values()}
    return [_task(row, item, said.get(item.id or 0), now, names) for item in items]


def _items(ctx: Ctx, row: TaskBookIssue, said: Collection[int]) -> Sequence[TaskItem]:
    """The tasks of the book, and those taken out of it since that were done before."""
    present = books.items_of(ctx.session, row.book_id)
    gone = set(said) - {item.id for item in present}
    if not gone:
        return present
    taken_out = ctx.session.scalars(
        select(TaskItem).where(TaskItem.id.in_(gone)).order_by(TaskItem.id)
    )
    return [*present, *taken_out]


def _task(
    issue: TaskBookIssue,
    item: TaskItem,
    said: TaskSignature | None,
    now: dt.datetime,
    names: dict[int | None, Texts | str],
) -> TaskLine:
    assert item.id is not None
    due = limits.due_at(issue.joined_at, item.within_hours)
    facts = (item.id, section_of(item), task_of(item), item.signer, item.needs_evidence, due)
    if said is None:
        return TaskLine(*facts, limits.is_late(due, None, now))
    done_at = said.asked_at if said.state is not TaskState.REFUSED else None
    return TaskLine(
        *facts,
        limits.is_late(due, done_at, now),
        said.id,
        said.state,
        said.asked_at,
        said.note,
        said.words,
        names[said.decided_by],
        said.decided_at,
        said.blob_id,
        said.is_photo,
    )


def _name(ctx: Ctx, person_id: int | None) -> Texts | str:
    return directory.name_of(ctx.session, person_id) if person_id is not None else ""
