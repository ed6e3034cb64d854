"""Imports: each file that was checked, the plan staged from it, and what became of it."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from bot.models.base import Json, UtcTime, words


class Verdict(StrEnum):
    """What the check of a file came to."""

    REFUSED = "refused"
    ASKS_AGAIN = "asks again"
    READY = "ready"


class RunState(StrEnum):
    CHECKED = "checked"
    APPLIED = "applied"
    UNDONE = "undone"


class ImportRun(SQLModel, table=True):
    """One checked file.

    `blob_id` is the file as it came (no foreign key: files are purged sooner than runs);
    `first_ids` says from which id on each table's new rows were
    numbered; `basis` how often imports of this kind had been applied or undone at the check.
    """

    __tablename__ = "import_run"
    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(index=True)
    file_name: str
    blob_id: int
    verdict: Verdict = Field(sa_type=words(Verdict))
    state: RunState = Field(default=RunState.CHECKED, sa_type=words(RunState))
    basis: int = 0
    counts: dict[str, int] = Field(default_factory=dict, sa_type=Json)
    summary: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    first_ids: dict[str, int] = Field(default_factory=dict, sa_type=Json)
    checked_at: dt.datetime = Field(sa_type=UtcTime)
    applied_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    applied_by: int | None = Field(default=None, foreign_key="person.id")
    undone_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)


class Part(StrEnum):
    """What a piece of a staged plan holds."""

    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"
    OUTCOME = "outcome"
    FAULTS = "faults"


class ImportChunk(SQLModel, table=True):
    """Up to 1,000 rows of a staged plan, or of the findings, as JSON text."""

    __tablename__ = "import_chunk"
    __table_args__ = (Index("ix_import_chunk_run_id_part", "run_id", "part"),)
    id: int | None = Field(default=None, primary_key=True)
    run_id: int = Field(foreign_key="import_run.id")
    part: Part = Field(sa_type=words(Part))
    target: str = ""
    columns: list[str] = Field(default_factory=list, sa_type=Json)
    rows: str
