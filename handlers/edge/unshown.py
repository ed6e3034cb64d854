"""Screens that were decided but never shown: after a restart, a lost connection, a killed process.

Each is shown again after twenty seconds, then after longer and longer pauses, until the
person does something themselves.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlmodel import Session

from bot.context import Ctx
from bot.encoder import Encoded
from bot.models.chats import Chat
from bot.models.system import Instance
from handlers.edge.middleware import Outgoing

FIRST_AGE = dt.timedelta(seconds=20)
MOST_TRIES = 6
AT_ONCE = 50


def all_unshown(session: Session) -> list[int]:
    """Everybody whose newest screen was not shown, for a process that serves alone, at its
    start; nobody in a held database.
    """
    instance = session.get(Instance, 1)
    if instance is not None and instance.held:
        return []
    waiting = select(Chat.user_id).where(
        Chat.shown_revision < Chat.revision, Chat.blocked_at.is_(None)
    )
    return list(session.scalars(waiting))


def long_unshown(ctx: Ctx) -> list[int]:
    """Those whose screen, whichever process decided it, should have been shown by now."""
    waiting = (
        select(Chat.user_id, Chat.decided_at, Chat.show_tries)
        .where(
            Chat.shown_revision < Chat.revision,
            Chat.decided_at < ctx.now() - FIRST_AGE,
            Chat.show_tries < MOST_TRIES,
            Chat.blocked_at.is_(None),
        )
        .order_by(Chat.decided_at)
        .limit(AT_ONCE)
    )
    return [
        row.user_id
        for row in ctx.session.execute(waiting)
        if row.decided_at <= ctx.now() - FIRST_AGE * 2**row.show_tries
    ]


def once_more(ctx: Ctx, user_id: int) -> Outgoing | None:
    """The current screen of a chat that has not been shown it, counted as one more try."""
    chat = ctx.session.get(Chat, user_id, with_for_update=True)
    if chat is None or chat.screen is None or chat.shown_revision >= chat.revision:
        return None
    chat.decided_at, chat.show_tries = ctx.now(), chat.show_tries + 1
    screen = Encoded.from_json(chat.screen)
    return Outgoing(user_id, chat.revision, screen, known=chat.person_id is not None)
