"""Tests: the bank of questions, attempts and their marks, codes that open a test in the room."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import UniqueConstraint, true
from sqlmodel import Field, SQLModel

from bot.models.base import NEVER_AGAIN, Json, UtcTime


class BankQuestion(SQLModel, table=True):
    """A question of the bank, in the terms of a form.

    `labels`, `feedback` and the words of a choice are by language, "" where none is named;
    `choices` lists [code, words, feedback]. `correct` and `points` are the cells of a form.
    """

    __tablename__ = "bank_question"
    __table_args__ = NEVER_AGAIN
    id: int | None = Field(default=None, primary_key=True)
    topic: str = Field(index=True)
    name: str = ""
    type: str
    labels: dict[str, str] = Field(sa_type=Json)
    choices: list[Any] = Field(default_factory=list, sa_type=Json)
    correct: str
    points: str = ""
    feedback: dict[str, str] = Field(default_factory=dict, sa_type=Json)
    digest: str = Field(unique=True)
    active: bool = Field(default=True, sa_column_kwargs={"server_default": true()})


class TestAttempt(SQLModel, table=True):
    """One attempt at a test, handed in: what was answered, and the points for each question.

    `marks` is {question: [points, worth]} of what was asked; `points` of `maximum` in all, in
    thousandths, so that sums are exact. The best attempt counts.
    """

    __test__ = False
    __tablename__ = "test_attempt"
    __table_args__ = (UniqueConstraint("assignment_id", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    assignment_id: int = Field(foreign_key="assignment.id", index=True)
    number: int
    version_id: int = Field(foreign_key="form_version.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    class_id: int | None = Field(default=None, foreign_key="training_class.id", index=True)
    stage: str
    answers: dict[str, Any] = Field(sa_type=Json)
    marks: dict[str, Any] = Field(sa_type=Json)
    points: int
    maximum: int
    handed_in_at: dt.datetime = Field(sa_type=UtcTime)
    by_clock: bool = False


class RoomCode(SQLModel, table=True):
    """The code that opens a test of one class, as shown in the room, and until when."""

    __tablename__ = "room_code"
    class_id: int = Field(foreign_key="training_class.id", primary_key=True)
    stage: str = Field(primary_key=True)
    code: str
    opened_by: int | None = Field(default=None, foreign_key="person.id")
    closes_at: dt.datetime = Field(sa_type=UtcTime)
