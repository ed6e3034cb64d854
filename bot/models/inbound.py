"""What came in: updates dealt with, updates begun, updates set aside."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from bot.models.base import Json, UtcTime


class SeenUpdate(SQLModel, table=True):
    """An update whose effect is committed; pruned after 48 hours."""

    __tablename__ = "seen_update"
    bot_id: int = Field(primary_key=True, sa_type=BigInteger)
    update_id: int = Field(primary_key=True, sa_type=BigInteger)
    at: dt.datetime = Field(sa_type=UtcTime, index=True)


class BegunUpdate(SQLModel, table=True):
    """How often a re-delivered update was begun without ending."""

    __tablename__ = "begun_update"
    bot_id: int = Field(primary_key=True, sa_type=BigInteger)
    update_id: int = Field(primary_key=True, sa_type=BigInteger)
    times: int = 0
    at: dt.datetime = Field(sa_type=UtcTime, index=True)


class SetAside(SQLModel, table=True):
    """An update that could not be dealt with, kept 14 days for the operator."""

    __tablename__ = "set_aside"
    id: int | None = Field(default=None, primary_key=True)
    bot_id: int = Field(sa_type=BigInteger)
    update_id: int = Field(sa_type=BigInteger)
    at: dt.datetime = Field(sa_type=UtcTime, index=True)
    reason: str
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
