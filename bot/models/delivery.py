"""The outbox: items (what is to be told) and messages (what was sent)."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from bot.models.base import Json, UtcTime, words


class Urgency(StrEnum):
    NOW = "now"
    DATED = "dated"
    ORDINARY = "ordinary"
    BULK = "bulk"


class ItemState(StrEnum):
    QUEUED = "queued"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"
    UNKNOWN = "unknown"


class OutboxItem(SQLModel, table=True):
    """One thing to tell one person (or one chat); `unique_key` keeps it from being told twice.

    `attempts` counts the messages that carried it and may have arrived. `edits_id` is the message
    that it replaces in place; without it a new one is sent.
    """

    __tablename__ = "outbox_item"
    __table_args__ = (Index("ix_outbox_item_state_due_at", "state", "due_at"),)
    id: int | None = Field(default=None, primary_key=True)
    unique_key: str | None = Field(default=None, unique=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    user_id: int | None = Field(default=None, sa_type=BigInteger)
    notice: str
    params: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    urgency: Urgency = Field(sa_type=words(Urgency))
    rank: int = 0
    due_at: dt.datetime = Field(sa_type=UtcTime)
    useful_until: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    merge: str = ""
    state: ItemState = Field(default=ItemState.QUEUED, sa_type=words(ItemState))
    reason: str = ""
    attempts: int = 0
    made_at: dt.datetime = Field(sa_type=UtcTime)
    settled_at: dt.datetime | None = Field(default=None, sa_type=UtcTime, index=True)
    message_id: int | None = Field(default=None, foreign_key="message.id", index=True)
    edits_id: int | None = None


class Message(SQLModel, table=True):
    """One message that was sent, or tried: its words, where it went, what became of it."""

    __tablename__ = "message"
    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(sa_type=BigInteger, index=True)
    language: str
    text: str
    sent_at: dt.datetime = Field(sa_type=UtcTime, index=True)
    counted: bool = True
    outcome: str = ""
    telegram_message_id: int | None = None
