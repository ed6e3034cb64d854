"""Assignments: who owes which form about what, by when."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from bot.models.base import UtcTime, words


class AssignmentState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    DECLINED = "declined"
    CLOSED = "closed"
    RECALLED = "recalled"


class Assignment(SQLModel, table=True):
    """One person owes one form; unique by person, stage, subject and occasion.

    `subject` is "class:12" or "person:7"; `occasion` the date it is about.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("person_id", "stage", "subject", "occasion"),
        Index(
            "ix_assignment_open",
            "stage",
            "occasion",
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    stage: str = Field(index=True)
    subject: str
    occasion: dt.date
    form: str
    anonymous: bool = False
    class_id: int | None = Field(default=None, foreign_key="training_class.id", index=True)
    about_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    opens_at: dt.datetime = Field(sa_type=UtcTime)
    closes_at: dt.datetime = Field(sa_type=UtcTime, index=True)
    state: AssignmentState = Field(
        default=AssignmentState.OPEN, index=True, sa_type=words(AssignmentState)
    )
    reason: str = ""


class ClassClosure(SQLModel, table=True):
    """That what follows a class's end has been arranged, and how."""

    __tablename__ = "class_closure"
    class_id: int = Field(foreign_key="training_class.id", primary_key=True)
    occasion: dt.date
    outcome: str = ""
    closed_results: bool = False
