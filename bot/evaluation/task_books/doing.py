"""An officer says that a task is done, with what evidence, or takes that back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select, update

from bot import audit
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.errors import Refusal
from bot.evaluation.task_books import issues, signers
from bot.i18n import _
from bot.models.delivery import ItemState, OutboxItem, Urgency
from bot.models.on_the_job import BookState, TaskBookIssue, TaskItem, TaskSignature, TaskState
from bot.models.system import Blob

USEFUL = dt.timedelta(days=14)
SETTLING = dt.timedelta(minutes=15)
LONGEST_NOTE = 500
DONE = "task.done"
NO_TASK = _("This task is not in the book any more.")

TASKS_TO_SIGN = outbox.declare(
    NoticeKind("tasks_to_sign", Urgency.ORDINARY, USEFUL, merge="tasks_to_sign")
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an officer says and shows of a task; `blob_id` is a file of their own."""

    note: str = ""
    blob_id: int | None = None
    is_photo: bool = True


NOTHING = Evidence()


def require_doable(ctx: Ctx, issue_id: int, item_id: int) -> TaskItem:
    """The task, if the actor can say now that it is done; refuses any other, saying why not."""
    issue = issues.require_own_open(ctx, issue_id)
    item = _item(ctx, issue, item_id)
    row = signature(ctx, issue_id, item_id)
    if row is not None and row.state is TaskState.ASKED:
        raise Refusal(_("This task waits for a signature already."))
    if row is not None and row.state is TaskState.SIGNED and issue.state is BookState.OPEN:
        raise Refusal(_("This task is signed already."))
    return item


def done(ctx: Ctx, issue_id: int, item_id: int, shown: Evidence = NOTHING) -> TaskSignature:
    """The task waits for a signature from now on; who may sign is told.

    Refuses a task that needs evidence without any, a file that is gone, and see
    `require_doable`. Of a book that was returned a signed task may be done again.
    """
    item = require_doable(ctx, issue_id, item_id)
    if item.needs_evidence and shown.blob_id is None:
        raise Refusal(_("This task needs evidence: a photo or a file."))
    row = signature(ctx, issue_id, item_id)
    if row is None:
        row = TaskSignature(issue_id=issue_id, item_id=item_id, asked_at=ctx.now())
    row.state, row.asked_at = TaskState.ASKED, ctx.now()
    row.decided_by, row.decided_at, row.words = None, None, ""
    row.note, row.is_photo = shown.note.strip()[:LONGEST_NOTE], shown.is_photo
    row.blob_id = _keep(ctx, shown.blob_id)
    ctx.session.add(row)
    ctx.session.flush()
    audit.record(ctx, DONE, "task_signature", row.id)
    _tell(ctx, row, item)
    return row


def take_back(ctx: Ctx, issue_id: int, item_id: int) -> None:
    """The task is not done after all; refuses one that does not wait for a signature."""
    issues.require_own_open(ctx, issue_id)
    row = signature(ctx, issue_id, item_id)
    if row is None or row.state is not TaskState.ASKED:
        raise Refusal(_("This task does not wait for a signature."))
    audit.record(ctx, "task.taken_back", "task_signature", row.id)
    ctx.session.delete(row)
    ctx.session.flush()


def just_worked_in(ctx: Ctx) -> int | None:
    """The book in which the actor has marked a task as done a moment ago."""
    last = audit.just_done(ctx)
    if last is None or last.action != DONE:
        return None
    row = ctx.session.get(TaskSignature, last.object_id)
    return row.issue_id if row is not None else None


def signature(ctx: Ctx, issue_id: int, item_id: int) -> TaskSignature | None:
    """What was said about a task so far."""
    return ctx.session.scalars(
        select(TaskSignature).where(
            TaskSignature.issue_id == issue_id, TaskSignature.item_id == item_id
        )
    ).first()


def _item(ctx: Ctx, issue: TaskBookIssue, item_id: int) -> TaskItem:
    item = ctx.session.get(TaskItem, item_id)
    if item is None or item.book_id != issue.book_id or item.place is None:
        raise Refusal(NO_TASK)
    return item


def _keep(ctx: Ctx, blob_id: int | None) -> int | None:
    """The file stays as long as the book is under way, and some time after."""
    if blob_id is None:
        return None
    own = Blob.owner_id == ctx.actor.person_id
    found = ctx.session.execute(
        update(Blob).where(Blob.id == blob_id, own).values(draft_id=None).returning(Blob.id)
    ).first()
    if found is None:
        raise Refusal(_("A file that you sent is no longer here. Please send it again."))
    return blob_id


def _tell(ctx: Ctx, row: TaskSignature, item: TaskItem) -> None:
    """Whoever does one task often does the next: who signs them is told of all at once."""
    person_id = ctx.session.get_one(TaskBookIssue, row.issue_id).person_id
    for signer in signers.to_tell(ctx.session, person_id, item.signer, ctx.today()):
        key = f"sign:{row.id}:{row.asked_at:%Y%m%dT%H%M%S%f}:{signer}"
        params = {"signature": row.id}
        due_at = _told_soon(ctx, signer) or ctx.now() + SETTLING
        outbox.tell(ctx, TASKS_TO_SIGN, signer, params, key=key, due_at=due_at)


def _told_soon(ctx: Ctx, signer: int) -> dt.datetime | None:
    """When this person is told of other tasks that wait, if that is still to come."""
    return ctx.session.scalars(
        select(OutboxItem.due_at)
        .where(
            OutboxItem.person_id == signer,
            OutboxItem.notice == TASKS_TO_SIGN.name,
            OutboxItem.state == ItemState.QUEUED,
            OutboxItem.due_at > ctx.now(),
        )
        .order_by(OutboxItem.due_at)
    ).first()
