"""Assignments: who owes which form about what, by when."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint, false, text
from sqlmodel import Field, SQLModel

from bot.models.base import NEVER_AGAIN, Json, UtcTime, words


class AssignmentState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    DECLINED = "declined"
    CLOSED = "closed"
    RECALLED = "recalled"


class Assignment(SQLModel, table=True):
    """One person owes one form; unique by person, stage, subject and occasion.

    `subject` is "class:12", "class:12:person:7", "course:3" or "round:5"; `occasion` the date it
    is about.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("person_id", "stage", "subject", "occasion"),
        Index("ix_assignment_about", "about_id", "stage"),
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


class EvaluationSetting(SQLModel, table=True):
    """What the unit set for one rule of the evaluation and one type of course.

    `category` is that of the courses, folded; "" stands for every type. What is None stays as
    the rule has it.
    """

    __tablename__ = "evaluation_setting"
    category: str = Field(primary_key=True)
    rule: str = Field(primary_key=True)
    switched_on: bool | None = None
    months: int | None = None
    days: int | None = None
    open_days: int | None = None


class EvaluationStep(SQLModel, table=True):
    """That a rule has asked about a class; `occasion` is the date of the class it counted from."""

    __tablename__ = "evaluation_step"
    class_id: int = Field(foreign_key="training_class.id", primary_key=True)
    rule: str = Field(primary_key=True)
    occasion: dt.date


class CourseForm(SQLModel, table=True):
    """The form a course uses at one stage instead of the usual one, or where there is none.

    For tests: how often it may be tried, the pass mark in percent (None: that of the course), and
    whether a code shown in the room opens it.
    """

    __tablename__ = "course_form"
    course_id: int = Field(foreign_key="course.id", primary_key=True)
    stage: str = Field(primary_key=True)
    form: str
    attempts: int = 1
    pass_mark: int | None = None
    needs_code: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class CriticalBehaviour(SQLModel, table=True):
    """What people are to do on the job after a course, named before it is held (F §3.4.2).

    One that was replaced stays, without a `place`, for what was asked about it.
    """

    __tablename__ = "critical_behaviour"
    __table_args__ = NEVER_AGAIN
    id: int | None = Field(default=None, primary_key=True)
    course_id: int = Field(foreign_key="course.id", index=True)
    place: int | None = None
    behaviour: str
    behaviours: dict[str, str] = Field(default_factory=dict, sa_type=Json)


class FollowUpReply(SQLModel, table=True):
    """What an officer answered to what was reported about them; `read_at` is when they saw it."""

    __tablename__ = "follow_up_reply"
    response_id: int = Field(foreign_key="response.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    read_at: dt.datetime = Field(sa_type=UtcTime)
    reply: str = ""
    replied_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)


class CommentReview(SQLModel, table=True):
    """Whether the unit lets the trainer read one comment; without a row nobody has looked yet.

    `response` is the key of an anonymous response, or the number of a named one.
    """

    __tablename__ = "comment_review"
    class_id: int = Field(foreign_key="training_class.id", primary_key=True)
    response: str = Field(primary_key=True)
    question: str = Field(primary_key=True)
    shown: bool
