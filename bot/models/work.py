"""Long jobs, run in a process of their own."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlmodel import Field, SQLModel

from bot.models.base import Json, UtcTime, words


class WorkState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class WorkItem(SQLModel, table=True):
    """One long job: what to do, for whom, and what became of it."""

    __tablename__ = "work_item"
    id: int | None = Field(default=None, primary_key=True)
    kind: str
    params: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    requested_by: int | None = Field(default=None, foreign_key="person.id")
    state: WorkState = Field(default=WorkState.QUEUED, index=True, sa_type=words(WorkState))
    attempts: int = 0
    made_at: dt.datetime = Field(sa_type=UtcTime)
    began_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    ended_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    error: str = ""
