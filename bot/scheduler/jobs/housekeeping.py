"""Rows that have done their duty go: updates, files, words that were sent, chats of strangers.

What is kept for how long stands in docs/retention.md, line by line.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Select, Text, and_, cast, delete, exists, func, or_, select, update

from bot.context import Ctx
from bot.evaluation.task_books import keeping
from bot.forms import answer_files
from bot.models.broadcasts import Broadcast
from bot.models.chats import Asked, Chat, Invite, LinkRequest, RequestState
from bot.models.delivery import ItemState, Message, OutboxItem
from bot.models.forms import Draft
from bot.models.inbound import BegunUpdate, SeenUpdate, SetAside
from bot.models.qualifications import Evidence
from bot.models.system import AuditEntry, Blob
from bot.models.work import WorkItem, WorkState
from bot.needs import donor_surveys
from bot.planning import letters
from bot.scheduler.registry import Job, register

SEEN_FOR = dt.timedelta(hours=48)
ASIDE_FOR = dt.timedelta(days=14)
FILES_FOR = dt.timedelta(days=30)
WORDS_FOR = dt.timedelta(days=90)
STRANGERS_FOR = dt.timedelta(days=30)
WORK_FOR = dt.timedelta(days=30)
INVITES_FOR = dt.timedelta(days=30)
REQUESTS_FOR = dt.timedelta(days=90)
ASKED_FOR = dt.timedelta(hours=48)
KEYS_FOR = dt.timedelta(days=400)
"""What is told once for an occasion must be known to have been told while the occasion lasts."""
AUDIT_FOR = dt.timedelta(days=7 * 365 + 2)
CHUNK = 1000
UNDER_WAY = (ItemState.QUEUED, ItemState.CLAIMED)
WORKING = (WorkState.QUEUED, WorkState.RUNNING)


def run(ctx: Ctx) -> None:
    """Delete what can no longer be of use, at most a thousand of each that may be many."""
    _delete_updates(ctx)
    _delete_files(ctx)
    _forget_words(ctx)
    _delete_strangers(ctx)
    _delete_told(ctx)
    _delete_work(ctx)
    _delete_ways_in(ctx)
    _delete_asked(ctx)
    _delete_old_audit(ctx)


def _delete_updates(ctx: Ctx) -> None:
    ctx.session.execute(delete(SeenUpdate).where(SeenUpdate.at < ctx.now() - SEEN_FOR))
    ctx.session.execute(delete(BegunUpdate).where(BegunUpdate.at < ctx.now() - SEEN_FOR))
    ctx.session.execute(delete(SetAside).where(SetAside.at < ctx.now() - ASIDE_FOR))


def _delete_files(ctx: Ctx) -> None:
    """What came in and what was made of it; nothing that is still to be sent or worked on, and
    no certificate until some time after it was decided about, no evidence of a task book until
    some time after that was finished, no letter by which a plan was decided. What is an answer
    goes when its draft or response is gone.
    """
    answer_files.sweep(ctx.session)
    waiting = [
        params.get("blob")
        for query in (
            select(OutboxItem.params).where(OutboxItem.state.in_(UNDER_WAY)),
            select(WorkItem.params).where(WorkItem.state.in_(WORKING)),
        )
        for params in ctx.session.scalars(query)
        if params.get("blob") is not None
    ]
    certificates = select(Evidence.blob_id).where(
        Evidence.blob_id.is_not(None),
        or_(Evidence.decided_at.is_(None), Evidence.decided_at >= ctx.now() - FILES_FOR),
    )
    old = select(Blob.id).where(
        Blob.made_at < ctx.now() - FILES_FOR,
        Blob.draft_id.is_(None),
        Blob.response_id.is_(None),
        Blob.id.not_in(waiting),
        Blob.id.not_in(certificates),
        Blob.id.not_in(_go_with_messages(ctx)),
        ~keeping.kept_files(ctx.now()),
        ~letters.kept_files(),
        ~donor_surveys.kept_files(),
    )
    ctx.session.execute(delete(Blob).where(Blob.id.in_(old.limit(CHUNK))))


def _go_with_messages(ctx: Ctx) -> Select[Any]:
    """The files of messages to many that may still go out: of drafts, of those under way, and of
    those that ended not long ago and may be sent again.
    """
    return select(Broadcast.blob_id).where(
        Broadcast.blob_id.is_not(None),
        or_(Broadcast.ended_at.is_(None), Broadcast.ended_at >= ctx.now() - FILES_FOR),
    )


def _forget_words(ctx: Ctx) -> None:
    """That something was sent is kept; what it said is not."""
    old = (
        select(Message.id)
        .where(Message.sent_at < ctx.now() - WORDS_FOR, Message.text != "")
        .limit(CHUNK)
    )
    ctx.session.execute(update(Message).where(Message.id.in_(old)).values(text=""))


def _delete_strangers(ctx: Ctx) -> None:
    """Chats that were never linked, so that passers-by do not fill the table."""
    asks = exists().where(LinkRequest.user_id == Chat.user_id)
    answers = exists().where(Draft.user_id == Chat.user_id)
    gone = select(Chat.user_id).where(
        Chat.person_id.is_(None),
        Chat.shown_at < ctx.now() - STRANGERS_FOR,
        or_(Chat.locked_until.is_(None), Chat.locked_until < ctx.now()),
        ~asks,
        ~answers,
    )
    found = ctx.session.scalars(gone.limit(CHUNK)).all()
    ctx.session.execute(delete(Asked).where(Asked.user_id.in_(found)))
    ctx.session.execute(delete(Chat).where(Chat.user_id.in_(found)))


def _delete_told(ctx: Ctx) -> None:
    """Items go with their words, but one that a key keeps from being told again stays longer."""
    settled = OutboxItem.settled_at
    over = or_(
        settled < ctx.now() - KEYS_FOR,
        and_(OutboxItem.unique_key.is_(None), settled < ctx.now() - WORDS_FOR),
    )
    old = select(OutboxItem.id).where(over, OutboxItem.state.not_in(UNDER_WAY)).limit(CHUNK)
    ctx.session.execute(delete(OutboxItem).where(OutboxItem.id.in_(old)))
    needed = exists().where(OutboxItem.message_id == Message.id)
    sent = select(Message.id).where(Message.sent_at < ctx.now() - KEYS_FOR, ~needed)
    ctx.session.execute(delete(Message).where(Message.id.in_(sent.limit(CHUNK))))
    _empty_params(ctx)


def _empty_params(ctx: Ctx) -> None:
    """Of items that stay for their key, nothing but the key is needed any more."""
    since, until = ctx.now() - WORDS_FOR - STRANGERS_FOR, ctx.now() - WORDS_FOR
    full = select(OutboxItem.id).where(
        OutboxItem.settled_at.between(since, until),
        OutboxItem.state.not_in(UNDER_WAY),
        cast(OutboxItem.params, Text) != "{}",
    )
    ctx.session.execute(
        update(OutboxItem).where(OutboxItem.id.in_(full.limit(CHUNK))).values(params={})
    )


def _delete_work(ctx: Ctx) -> None:
    """What was told of work is known by its number, so the newest stays: SQLite would give its
    number to the next one, whose result nobody would be told.
    """
    old = select(WorkItem.id).where(
        WorkItem.ended_at < ctx.now() - WORK_FOR,
        WorkItem.state.not_in(WORKING),
        WorkItem.id < select(func.max(WorkItem.id)).scalar_subquery(),
    )
    ctx.session.execute(delete(WorkItem).where(WorkItem.id.in_(old.limit(CHUNK))))


def _delete_ways_in(ctx: Ctx) -> None:
    """Invites that open nothing any more, and requests that were decided."""
    ended = func.coalesce(Invite.used_at, Invite.expires_at)
    spent = select(Invite.id).where(ended < ctx.now() - INVITES_FOR)
    ctx.session.execute(delete(Invite).where(Invite.id.in_(spent.limit(CHUNK))))
    decided = select(LinkRequest.id).where(
        LinkRequest.decided_at < ctx.now() - REQUESTS_FOR, LinkRequest.state != RequestState.OPEN
    )
    ctx.session.execute(delete(LinkRequest).where(LinkRequest.id.in_(decided.limit(CHUNK))))


def _delete_asked(ctx: Ctx) -> None:
    """Which message put which question, in chats where nothing was shown for two days.

    Words that were on their way have come by then. Whoever replies to an older message is
    shown the open question again; the newest keeps its row.
    """
    quiet = (
        select(Asked.user_id, Asked.message_id)
        .join(Chat, Chat.user_id == Asked.user_id)
        .where(Chat.shown_at < ctx.now() - ASKED_FOR, Asked.message_id != Chat.message_id)
    )
    for user_id, message_id in ctx.session.execute(quiet.limit(CHUNK)).all():
        ctx.session.execute(
            delete(Asked).where(Asked.user_id == user_id, Asked.message_id == message_id)
        )


def _delete_old_audit(ctx: Ctx) -> None:
    old = select(AuditEntry.id).where(AuditEntry.at < ctx.now() - AUDIT_FOR)
    ctx.session.execute(delete(AuditEntry).where(AuditEntry.id.in_(old.limit(CHUNK))))


register(Job("housekeeping", 600, run))
