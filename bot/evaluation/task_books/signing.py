"""Signing: who may sign sees what waits for them, signs, or refuses with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import func, select

from bot import audit
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.errors import Refusal
from bot.evaluation.task_books import issues, signers
from bot.i18n import _
from bot.models.delivery import Urgency
from bot.models.on_the_job import Signer, TaskBookIssue, TaskItem, TaskSignature, TaskState
from bot.models.people import Person
from bot.models.system import Blob
from bot.people import access
from bot.people.access import OutOfReach
from bot.people.access_table import Action, Reach

USEFUL = dt.timedelta(days=30)
LONGEST_REASON = 500
GONE = _("This task is not there any more.")
DECIDED = _("This task does not wait for a signature any more.")

TASKS_DECIDED = outbox.declare(
    NoticeKind("tasks_decided", Urgency.ORDINARY, USEFUL, merge="tasks_decided")
)
TASK_EVIDENCE = outbox.declare(
    NoticeKind("task_evidence", Urgency.NOW, dt.timedelta(hours=1), repeats=True)
)


def waiting(ctx: Ctx) -> list[TaskSignature]:
    """What waits for the actor's signature, the oldest first."""
    rows = ctx.session.execute(
        select(TaskSignature, TaskItem.signer, TaskBookIssue.person_id)
        .join(TaskItem, TaskItem.id == TaskSignature.item_id)
        .join(TaskBookIssue, TaskBookIssue.id == TaskSignature.issue_id)
        .join(Person, Person.id == TaskBookIssue.person_id)
        .where(
            TaskSignature.state == TaskState.ASKED,
            TaskBookIssue.state.in_(issues.OPEN),
            Person.active,
            signers.may_concern(ctx),
        )
        .order_by(TaskSignature.asked_at, TaskSignature.id)
    )
    asked: dict[tuple[int, Signer], list[int]] = {}
    found = []
    for row, signer, person_id in rows:
        if (person_id, signer) not in asked:
            asked[person_id, signer] = signers.of(ctx.session, person_id, signer, ctx.today())
        if ctx.actor.person_id in asked[person_id, signer]:
            found.append(row)
    return found


def sign(ctx: Ctx, signature_id: int) -> TaskSignature:
    """The task is done as it should be; who did it is told. Refuses who may not sign it."""
    row = require_signable(ctx, signature_id)
    _decide(ctx, row, TaskState.SIGNED, "")
    return row


def sign_all(ctx: Ctx, issue_id: int) -> int:
    """Sign everything of one officer's book that waits for the actor; how many. Refuses a book
    that is not of the actor's people, and one of which nothing waits.
    """
    rows = [row for row in waiting(ctx) if row.issue_id == issue_id and row.id is not None]
    if not rows:
        issue = ctx.session.get(TaskBookIssue, issue_id)
        if issue is not None:
            access.require(ctx, Action.SIGN_TASKS, issue.person_id)
        raise Refusal(DECIDED)
    for row in rows:
        assert row.id is not None
        sign(ctx, row.id)
    return len(rows)


def refuse(ctx: Ctx, signature_id: int, reason: str) -> TaskSignature:
    """The task is not done as it should be, for a reason that the officer reads."""
    row = require_signable(ctx, signature_id)
    words = reason.strip()
    if not 0 < len(words) <= LONGEST_REASON:
        raise Refusal(_("Give a reason of at most {count} characters.", count=LONGEST_REASON))
    _decide(ctx, row, TaskState.REFUSED, words)
    return row


def require_signable(ctx: Ctx, signature_id: int) -> TaskSignature:
    """The row, held, if the actor may sign it now; refuses any other."""
    row = ctx.session.get(
        TaskSignature, signature_id, with_for_update=True, populate_existing=True
    )
    if row is None:
        raise Refusal(GONE)
    issue = _readable(ctx, row)
    if row.state is not TaskState.ASKED or issue.state not in issues.OPEN:
        raise Refusal(DECIDED)
    return row


def require_readable(ctx: Ctx, signature_id: int) -> TaskSignature:
    """The row, for who did the task and for who may sign it."""
    row = ctx.session.get(TaskSignature, signature_id)
    if row is None:
        raise Refusal(GONE)
    issue = ctx.session.get_one(TaskBookIssue, row.issue_id)
    if issue.person_id != ctx.actor.person_id:
        _readable(ctx, row)
    return row


def ask_for_evidence(ctx: Ctx, signature_id: int) -> None:
    """Have the photo or file sent to the actor; refuses where there is none any more."""
    row = require_readable(ctx, signature_id)
    here = select(func.count()).where(Blob.id == row.blob_id)
    if row.blob_id is None or not ctx.session.execute(here).scalar_one():
        raise Refusal(_("The evidence is kept no longer."))
    reader = ctx.actor.person_id
    assert reader is not None
    key = f"task_evidence:{row.id}:{reader}:{ctx.now():%Y%m%d%H%M}"
    params = {"signature": row.id, "blob": row.blob_id}
    outbox.tell(ctx, TASK_EVIDENCE, reader, params, key=key)


def still_waiting(ctx: Ctx, signature_ids: Sequence[int]) -> set[int]:
    """Those of them that wait for the actor's signature now."""
    wanted = set(signature_ids)
    return {row.id for row in waiting(ctx) if row.id in wanted}


def asks(ctx: Ctx, person_id: int) -> bool:
    """Whether something of this person waits for the actor's signature."""
    found = {row.issue_id for row in waiting(ctx)}
    own = select(TaskBookIssue.id).where(
        TaskBookIssue.person_id == person_id, TaskBookIssue.id.in_(found)
    )
    return ctx.session.execute(own.limit(1)).first() is not None


def _readable(ctx: Ctx, row: TaskSignature) -> TaskBookIssue:
    issue = ctx.session.get_one(TaskBookIssue, row.issue_id)
    item = ctx.session.get_one(TaskItem, row.item_id)
    if not signers.may_sign(ctx, issue.person_id, item.signer):
        raise OutOfReach(Action.SIGN_TASKS, issue.person_id)
    return issue


def _decide(ctx: Ctx, row: TaskSignature, state: TaskState, words: str) -> None:
    row.state, row.words = state, words
    row.decided_by, row.decided_at = ctx.actor.person_id, ctx.now()
    ctx.session.flush()
    audit.record(ctx, f"task.{state}", "task_signature", row.id)
    issue = ctx.session.get_one(TaskBookIssue, row.issue_id)
    params = {"signature": row.id, "state": state}
    key = f"task:{row.id}:{state}:{row.decided_at:%Y%m%dT%H%M%S%f}"
    outbox.tell(ctx, TASKS_DECIDED, issue.person_id, params, key=key)


access.register_reach(Reach.ASKED, asks)
