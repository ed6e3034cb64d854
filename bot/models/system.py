"""The installation itself: policies, audit, files, heartbeats, the sandbox's clock offset."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from bot.models.base import Json, UtcTime


class PolicyValue(SQLModel, table=True):
    """A setting the unit changed in the chat."""

    __tablename__ = "policy_value"
    name: str = Field(primary_key=True)
    value: Any = Field(sa_type=Json)


class AuditEntry(SQLModel, table=True):
    """Who did what to what, when, why and by which rule."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_object", "object_kind", "object_id"),)
    id: int | None = Field(default=None, primary_key=True)
    at: dt.datetime = Field(sa_type=UtcTime, index=True)
    actor_id: int | None = Field(default=None, index=True)
    action: str = Field(index=True)
    object_kind: str = ""
    object_id: int | None = None
    details: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    reason: str = ""


class Blob(SQLModel, table=True):
    """A file that came in or goes out; `telegram_file_id` spares a second upload.

    `owner_id` is the person who sent it, if somebody did. One that is an answer is held by a
    draft, then by its response (no foreign keys: what nothing holds any more is swept).
    """

    __tablename__ = "blob"
    id: int | None = Field(default=None, primary_key=True)
    name: str
    mime: str = "application/octet-stream"
    content: bytes
    made_at: dt.datetime = Field(sa_type=UtcTime, index=True)
    telegram_file_id: str = ""
    owner_id: int | None = None
    draft_id: int | None = Field(default=None, index=True)
    response_id: int | None = Field(default=None, index=True)


class Heartbeat(SQLModel, table=True):
    """When a part of Rollcall last finished its round, in business time."""

    __tablename__ = "heartbeat"
    name: str = Field(primary_key=True)
    at: dt.datetime = Field(sa_type=UtcTime)


class OpenAlarm(SQLModel, table=True):
    """A state of trouble that the operator was told of, and that is not over yet."""

    __tablename__ = "open_alarm"
    name: str = Field(primary_key=True)
    since: dt.datetime = Field(sa_type=UtcTime)


class Instance(SQLModel, table=True):
    """Which installation this database belongs to, where it was made, and whether it may send.

    `place` names the file beside a SQLite database, or the PostgreSQL server and database.
    """

    __tablename__ = "instance"
    id: int = Field(default=1, primary_key=True)
    instance_id: str
    held: bool = False
    place: str = Field(default="", sa_column_kwargs={"server_default": ""})


class Lease(SQLModel, table=True):
    """Who may do what only one process may do; `expires_at` is the database's own Unix time.

    `epoch` grows with each new holder, so that an old one can be told from a new one.
    """

    __tablename__ = "lease"
    name: str = Field(primary_key=True)
    holder: str = ""
    epoch: int = 0
    expires_at: float = 0.0


class SendBudget(SQLModel, table=True):
    """What all processes of one bot have sent, and until when the server wants nothing more.

    `taken` only grows; `paused_until` is the database's own Unix time.
    """

    __tablename__ = "send_budget"
    bot_id: int = Field(primary_key=True, sa_type=BigInteger)
    taken: int = Field(default=0, sa_type=BigInteger)
    paused_until: float = 0.0


class ClockOffset(SQLModel, table=True):
    """The sandbox's movable clock; ignored outside a sandbox."""

    __tablename__ = "clock_offset"
    id: int = Field(default=1, primary_key=True)
    seconds: float = 0.0
