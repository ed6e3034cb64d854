"""Chats: what each account should see and has seen, and how accounts are linked to people."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

from bot.models.base import Json, UtcTime, words


class Chat(SQLModel, table=True):
    """One private chat.

    `revision` counts the screens decided, `shown_revision` the one last shown in
    `message_id` at `shown_at`; `screen` is what should be shown, `asks` the question in it,
    `decided_at` the time of the decision or, after `show_tries` tries in vain, of the last try.
    """

    __tablename__ = "chat"
    __table_args__ = (
        Index(
            "ix_chat_unshown",
            "decided_at",
            sqlite_where=text("shown_revision < revision"),
            postgresql_where=text("shown_revision < revision"),
        ),
    )
    user_id: int = Field(primary_key=True, sa_type=BigInteger)
    person_id: int | None = Field(default=None, foreign_key="person.id", unique=True)
    language: str = ""
    revision: int = 0
    shown_revision: int = 0
    message_id: int | None = None
    shown_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    was_edited: bool = False
    decided_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    show_tries: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    screen: dict[str, Any] | None = Field(default=None, sa_type=Json)
    asks: str = ""
    draft_id: int | None = None
    linked_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    blocked_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    privacy_version: int = 0
    failed_tries: int = 0
    locked_until: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    menu_made_for: str = ""


class Asked(SQLModel, table=True):
    """Which question a sent message put, so that a reply to it finds its question."""

    __tablename__ = "asked"
    user_id: int = Field(primary_key=True, sa_type=BigInteger)
    message_id: int = Field(primary_key=True)
    asks: str


class Invite(SQLModel, table=True):
    """A one-time link; only the token's hash is kept."""

    __tablename__ = "invite"
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    token_hash: str = Field(unique=True)
    made_at: dt.datetime = Field(sa_type=UtcTime)
    expires_at: dt.datetime = Field(sa_type=UtcTime)
    used_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)


class RequestState(StrEnum):
    OPEN = "open"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


class LinkRequest(SQLModel, table=True):
    """A stranger's claim to be a person of the roster, for supervisor or unit to confirm."""

    __tablename__ = "link_request"
    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(sa_type=BigInteger, index=True)
    display_name: str = ""
    person_id: int = Field(foreign_key="person.id", index=True)
    asked_at: dt.datetime = Field(sa_type=UtcTime)
    state: RequestState = Field(default=RequestState.OPEN, sa_type=words(RequestState))
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
