"""Broadcasts: saved audiences, messages to many, and what became of each for everyone."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint, false
from sqlmodel import Field, SQLModel

from bot.models.base import NEVER_AGAIN, Json, UtcTime, words


class BroadcastKind(StrEnum):
    """What it is, and so how it goes out: an emergency at once, all else by daily limit."""

    NEWS = "news"
    CALL = "call"
    EMERGENCY = "emergency"


class BroadcastState(StrEnum):
    DRAFT = "draft"
    ASKED = "asked"
    GATHERING = "gathering"
    SENDING = "sending"
    PAUSED = "paused"
    STOPPED = "stopped"
    DONE = "done"
    RECALLED = "recalled"


class RecipientState(StrEnum):
    """`waiting` in the list, `queued` in the outbox; the others are final."""

    WAITING = "waiting"
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"
    UNKNOWN = "unknown"


class Audience(SQLModel, table=True):
    """Who is meant, as a rule that is saved under a name; see `campaigns.audiences`."""

    __tablename__ = "audience"
    __table_args__ = NEVER_AGAIN
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    rule: str
    made_by: int | None = Field(default=None, foreign_key="person.id")
    made_at: dt.datetime = Field(sa_type=UtcTime)


class Broadcast(SQLModel, table=True):
    """A message to many, from its draft to its report.

    `rule` is the audience as it was when it was chosen. `texts` are by language, `fallback` the
    language for readers whose own is missing. `buttons` are names of what can be offered, about
    `class_id` or `form`. `send_at` is when it begins; with `local_time`, the reader's own hour of
    a day, the first instant at which it is that hour anywhere. `corrections` counts the wordings
    sent; `round` the times it was sent again to those who did not get it.
    """

    __tablename__ = "broadcast"
    __table_args__ = NEVER_AGAIN
    id: int | None = Field(default=None, primary_key=True)
    title: str
    kind: BroadcastKind = Field(default=BroadcastKind.NEWS, sa_type=words(BroadcastKind))
    state: BroadcastState = Field(
        default=BroadcastState.DRAFT, sa_type=words(BroadcastState), index=True
    )
    rule: str = ""
    texts: dict[str, str] = Field(default_factory=dict, sa_type=Json)
    fallback: str = ""
    blob_id: int | None = None
    is_photo: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    buttons: list[str] = Field(default_factory=list, sa_type=Json)
    class_id: int | None = Field(default=None, foreign_key="training_class.id", index=True)
    form: str = ""
    send_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    local_time: dt.time | None = None
    made_by: int | None = Field(default=None, foreign_key="person.id")
    made_at: dt.datetime = Field(sa_type=UtcTime)
    approved_by: int | None = Field(default=None, foreign_key="person.id")
    began_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    ended_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    corrections: int = 0
    round: int = 0
    reason: str = ""
    counts: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    progress_item_id: int | None = None


class BroadcastRecipient(SQLModel, table=True):
    """One person a broadcast is for, and what became of it.

    `reach` says how the person could be reached when the list was made. `item_id` is the outbox
    item of the last round, `message_id` the message that arrived. `told_correction` is the
    wording the reader has.
    """

    __tablename__ = "broadcast_recipient"
    __table_args__ = (
        UniqueConstraint("broadcast_id", "person_id"),
        Index("ix_broadcast_recipient_feed", "broadcast_id", "state", "due_at", "id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    broadcast_id: int = Field(foreign_key="broadcast.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    unit_id: int = Field(foreign_key="unit.id")
    reach: str = ""
    due_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    state: RecipientState = Field(default=RecipientState.WAITING, sa_type=words(RecipientState))
    reason: str = ""
    item_id: int | None = Field(default=None, index=True)
    message_id: int | None = None
    told_correction: int = 0
    acknowledged_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
