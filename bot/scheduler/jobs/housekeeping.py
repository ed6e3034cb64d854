"""Rows that have done their duty: updates, files, words that were sent, chats of strangers."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete, exists, or_, select, update

from bot.context import Ctx
from bot.models.chats import Asked, Chat, LinkRequest
from bot.models.delivery import ItemState, Message, OutboxItem
from bot.models.forms import Draft
from bot.models.inbound import BegunUpdate, SeenUpdate, SetAside
from bot.models.system import Blob
from bot.models.work import WorkItem, WorkState
from bot.scheduler.registry import Job, register

SEEN_FOR = dt.timedelta(hours=48)
ASIDE_FOR = dt.timedelta(days=14)
FILES_FOR = dt.timedelta(days=30)
WORDS_FOR = dt.timedelta(days=90)
STRANGERS_FOR = dt.timedelta(days=30)
CHUNK = 1000
UNDER_WAY = (ItemState.QUEUED, ItemState.CLAIMED)
WORKING = (WorkState.QUEUED, WorkState.RUNNING)


def run(ctx: Ctx) -> None:
    """Delete what can no longer be of use, at most a thousand of each that may be many."""
    _delete_updates(ctx)
    _delete_files(ctx)
    _forget_words(ctx)
    _delete_strangers(ctx)


def _delete_updates(ctx: Ctx) -> None:
    ctx.session.execute(delete(SeenUpdate).where(SeenUpdate.at < ctx.now() - SEEN_FOR))
    ctx.session.execute(delete(BegunUpdate).where(BegunUpdate.at < ctx.now() - SEEN_FOR))
    ctx.session.execute(delete(SetAside).where(SetAside.at < ctx.now() - ASIDE_FOR))


def _delete_files(ctx: Ctx) -> None:
    """What came in and what was made of it; nothing that is still to be sent or worked on."""
    waiting = [
        params.get("blob")
        for query in (
            select(OutboxItem.params).where(OutboxItem.state.in_(UNDER_WAY)),
            select(WorkItem.params).where(WorkItem.state.in_(WORKING)),
        )
        for params in ctx.session.scalars(query)
        if params.get("blob") is not None
    ]
    old = select(Blob.id).where(Blob.made_at < ctx.now() - FILES_FOR, Blob.id.not_in(waiting))
    ctx.session.execute(delete(Blob).where(Blob.id.in_(old.limit(CHUNK))))


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


register(Job("housekeeping", 3600, run))
