"""From an update as it came to an `Event`; what is not for us becomes None."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, Update, User

from bot.encoder import split_revision
from bot.events import Event, EventKind, SentFile, SharedContact

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_WORDS = ("text", "command", "revision", "press_id", "language_code", "display_name")
PHOTO_NAME, VOICE_NAME, MUSIC_NAME = "photo.jpg", "voice.ogg", "sound.mp3"
ALLOWED = ["message", "callback_query", "my_chat_member"]


def to_event(raw: dict[str, Any]) -> Event | None:
    """The event of a private chat; None for groups and for what Rollcall has no use for.

    Raises ValueError, pydantic's ValidationError too, on an update that cannot be read.
    """
    event = _event(Update.model_validate(raw))
    return _storable(event) if event is not None else None


def _event(update: Update) -> Event | None:
    if update.callback_query is not None:
        if not _is_private(update.callback_query):
            return None
        return _press(update.update_id, update.callback_query)
    if update.message is not None and update.message.chat.type == "private":
        return _message(update.update_id, update.message)
    if update.my_chat_member is not None and update.my_chat_member.chat.type == "private":
        return _membership(update.update_id, update.my_chat_member)
    return None


def _storable(event: Event) -> Event:
    """The event with U+FFFD for what no database takes: NUL and halves of characters.

    Raises ValueError on numbers that no server gives to users and messages.
    """
    if not 0 < event.user_id < 2**63 or not 0 <= event.update_id < 2**63:
        raise ValueError("a number of user or update that cannot be")
    if not all(0 <= number < 2**31 for number in (event.message_id, event.reply_to or 0)):
        raise ValueError("a number of a message that cannot be")
    words: dict[str, Any] = {
        name: _UNSTORABLE.sub("\ufffd", getattr(event, name)) for name in _WORDS
    }
    event = replace(event, **words)
    if event.file is not None:
        named = replace(event.file, name=_UNSTORABLE.sub("\ufffd", event.file.name))
        event = replace(event, file=named)
    return event


def _is_private(press: CallbackQuery) -> bool:
    return press.message is not None and press.message.chat.type == "private"


def _press(update_id: int, press: CallbackQuery) -> Event:
    action, revision = split_revision(press.data or "")
    return Event(
        update_id,
        EventKind.PRESS,
        press.from_user.id,
        text=action,
        revision=revision,
        message_id=press.message.message_id if press.message else 0,
        press_id=press.id,
        **_who(press.from_user),
    )


def _membership(update_id: int, change: ChatMemberUpdated) -> Event:
    gone = change.new_chat_member.status == "kicked"
    kind = EventKind.BLOCKED if gone else EventKind.UNBLOCKED
    return Event(update_id, kind, change.from_user.id, at=change.date, **_who(change.from_user))


def _message(update_id: int, message: Message) -> Event | None:
    user = message.from_user
    if user is None:
        return None
    common: dict[str, Any] = {
        "at": message.date,
        "message_id": message.message_id,
        "reply_to": message.reply_to_message.message_id if message.reply_to_message else None,
        **_who(user),
    }
    if message.contact is not None:
        contact = SharedContact(message.contact.phone_number, message.contact.user_id)
        return Event(update_id, EventKind.CONTACT, user.id, contact=contact, **common)
    sent = _file(message)
    if sent is not None:
        return Event(update_id, EventKind.FILE, user.id, file=sent, **common)
    if message.text is not None:
        return _text(update_id, user.id, message.text, common)
    return Event(update_id, EventKind.OTHER, user.id, **common)


def _file(message: Message) -> SentFile | None:
    if message.document is not None:
        document = message.document
        return SentFile(document.file_id, document.file_name or "file", document.file_size or 0)
    if message.photo:
        largest = message.photo[-1]
        return SentFile(largest.file_id, PHOTO_NAME, largest.file_size or 0, is_photo=True)
    if message.voice is not None:
        voice = message.voice
        return SentFile(voice.file_id, VOICE_NAME, voice.file_size or 0, is_sound=True)
    if message.audio is not None:
        music = message.audio
        name = music.file_name or MUSIC_NAME
        return SentFile(music.file_id, name, music.file_size or 0, is_sound=True)
    return None


def _text(update_id: int, user_id: int, text: str, common: dict[str, Any]) -> Event:
    if not text.startswith("/"):
        return Event(update_id, EventKind.TEXT, user_id, text=text, **common)
    command, _space, arguments = text[1:].partition(" ")
    name = command.partition("@")[0].lower()
    return Event(
        update_id, EventKind.COMMAND, user_id, command=name, text=arguments.strip(), **common
    )


def _who(user: User) -> dict[str, Any]:
    return {"language_code": user.language_code or "", "display_name": user.full_name}
