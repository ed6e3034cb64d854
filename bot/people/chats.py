"""Chats: the row of an account, who it speaks for, its language, blocks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import CursorResult, bindparam, update
from sqlmodel import Session

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import LANGUAGES, _
from bot.models.chats import Chat

_HEARD = (
    update(Chat)
    .where(Chat.user_id == bindparam("chat"), Chat.blocked_at.is_not(None))
    .values(blocked_at=None)
    .execution_options(synchronize_session=False)
)


@dataclass(frozen=True, slots=True)
class ChatCard:
    """An account as conversations see it; `language` is what was chosen, "" if nothing was."""

    user_id: int
    person_id: int | None
    language: str
    linked_at: dt.datetime | None
    privacy_version: int


def get_or_create(session: Session, user_id: int) -> Chat:
    """The row of an account, made where there is none."""
    chat = session.get(Chat, user_id)
    if chat is None:
        chat = Chat(user_id=user_id)
        session.add(chat)
        session.flush()
    return chat


def mine(ctx: Ctx) -> ChatCard:
    """The chat of whoever is speaking."""
    chat = own_row(ctx)
    return ChatCard(
        user_id=chat.user_id,
        person_id=chat.person_id,
        language=chat.language,
        linked_at=chat.linked_at,
        privacy_version=chat.privacy_version,
    )


def choose_language(ctx: Ctx, language: str) -> None:
    """Keep the speaker's choice; refuses a language Rollcall does not speak."""
    if language not in LANGUAGES:
        raise Refusal(_("Rollcall does not speak this language. Choose one of the list."))
    chat = own_row(ctx)
    if chat.language != language:
        chat.language = language
        audit.record(ctx, "language.chosen", "chat", language=language)


def note_blocked(ctx: Ctx, blocked: bool) -> None:
    """Note that the account has blocked the bot, or let it in again; nothing is sent meanwhile."""
    chat = own_row(ctx)
    if blocked == (chat.blocked_at is not None):
        return
    chat.blocked_at = ctx.now() if blocked else None
    what = "chat.blocked" if blocked else "chat.unblocked"
    audit.record(ctx, what, "chat", user_id=chat.user_id)


def note_heard(ctx: Ctx) -> None:
    """Note that the account writes to the bot: whoever does has not blocked it any more."""
    result = ctx.session.execute(_HEARD, {"chat": ctx.actor.user_id})
    assert isinstance(result, CursorResult)
    if result.rowcount:
        audit.record(ctx, "chat.unblocked", "chat", user_id=ctx.actor.user_id)


def own_row(ctx: Ctx) -> Chat:
    """The row of the speaker's own account, for services of this room."""
    assert ctx.actor.user_id is not None, "only an account has a chat"
    return get_or_create(ctx.session, ctx.actor.user_id)
