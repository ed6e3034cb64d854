"""Courses, classes, trainers, enrolments."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.models.base import Json, UtcTime, words


class Entry(StrEnum):
    OPEN = "open"
    NOMINATED = "nominated"
    ORDERED = "ordered"


class EnrolmentState(StrEnum):
    INTERESTED = "interested"
    REQUESTED = "requested"
    NOMINATED = "nominated"
    APPROVED = "approved"
    ENROLLED = "enrolled"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    ATTENDED = "attended"
    PARTLY_ATTENDED = "partly attended"
    NO_SHOW = "no-show"
    COMPLETED = "completed"


class Course(SQLModel, table=True):
    """What can be learned; `titles` holds other languages."""

    __tablename__ = "course"
    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    title: str
    titles: dict[str, str] = Field(default_factory=dict, sa_type=Json)
    category: str = ""
    hours: float | None = None
    mode: str = ""
    min_seats: int | None = None
    max_seats: int | None = None
    prerequisites: str = ""
    objectives: str = ""
    anonymous_reaction: bool = True


class Trainer(SQLModel, table=True):
    """A member of the trainer pool, of the roster or from outside."""

    __tablename__ = "trainer"
    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    name: str = ""


class TrainingClass(SQLModel, table=True):
    """A course held once; without dates it gathers interest."""

    __tablename__ = "training_class"
    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    course_id: int = Field(foreign_key="course.id", index=True)
    starts_on: dt.date | None = None
    ends_on: dt.date | None = Field(default=None, index=True)
    timezone: str = ""
    start_time: dt.time | None = None
    end_time: dt.time | None = None
    weekdays: str = ""
    place: str = ""
    seats: int = 0
    trainer_id: int | None = Field(default=None, foreign_key="trainer.id", index=True)
    backup_trainer_id: int | None = Field(default=None, foreign_key="trainer.id")
    coordinator_id: int | None = Field(default=None, foreign_key="person.id")
    entry: Entry = Field(default=Entry.OPEN, sa_type=words(Entry))
    order_no: str = ""
    enrol_by: dt.date | None = None
    language: str = ""
    cancelled_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)


class Enrolment(SQLModel, table=True):
    """A person's place in a class."""

    __tablename__ = "enrolment"
    __table_args__ = (UniqueConstraint("class_id", "person_id"),)
    id: int | None = Field(default=None, primary_key=True)
    class_id: int = Field(foreign_key="training_class.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    state: EnrolmentState = Field(default=EnrolmentState.ENROLLED, sa_type=words(EnrolmentState))
    changed_at: dt.datetime = Field(sa_type=UtcTime)
    reason: str = ""
