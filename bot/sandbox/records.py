"""What the sandbox remembers, one dataclass a kind; each is kept as one JSON row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
BOT, PERSON = "bot", "me"


@dataclass(slots=True)
class PendingMessage:
    """Written while the phone was offline; `id` is negative until it is sent."""

    id: int
    content: Json
    date: int
    reply_to: int | None = None

    def to_json(self) -> Json:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(slots=True)
class Phone:
    """One person's Telegram account and the app in their hand."""

    id: int
    name: str
    phone_number: str
    language: str
    key: str = ""
    role: str = ""
    staff_no: str | None = None
    offline: bool = False
    blocked: bool = False
    started: bool = False
    last_message_id: int = 0
    last_pending_id: int = 0
    chat_instance: str = ""
    keyboard: Json | None = None
    shown_keyboard: Json | None = None
    pending: list[PendingMessage] = field(default_factory=list)

    def to_json(self) -> Json:
        row = {name: getattr(self, name) for name in self.__slots__}
        return row | {"pending": [item.to_json() for item in self.pending]}

    @classmethod
    def from_json(cls, row: Json) -> Phone:
        pending = [PendingMessage(**item) for item in row.pop("pending")]
        return cls(**row, pending=pending)


@dataclass(slots=True)
class Message:
    """One message of a private chat.

    `content` holds the Bot API fields that say what it is (text, photo, contact …),
    `shown` the message as the phone last drew it: an offline phone lags behind.
    """

    chat_id: int
    id: int
    sender: str
    date: int
    content: Json
    markup: Json | None = None
    edit_date: int | None = None
    reply_to: int | None = None
    protected: bool = False
    deleted: bool = False
    shown: Json | None = None

    def to_json(self) -> Json:
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_json(cls, row: Json) -> Message:
        return cls(**row)


@dataclass(slots=True)
class StoredFile:
    """A file of a chat; the bytes lie beside the database under `unique_id`."""

    file_id: str
    unique_id: str
    path: str
    name: str
    mime_type: str
    size: int
    width: int = 0
    height: int = 0

    @property
    def is_photo(self) -> bool:
        return self.width > 0

    def to_json(self) -> Json:
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_json(cls, row: Json) -> StoredFile:
        return cls(**row)


@dataclass(slots=True)
class PendingUpdate:
    """One update in the bot's queue; `expires_at` is business time in epoch seconds."""

    id: int
    kind: str
    payload: Json
    expires_at: float

    def to_json(self) -> Json:
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_json(cls, row: Json) -> PendingUpdate:
        return cls(**row)


@dataclass(slots=True)
class Press:
    """A button pressed and waiting for answerCallbackQuery."""

    id: str
    phone_id: int
    at: float
    answered: bool = False

    def to_json(self) -> Json:
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_json(cls, row: Json) -> Press:
        return cls(**row)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A call the sandbox refused, as shown to the developer."""

    at: str
    method: str
    error_code: int
    description: str
    problem: str
    phone: int | None = None

    def to_json(self) -> Json:
        return {name: getattr(self, name) for name in self.__slots__}
