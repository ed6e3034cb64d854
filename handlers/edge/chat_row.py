"""The chat row on the answer path: read and written by statements built once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, text, update
from sqlmodel import Session

from bot.config import Settings
from bot.context import Actor
from bot.encoder import Encoded
from bot.events import Event
from bot.i18n import known_language
from bot.models.base import Json, UtcTime
from bot.models.chats import Asked, Chat
from bot.models.people import Person
from bot.statement import Statement


@dataclass(frozen=True, slots=True)
class ChatRow:
    """What the edge needs to know of a chat before it lets a conversation speak."""

    user_id: int
    person_id: int | None
    language: str
    zone: str
    revision: int
    shown_revision: int
    message_id: int | None
    shown_at: dt.datetime | None
    was_edited: bool
    asks: str
    privacy_version: int
    menu_made_for: str
    is_blocked: bool

    @property
    def actor(self) -> Actor:
        return Actor(self.person_id, self.user_id, self.language, self.zone)


_READ = Statement(
    select(
        Chat.person_id,
        Chat.language,
        Chat.revision,
        Chat.shown_revision,
        Chat.message_id,
        Chat.shown_at,
        Chat.was_edited,
        Chat.asks,
        Chat.privacy_version,
        Chat.menu_made_for,
        Chat.blocked_at,
        Person.active,
        Person.language.label("person_language"),
        Person.timezone,
    )
    .outerjoin(Person, Person.id == Chat.person_id)
    .where(Chat.user_id == bindparam("user_id"))
)
_WRITE = Statement(
    update(Chat)
    .where(Chat.user_id == bindparam("chat"))
    .values(
        revision=bindparam("new_revision"),
        screen=bindparam("new_screen", type_=Json),
        asks=bindparam("new_asks"),
        decided_at=bindparam("new_at", type_=UtcTime),
        show_tries=text("0"),
    )
)
_FORGET = Statement(
    delete(Asked).where(
        Asked.user_id == bindparam("chat"), Asked.message_id == bindparam("message")
    )
)
_SCREEN = select(Chat.screen).where(Chat.user_id == bindparam("user_id"))


def read(session: Session, event: Event, settings: Settings) -> ChatRow:
    """The chat of an event's sender, made if it is the first word from there."""
    row = _READ.first(session, user_id=event.user_id)
    if row is None:
        session.execute(insert(Chat).values(user_id=event.user_id))
        row = _READ.first(session, user_id=event.user_id)
    linked = row.person_id if row.active else None
    language = row.language or (row.person_language if linked else "")
    return ChatRow(
        user_id=event.user_id,
        person_id=linked,
        language=language or known_language(event.language_code) or settings.language,
        zone=(row.timezone if linked else "") or settings.timezone,
        revision=row.revision,
        shown_revision=row.shown_revision,
        message_id=row.message_id,
        shown_at=row.shown_at,
        was_edited=row.was_edited,
        asks=row.asks,
        privacy_version=row.privacy_version,
        menu_made_for=row.menu_made_for,
        is_blocked=row.blocked_at is not None,
    )


def put_screen(
    session: Session, user_id: int, revision: int, encoded: Encoded, at: dt.datetime
) -> None:
    """Keep what should be shown from now on, as it was decided `at`."""
    _WRITE.run(
        session,
        {
            "chat": user_id,
            "new_revision": revision,
            "new_screen": encoded.to_json(),
            "new_asks": encoded.asks,
            "new_at": at,
        },
    )


def current_screen(session: Session, user_id: int) -> Encoded | None:
    """What should be shown now; None in a chat that has had no screen yet."""
    stored: dict[str, Any] | None = session.execute(_SCREEN, {"user_id": user_id}).scalar()
    return Encoded.from_json(stored) if stored else None


def asked_in(session: Session, user_id: int, message_id: int) -> str:
    """The one question that a message has put, "" if it has put none or several."""
    found = session.get(Asked, (user_id, message_id))
    return found.asks if found else ""


def forget_question(session: Session, user_id: int, message_id: int) -> None:
    """A message that is to put another question answers for none: whoever replies to it may
    have seen the one or the other.
    """
    _FORGET.run(session, {"chat": user_id, "message": message_id})
