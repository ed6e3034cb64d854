"""What fuzzing found at the door: numbers and characters that no database takes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlmodel import Session, select

from bot.clock import FixedClock
from bot.config import Settings
from bot.db import Database
from bot.models.inbound import SetAside
from handlers.edge import set_aside
from handlers.edge.intake import to_event
from handlers.edge.middleware import Desk

SOMEBODY = {"id": 7, "is_bot": False, "first_name": "So\x00k", "language_code": "km"}
CHAT = {"id": 7, "type": "private", "first_name": "Sok"}


def message(sender: dict[str, Any] = SOMEBODY, **content: Any) -> dict[str, Any]:
    told = {"message_id": 5, "date": 1772416800, "chat": CHAT, "from": sender, **content}
    return {"update_id": 1, "message": told}


def test_words__with_nul_and_half_characters__are_what_a_database_takes() -> None:
    event = to_event(message(text="a\x00b\ud800c"))
    assert event is not None
    assert event.text == "a\ufffdb\ufffdc"
    assert event.display_name == "So\ufffdk"


def test_file__named_with_nul__has_a_name_that_a_database_takes() -> None:
    sent = {"file_id": "F", "file_unique_id": "U", "file_name": "p\x00.xlsx"}
    event = to_event(message(document=sent))
    assert event is not None
    assert event.file is not None
    assert event.file.name == "p\ufffd.xlsx"


@pytest.mark.parametrize(
    "raw",
    [
        message({**SOMEBODY, "id": 2**63}, text="x"),
        message({**SOMEBODY, "id": -7}, text="x"),
        message(text="x", message_id=2**31),
        message(text="x", reply_to_message={"message_id": 2**40, "date": 1, "chat": CHAT}),
        message(text="x") | {"update_id": 2**63},
    ],
)
def test_number__that_no_server_gives__cannot_be_read(raw: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        to_event(raw)


@pytest.mark.parametrize(
    "raw",
    [
        {"update_id": "none", "message": 3},
        {"update_id": 2**70, "message": {"from": {"id": 2**70}}},
        {"update_id": 5, "message": {"text": "\ud800\x00", "from": {"id": -1}}},
        {"update_id": 6, "message": {"latitude": float("nan")}},
    ],
)
def test_set_aside__whatever_it_holds__is_kept(
    database: Database, clock: FixedClock, settings: Settings, raw: dict[str, Any]
) -> None:
    with database.transaction() as session:
        set_aside.keep(session, Desk(1, clock, settings), raw, "it could not be read")
        kept = _only(session)
    assert kept.update_id in (0, 5, 6)
    json.dumps(kept.payload, allow_nan=False)


def test_storable__nested_without_end__is_not_followed() -> None:
    nested: Any = "deep"
    for _level in range(3000):
        nested = [nested]
    assert set_aside.storable({"update_id": 3, "message": nested}) == {
        "update_id": 3,
        "unstorable": True,
    }


def _only(session: Session) -> SetAside:
    (kept,) = session.exec(select(SetAside)).all()
    return kept
