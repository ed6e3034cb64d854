"""What was learned: attendance, marks, completions, certificates, and what counts as the same."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.models.base import UtcTime, words


class Presence(StrEnum):
    PRESENT = "present"
    LATE = "late"
    EXCUSED = "excused"
    ABSENT = "absent"


class Attendance(SQLModel, table=True):
    """Whether somebody was there on one day of a class; who wrote it down last, and when."""

    __tablename__ = "attendance"
    enrolment_id: int = Field(foreign_key="enrolment.id", primary_key=True)
    day: dt.date = Field(primary_key=True)
    presence: Presence = Field(sa_type=words(Presence))
    noted_by: int | None = Field(default=None, foreign_key="person.id")
    noted_at: dt.datetime = Field(sa_type=UtcTime)


class Mark(SQLModel, table=True):
    """The result of one practical, oral or paper test, in percent."""

    __tablename__ = "mark"
    enrolment_id: int = Field(foreign_key="enrolment.id", primary_key=True)
    test: str = Field(primary_key=True)
    percent: float
    noted_by: int | None = Field(default=None, foreign_key="person.id")
    noted_at: dt.datetime = Field(sa_type=UtcTime)


class TrainingRecord(SQLModel, table=True):
    """A completed training: of a class here (`enrolment_id`), or brought in from elsewhere,
    then with the `title` it was given under if no course of the catalogue is meant.
    """

    __tablename__ = "training_record"
    __table_args__ = (UniqueConstraint("person_id", "course_id", "title", "completed_on"),)
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    course_id: int | None = Field(default=None, foreign_key="course.id", index=True)
    title: str = ""
    completed_on: dt.date
    kind: str = ""
    hours: float | None = None
    source: str = ""
    sponsor: str = ""
    enrolment_id: int | None = Field(default=None, foreign_key="enrolment.id", unique=True)


class Equivalence(SQLModel, table=True):
    """Another course, or a title given elsewhere, that counts as a course."""

    __tablename__ = "equivalence"
    __table_args__ = (UniqueConstraint("course_id", "title"),)
    id: int | None = Field(default=None, primary_key=True)
    course_id: int = Field(foreign_key="course.id", index=True)
    title: str
    other_course_id: int | None = Field(default=None, foreign_key="course.id")


class Program(SQLModel, table=True):
    """Courses that belong together."""

    __tablename__ = "program"
    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    title: str


class ProgramCourse(SQLModel, table=True):
    """A course of a program, at its place."""

    __tablename__ = "program_course"
    program_id: int = Field(foreign_key="program.id", primary_key=True)
    course_id: int = Field(foreign_key="course.id", primary_key=True)
    place: int = 0


class Certificate(SQLModel, table=True):
    """A certificate that was issued; `code` is what a stranger types to have it confirmed."""

    __tablename__ = "certificate"
    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    code: str = Field(unique=True)
    enrolment_id: int = Field(foreign_key="enrolment.id", index=True)
    issued_on: dt.date
    issued_by: int | None = Field(default=None, foreign_key="person.id")
    revoked_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    revoked_why: str = ""
    replaces_id: int | None = Field(default=None, foreign_key="certificate.id")
