"""aiogram with one model built reads every update as aiogram with all of them does."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from handlers.edge.intake import to_event

SOK = {"id": 7, "is_bot": False, "first_name": "Sok", "last_name": "Dara", "language_code": "km"}
CHAT = {"id": 7, "type": "private", "first_name": "Sok"}
MESSAGE: dict[str, Any] = {"message_id": 5, "date": 1772416800, "chat": CHAT, "from": SOK}
SENT = {"file_id": "F", "file_unique_id": "f", "file_size": 9}
PICTURE = {**SENT, "width": 4, "height": 3}
KICKED = {"user": SOK, "status": "kicked", "until_date": 0}
MEMBER = {"user": SOK, "status": "member"}
PARTS: list[dict[str, Any]] = [
    {"message": {**MESSAGE, "text": "/start abc", "reply_to_message": {**MESSAGE, "text": "a"}}},
    {"message": {**MESSAGE, "contact": {"phone_number": "+85512", "first_name": "S"}}},
    {"message": {**MESSAGE, "photo": [PICTURE, {**PICTURE, "file_id": "G"}]}},
    {"message": {**MESSAGE, "document": {**SENT, "file_name": "a.pdf"}}},
    {"message": {**MESSAGE, "voice": {**SENT, "duration": 2}}},
    {"message": {**MESSAGE, "unheard_of": {"a": [1]}}},
    {"message": {**MESSAGE, "chat": {"id": -5, "type": "group", "title": "G"}}},
    {"message": {**MESSAGE, "date": "soon"}},
    {"callback_query": {"id": "1", "from": SOK, "chat_instance": "c", "data": "q:1~2"}},
    {
        "callback_query": {
            "id": "1",
            "from": SOK,
            "chat_instance": "c",
            "data": "q:1~2",
            "message": {"message_id": 5, "date": 0, "chat": CHAT},
        }
    },
    {
        "my_chat_member": {
            "chat": CHAT,
            "from": SOK,
            "date": 1772416800,
            "old_chat_member": MEMBER,
            "new_chat_member": KICKED,
        }
    },
    {"poll_answer": {"poll_id": "1", "option_ids": [0], "user": SOK}},
]
UPDATES = [{"update_id": number, **part} for number, part in enumerate(PARTS, 1)]
READ_BY_ITSELF = """
import json, sys
from handlers.edge import slim
slim.load_aiogram()
from aiogram.types import Message
from tests.unit.edge.test_slim import said_of
built = Message.__pydantic_complete__
json.dump([built, [said_of(update) for update in json.load(sys.stdin)]], sys.stdout)
"""


def said_of(update: dict[str, Any]) -> str:
    """The event of an update in words, or why it cannot be read."""
    try:
        return repr(to_event(update))
    except ValueError as error:
        return str(error)


def test_updates__with_one_model_built__give_the_same_events() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", READ_BY_ITSELF],
        input=json.dumps(UPDATES),
        capture_output=True,
        text=True,
        check=True,
    )
    is_message_built, said = json.loads(answer.stdout)
    assert not is_message_built
    assert said == [said_of(update) for update in UPDATES]
