"""Tries to link: five that fail lock an account for an hour.

A try counts by what the stranger did, never by what the roster holds, so that
nobody can read the roster from when the lock comes.
"""

from __future__ import annotations

import datetime as dt

from bot import audit
from bot.context import Ctx
from bot.models.chats import Chat

MOST_TRIES = 5
LOCK = dt.timedelta(hours=1)


def is_locked(chat: Chat, now: dt.datetime) -> bool:
    """Whether this account may not try to link at the moment."""
    return chat.locked_until is not None and now < chat.locked_until


def count_try(ctx: Ctx, chat: Chat, way: str) -> None:
    """Count a try that did not link; the fifth locks and starts the count anew."""
    chat.failed_tries += 1
    audit.record(ctx, "link.tried", "chat", way=way, user_id=chat.user_id)
    if chat.failed_tries >= MOST_TRIES:
        chat.failed_tries = 0
        chat.locked_until = ctx.now() + LOCK
        audit.record(ctx, "link.locked", "chat", user_id=chat.user_id)


def clear(chat: Chat) -> None:
    """Forget the tries of an account that has been linked."""
    chat.failed_tries = 0
    chat.locked_until = None
