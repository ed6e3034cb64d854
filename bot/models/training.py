"""Courses, classes, trainers, enrolments."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint, false, true
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
    """What can be learned; `titles` holds other languages.

    `prerequisites` is a rule of `training.prerequisites`, or words that nobody checks;
    `least_attendance` and `pass_mark` are percentages.
    """

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
    needs_approval: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    has_charter: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    has_certificate: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    reaction_required: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    least_attendance: int = Field(default=80, sa_column_kwargs={"server_default": "80"})
    pass_mark: int | None = None


class Trainer(SQLModel, table=True):
    """A member of the trainer pool, of the roster or from outside."""

    __tablename__ = "trainer"
    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    name: str = ""


class TrainingClass(SQLModel, table=True):
    """A course held once; without dates it gathers interest.

    `offer` says of a foreign offer: donor, country, language_level, paid_by. `from_class_id` is
    the class it was copied from. Once `closed_at` its list stands, and certificates are issued.
    """

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
    least_trainees: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    cohort: str = Field(default="", sa_column_kwargs={"server_default": ""})
    bring: str = Field(default="", sa_column_kwargs={"server_default": ""})
    offer: dict[str, Any] = Field(
        default_factory=dict, sa_type=Json, sa_column_kwargs={"server_default": "{}"}
    )
    from_class_id: int | None = None
    closed_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)


class Enrolment(SQLModel, table=True):
    """A person's place in a class, from first interest to completion.

    `required` training is seated first; `approved_at` is when the right to a seat began, and
    stays with the row while it waits; `lot` is the place a draw gave it, from 1, which goes before
    that time, and 0 for who had a place before the draw. `rank` and `reserve` are those of a
    nomination, under the quota `quota_id`.
    """

    __tablename__ = "enrolment"
    __table_args__ = (
        UniqueConstraint("class_id", "person_id"),
        Index("ix_enrolment_seats", "class_id", "state", "required", "approved_at", "id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    class_id: int = Field(foreign_key="training_class.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    state: EnrolmentState = Field(default=EnrolmentState.ENROLLED, sa_type=words(EnrolmentState))
    changed_at: dt.datetime = Field(sa_type=UtcTime)
    reason: str = ""
    required: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    approved_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    charter_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    quota_id: int | None = Field(default=None, index=True)
    rank: int | None = None
    reserve: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    completed_on: dt.date | None = None
    lot: int | None = None


class EnrolmentChange(SQLModel, table=True):
    """One step of an enrolment: who, when, by which act and rule, and why.

    Without `actor_id` it was a rule that acted. `told` says that the person is told of it.
    """

    __tablename__ = "enrolment_change"
    id: int | None = Field(default=None, primary_key=True)
    enrolment_id: int = Field(foreign_key="enrolment.id", index=True)
    at: dt.datetime = Field(sa_type=UtcTime)
    actor_id: int | None = Field(default=None, foreign_key="person.id")
    act: str
    old: str = ""
    new: str
    rule: str = ""
    reason: str = ""
    details: dict[str, Any] = Field(default_factory=dict, sa_type=Json)


class ClassInvite(SQLModel, table=True):
    """A link by which guests join one class: brokers, other ministries, foreign Customs."""

    __tablename__ = "class_invite"
    token: str = Field(primary_key=True)
    class_id: int = Field(foreign_key="training_class.id", index=True)
    made_by: int | None = Field(default=None, foreign_key="person.id")
    made_at: dt.datetime = Field(sa_type=UtcTime)
    expires_at: dt.datetime = Field(sa_type=UtcTime)
