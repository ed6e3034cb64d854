"""What the sandbox remembers, one dataclass a kind; each is kept as one JSON row."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Self

Json = dict[str, Any]
Lane = tuple[str, int]
BOT, PERSON = "bot", "me"


class Row:
    """A record as JSON and back; every field is a JSON value."""

    __slots__: tuple[str, ...] = ()

    def to_json(self) -> Json:
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_json(cls, row: Json) -> Self:
        return cls(**row)


@dataclass(slots=True)
class PendingMessage(Row):
    """Written and not yet at Telegram; `id` is negative until it is.

    `due` is the business time in epoch seconds at which a bad link lets it through.
    """

    id: int
    content: Json
    date: int
    reply_to: int | None = None
    due: float = 0.0


@dataclass(slots=True)
class Phone(Row):
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
        return Row.to_json(self) | {"pending": [item.to_json() for item in self.pending]}

    @classmethod
    def from_json(cls, row: Json) -> Phone:
        pending = [PendingMessage(**item) for item in row["pending"]]
        return cls(**{**row, "pending": pending})


@dataclass(slots=True)
class Message(Row):
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


@dataclass(slots=True)
class StoredFile(Row):
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


@dataclass(slots=True)
class PendingUpdate(Row):
    """One update in the bot's queue; `expires_at` is business time in epoch seconds.

    `held_until` is business time too. `copies` are still to be given after it is confirmed,
    `is_copy` says that it has been. `must_be_given`: an offset above it does not confirm
    it before it was given, because a fault kept it back.
    """

    id: int
    kind: str
    payload: Json
    expires_at: float
    person: int = 0
    held_until: float = 0.0
    copies: int = 0
    copy_after: float = 0.0
    copy_business: bool = False
    twice: bool = False
    is_copy: bool = False
    must_be_given: bool = False

    @property
    def lane(self) -> Lane:
        """What Telegram keeps in order: one kind of update of one person."""
        return self.kind, self.person

    def as_update(self) -> Json:
        return {"update_id": self.id, self.kind: self.payload}


@dataclass(slots=True)
class Webhook(Row):
    """Where updates are brought, and how the last trouble with that was called."""

    url: str = ""
    secret_token: str = ""
    max_connections: int = 40
    own_certificate: bool = False
    last_error_at: int | None = None
    last_error: str = ""

    def is_like(self, other: Webhook) -> bool:
        """Whether both were set in the same words."""
        return replace(self, last_error_at=None, last_error="") == replace(
            other, last_error_at=None, last_error=""
        )


@dataclass(slots=True)
class Press(Row):
    """A button pressed and waiting for answerCallbackQuery."""

    id: str
    phone_id: int
    at: float
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Refusal(Row):
    """A call the sandbox refused, as shown to the developer."""

    at: str
    method: str
    error_code: int
    description: str
    problem: str
    phone: int | None = None
