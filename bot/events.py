"""What a person did, as data: made by the edge from an update, read by conversations."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class EventKind(StrEnum):
    TEXT = "text"
    COMMAND = "command"
    PRESS = "press"
    CONTACT = "contact"
    FILE = "file"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class SharedContact:
    phone: str
    user_id: int | None


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file the person sent; `blob_id` is set once the edge has fetched and stored it.

    A picture sent as one `is_photo`: the channel made it smaller, and gave it no name. A voice
    message or a piece of music `is_sound`. `long_side` of a picture is in pixels, 0 if unknown.
    """

    file_id: str
    name: str
    size: int
    blob_id: int | None = None
    is_photo: bool = False
    is_sound: bool = False
    long_side: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """One update: who, when (as the channel says, aware UTC), and what.

    `text` holds the words, a command's arguments or a press's data; `message_id` is
    the message written, or the one whose button was pressed; `asks` names the question
    that typed words answer.
    """

    update_id: int
    kind: EventKind
    user_id: int
    at: dt.datetime | None = None
    text: str = ""
    command: str = ""
    message_id: int = 0
    reply_to: int | None = None
    asks: str = ""
    press_id: str = ""
    revision: str = ""
    contact: SharedContact | None = None
    file: SentFile | None = None
    language_code: str = ""
    display_name: str = ""
