"""Chats: the row of an account, who it speaks for, its language, blocks, the privacy notice."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session

from bot import audit
from bot.config import Settings
from bot.context import Actor, Ctx
from bot.errors import Refusal
from bot.i18n import LANGUAGES, _, known_language
from bot.models.chats import Chat
from bot.models.people import Person
from bot.people import directory

# Raise by one whenever the notice's meaning changes; everybody is asked again, once.
PRIVACY_VERSION = 1


@dataclass(frozen=True, slots=True)
class ChatCard:
    """An account as conversations see it; `language` is what was chosen, "" if nothing was."""

    user_id: int
    person_id: int | None
    language: str
    linked_at: dt.datetime | None
    privacy_version: int
    menu_made_for: str


def get_or_create(session: Session, user_id: int) -> Chat:
    """The row of an account, made where there is none."""
    chat = session.get(Chat, user_id)
    if chat is None:
        chat = Chat(user_id=user_id)
        session.add(chat)
        session.flush()
    return chat


def actor(session: Session, settings: Settings, user_id: int, language_code: str = "") -> Actor:
    """Who speaks when this account writes; one linked to a leaver speaks as a stranger.

    `language_code` is what the account's app is set to; it counts only while nobody
    has chosen a language and the roster names none.
    """
    chat = get_or_create(session, user_id)
    person = session.get(Person, chat.person_id) if chat.person_id is not None else None
    if person is not None and not person.active:
        person = None
    stated = chat.language or (person.language if person else "")
    return Actor(
        person_id=person.id if person else None,
        user_id=user_id,
        language=stated or known_language(language_code) or settings.language,
        zone=directory.zone_of(person, settings),
    )


def mine(ctx: Ctx) -> ChatCard:
    """The chat of whoever is speaking."""
    chat = own_row(ctx)
    return ChatCard(
        user_id=chat.user_id,
        person_id=chat.person_id,
        language=chat.language,
        linked_at=chat.linked_at,
        privacy_version=chat.privacy_version,
        menu_made_for=chat.menu_made_for,
    )


def choose_language(ctx: Ctx, language: str) -> None:
    """Keep the speaker's choice; refuses a language Rollcall does not speak."""
    if language not in LANGUAGES:
        raise Refusal(_("Rollcall does not speak this language. Choose one of the list."))
    chat = own_row(ctx)
    if chat.language != language:
        chat.language = language
        audit.record(ctx, "language.chosen", "chat", language=language)


def note_blocked(ctx: Ctx) -> None:
    """Note that the account has blocked the bot: nothing is sent to it until it comes back."""
    chat = own_row(ctx)
    if chat.blocked_at is None:
        chat.blocked_at = ctx.now()
        audit.record(ctx, "chat.blocked", "chat", user_id=chat.user_id)


def note_unblocked(ctx: Ctx) -> None:
    """Note that the account can be written to again; writing to the bot proves it, too."""
    chat = own_row(ctx)
    if chat.blocked_at is not None:
        chat.blocked_at = None
        audit.record(ctx, "chat.unblocked", "chat", user_id=chat.user_id)


def privacy_pending(ctx: Ctx) -> bool:
    """Whether the speaker is linked and has not accepted the privacy notice in force."""
    chat = own_row(ctx)
    return ctx.actor.person_id is not None and chat.privacy_version < PRIVACY_VERSION


def accept_privacy(ctx: Ctx, version: int) -> bool:
    """Accept the notice; False if it was accepted before.

    Refuses the button of an older notice: what it said is not in force any more.
    """
    if version != PRIVACY_VERSION:
        raise Refusal(_("This notice has been replaced. Send /start to read the one in force."))
    chat = own_row(ctx)
    if chat.privacy_version >= version:
        return False
    chat.privacy_version = version
    audit.record(ctx, "privacy.accepted", "chat", version=version, user_id=chat.user_id)
    return True


def own_row(ctx: Ctx) -> Chat:
    """The row of the speaker's own account, for services of this room."""
    assert ctx.actor.user_id is not None, "only an account has a chat"
    return get_or_create(ctx.session, ctx.actor.user_id)
