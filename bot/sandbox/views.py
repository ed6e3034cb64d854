"""Phones and messages as the page shows them (JSON)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from bot.sandbox.records import PERSON, Json, Message, PendingMessage, Phone

if TYPE_CHECKING:
    from bot.sandbox.world import World

FILE_KINDS = ("document", "voice", "audio")


def phone(world: World, one: Phone) -> Json:
    """A phone with its messages, pending ones last."""
    return {**phone_summary(world, one), "messages": messages(world, one)}


def messages(world: World, one: Phone) -> list[Json]:
    """What the phone has drawn, oldest first, then what it has not sent yet."""
    drawn = [m.shown for m in world.chats[one.id].values() if m.shown is not None]
    return [*drawn, *(pending_message(item) for item in one.pending)]


def phone_summary(world: World, one: Phone) -> Json:
    return {
        "id": one.id,
        "key": one.key,
        "name": one.name,
        "role": one.role,
        "staff_no": one.staff_no,
        "phone_number": one.phone_number,
        "language": one.language,
        "offline": one.offline,
        "blocked": one.blocked,
        "started": one.started,
        "queued": len(one.pending),
        "reply_keyboard": one.shown_keyboard,
        "commands": world.profile.commands_shown_to(one.id, one.language),
        "typing": False,
    }


def message(one: Message) -> Json:
    shown = _content(one.content)
    shown.update(
        {
            "id": one.id,
            "from": one.sender,
            "date": moment(one.date),
            "edited": one.edit_date is not None,
            "reply_to": one.reply_to,
            "rows": _rows(one.markup),
            "pending": False,
        }
    )
    return shown


def pending_message(one: PendingMessage) -> Json:
    shown = _content(one.content)
    shown.update(
        {
            "id": one.id,
            "from": PERSON,
            "date": moment(one.date),
            "edited": False,
            "reply_to": one.reply_to,
            "rows": [],
            "pending": True,
        }
    )
    return shown


def moment(seconds: float) -> str:
    return dt.datetime.fromtimestamp(seconds, dt.UTC).isoformat()


def bot(world: World) -> Json:
    profile = world.profile
    return {
        "id": profile.bot_id,
        "username": profile.username,
        "name": profile.user()["first_name"],
        "description": profile.text("description"),
    }


def _content(content: Json) -> Json:
    contact = content.get("contact")
    return {
        "text": content.get("text", content.get("caption", "")),
        "entities": content.get("entities", content.get("caption_entities", [])),
        "photo": _photo(content),
        "document": _document(content),
        "contact": contact and {k: contact[k] for k in ("phone_number", "first_name")},
    }


def _photo(content: Json) -> Json | None:
    if "photo" not in content:
        return None
    largest = content["photo"][-1]
    return {
        "file_id": largest["file_id"],
        "name": "photo",
        "size": largest["file_size"],
        "url": f"/api/files/{largest['file_id']}",
        "width": largest["width"],
        "height": largest["height"],
    }


def _document(content: Json) -> Json | None:
    document = next((content[kind] for kind in FILE_KINDS if kind in content), None)
    if document is None:
        return None
    return {
        "file_id": document["file_id"],
        "name": document.get("file_name", "voice message"),
        "size": document["file_size"],
        "url": f"/api/files/{document['file_id']}",
    }


def _rows(markup: Json | None) -> list[list[Json]]:
    rows = (markup or {}).get("inline_keyboard", [])
    return [[_button(button) for button in row] for row in rows]


def _button(button: Json) -> Json:
    shown = {"text": button["text"]}
    if "callback_data" in button:
        shown["data"] = button["callback_data"]
    return shown | {key: button[key] for key in ("url", "style") if key in button}
