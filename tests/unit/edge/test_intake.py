"""From an update as Telegram sends it to an event, and what is not for us."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from bot.events import EventKind
from handlers.edge.intake import to_event

SOMEBODY = {
    "id": 7,
    "is_bot": False,
    "first_name": "Sok",
    "last_name": "Dara",
    "language_code": "km",
}
CHAT = {"id": 7, "type": "private", "first_name": "Sok"}
GROUP = {"id": -5, "type": "group", "title": "G"}


def message(**content: Any) -> dict[str, Any]:
    told = {"message_id": 5, "date": 1772416800, "chat": CHAT, "from": SOMEBODY, **content}
    return {"update_id": 1, "message": told}


def test_text__in_a_private_chat__says_who_and_when() -> None:
    event = to_event(message(text="Good morning"))
    assert event is not None
    assert (event.kind, event.user_id, event.text) == (EventKind.TEXT, 7, "Good morning")
    assert (event.message_id, event.language_code, event.display_name) == (5, "km", "Sok Dara")
    assert event.at is not None
    assert event.at.timestamp() == 1772416800


@pytest.mark.parametrize(
    ("words", "command", "rest"),
    [
        ("/start", "start", ""),
        ("/start abc", "start", "abc"),
        ("/ASK@rollcall_bot  why? ", "ask", "why?"),
        ("/", "", ""),
    ],
)
def test_command__with_the_name_of_the_bot_or_words__is_taken_apart(
    words: str, command: str, rest: str
) -> None:
    event = to_event(message(text=words))
    assert event is not None
    assert (event.kind, event.command, event.text) == (EventKind.COMMAND, command, rest)


@pytest.mark.parametrize(
    ("data", "action", "revision"),
    [("q:1:2:i3", "q:1:2:i3", ""), ("f:1:submit~12", "f:1:submit", "12"), ("~3", "~3", "")],
)
def test_press__with_a_revision__is_taken_apart(data: str, action: str, revision: str) -> None:
    press = {
        "id": "9",
        "from": SOMEBODY,
        "chat_instance": "1",
        "data": data,
        "message": {"message_id": 4, "date": 0, "chat": CHAT},
    }
    event = to_event({"update_id": 1, "callback_query": press})
    assert event is not None
    assert (event.text, event.revision, event.press_id) == (action, revision, "9")
    assert event.message_id == 4


def test_reply__names_the_message_it_answers() -> None:
    earlier = {"message_id": 3, "date": 1, "chat": CHAT}
    event = to_event(message(text="4", reply_to_message=earlier))
    assert event is not None
    assert event.reply_to == 3


def test_contact_and_file__carry_what_conversations_need() -> None:
    contact = to_event(message(contact={"phone_number": "85512", "first_name": "S", "user_id": 7}))
    sent = {"file_id": "F", "file_unique_id": "U", "file_size": 9}
    file = to_event(message(document=sent))
    assert contact is not None
    assert contact.contact is not None
    assert (contact.contact.phone, contact.contact.user_id) == ("85512", 7)
    assert file is not None
    assert file.file is not None
    assert (file.file.name, file.file.size, file.file.blob_id) == ("file", 9, None)


def test_dice__is_something_else() -> None:
    event = to_event(message(dice={"emoji": "🎲", "value": 3}))
    assert event is not None
    assert event.kind is EventKind.OTHER


@pytest.mark.parametrize("raw", [message(chat=GROUP, text="hi"), {"update_id": 1}])
def test_update__that_is_not_for_us__is_no_event(raw: dict[str, Any]) -> None:
    assert to_event(raw) is None


def test_update__that_cannot_be_read__is_refused() -> None:
    with pytest.raises(ValidationError):
        to_event(message(chat="none"))


@pytest.mark.parametrize(
    ("content", "name", "is_photo", "is_sound"),
    [
        (
            {"photo": [{"width": 9, "height": 9}, {"width": 90, "height": 90}]},
            "photo.jpg",
            True,
            0,
        ),
        ({"voice": {"duration": 3}}, "voice.ogg", False, True),
        ({"audio": {"duration": 3, "file_name": "talk.m4a"}}, "talk.m4a", False, True),
        ({"audio": {"duration": 3}}, "sound.mp3", False, True),
        ({"document": {"file_name": "a.pdf"}}, "a.pdf", False, False),
    ],
)
def test_file__of_each_kind__has_a_name_and_says_what_it_is(
    content: dict[str, Any], name: str, is_photo: bool, is_sound: bool
) -> None:
    [(kind, sent)] = content.items()
    parts = sent if isinstance(sent, list) else [sent]
    for number, part in enumerate(parts):
        part |= {"file_id": f"f{number}", "file_unique_id": f"u{number}", "file_size": 8}
    event = to_event(message(**{kind: sent}))
    assert event is not None
    assert event.file is not None
    assert event.kind is EventKind.FILE
    assert (event.file.name, event.file.is_photo, event.file.is_sound) == (
        name,
        is_photo,
        is_sound,
    )
    assert event.file.file_id == f"f{len(parts) - 1}"
