"""Learning on the job: check sheets and their rounds, task books, what is passed on."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import UniqueConstraint, false, true
from sqlmodel import Field, SQLModel

from bot.models.base import NEVER_AGAIN, Json, UtcTime, words


class CareerStage(StrEnum):
    """The four for which check sheets differ (C ch.8 case 7)."""

    NEWLY_HIRED = "newly hired"
    NEWLY_ASSIGNED = "newly assigned"
    AFTER_SECOND_YEAR = "after the second year"
    SECTION_CHIEF = "section chief"


class OwnStage(SQLModel, table=True):
    """The career stage that a supervisor or the training unit set for somebody, in place of what
    follows from the roster.
    """

    __tablename__ = "own_stage"
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    career_stage: CareerStage = Field(sa_type=words(CareerStage))
    set_by: int | None = Field(default=None, foreign_key="person.id")
    set_at: dt.datetime = Field(sa_type=UtcTime)


class CheckSheet(SQLModel, table=True):
    """A form of items rated from 1 to 7, for one part of the organisation and career stage."""

    __tablename__ = "check_sheet"
    __table_args__ = NEVER_AGAIN
    id: int | None = Field(default=None, primary_key=True)
    form: str = Field(index=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    career_stage: CareerStage = Field(sa_type=words(CareerStage))
    active: bool = Field(default=True, sa_column_kwargs={"server_default": true()})


class CheckRound(SQLModel, table=True):
    """One self-assessment of a sheet, three to five a year; the last of a year is `final`: the
    supervisor evaluates, too.
    """

    __tablename__ = "check_round"
    __table_args__ = (UniqueConstraint("sheet_id", "opens_on"), NEVER_AGAIN)
    id: int | None = Field(default=None, primary_key=True)
    sheet_id: int = Field(foreign_key="check_sheet.id", index=True)
    opens_on: dt.date = Field(index=True)
    closes_on: dt.date
    final: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class Signer(StrEnum):
    """Who may sign an item of a task book."""

    SUPERVISOR = "supervisor"
    SUPERIOR = "supervisor or their supervisor"
    TRAINER = "trainer"
    UNIT = "training unit"


class TaskBook(SQLModel, table=True):
    """Measurable tasks to be completed on the job, each signed (C ch.7 case 5).

    Whoever takes up one of the posts in `positions` is given it.
    """

    __tablename__ = "task_book"
    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    title: str
    titles: dict[str, str] = Field(default_factory=dict, sa_type=Json)
    positions: list[str] = Field(
        default_factory=list, sa_type=Json, sa_column_kwargs={"server_default": "[]"}
    )
    active: bool = Field(default=True, sa_column_kwargs={"server_default": true()})


class TaskItem(SQLModel, table=True):
    """One task; `within_hours` counts from joining the post. One taken out has no `place`."""

    __tablename__ = "task_item"
    __table_args__ = NEVER_AGAIN
    id: int | None = Field(default=None, primary_key=True)
    book_id: int = Field(foreign_key="task_book.id", index=True)
    place: int | None = None
    section: str = ""
    sections: dict[str, str] = Field(default_factory=dict, sa_type=Json)
    task: str
    tasks: dict[str, str] = Field(default_factory=dict, sa_type=Json)
    signer: Signer = Field(default=Signer.SUPERVISOR, sa_type=words(Signer))
    within_hours: int | None = None
    needs_evidence: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class BookState(StrEnum):
    OPEN = "open"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    ENDED = "ended"


class TaskBookIssue(SQLModel, table=True):
    """A task book in the hands of an officer; `joined_at` is when they took up the post."""

    __tablename__ = "task_book_issue"
    __table_args__ = (UniqueConstraint("book_id", "person_id", "joined_at"), NEVER_AGAIN)
    id: int | None = Field(default=None, primary_key=True)
    book_id: int = Field(foreign_key="task_book.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    joined_at: dt.datetime = Field(sa_type=UtcTime)
    issued_by: int | None = Field(default=None, foreign_key="person.id")
    issued_at: dt.datetime = Field(sa_type=UtcTime)
    state: BookState = Field(default=BookState.OPEN, sa_type=words(BookState), index=True)
    submitted_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    reviewed_by: int | None = Field(default=None, foreign_key="person.id")
    reviewed_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    review: str = ""


class TaskState(StrEnum):
    ASKED = "asked"
    SIGNED = "signed"
    REFUSED = "refused"


class TaskSignature(SQLModel, table=True):
    """That an officer says a task is done, with what evidence, and who signed or refused it."""

    __tablename__ = "task_signature"
    __table_args__ = (UniqueConstraint("issue_id", "item_id"), NEVER_AGAIN)
    id: int | None = Field(default=None, primary_key=True)
    issue_id: int = Field(foreign_key="task_book_issue.id", index=True)
    item_id: int = Field(foreign_key="task_item.id", index=True)
    state: TaskState = Field(default=TaskState.ASKED, sa_type=words(TaskState), index=True)
    asked_at: dt.datetime = Field(sa_type=UtcTime)
    note: str = ""
    blob_id: int | None = None
    is_photo: bool = True
    decided_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    decided_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    words: str = ""


class CascadeDuty(SQLModel, table=True):
    """That somebody is to pass on to colleagues what they learned, by when, and that they did
    (C ch.8 case 2): held as the officer says, confirmed by the supervisor.
    """

    __tablename__ = "cascade_duty"
    id: int | None = Field(default=None, primary_key=True)
    enrolment_id: int = Field(foreign_key="enrolment.id", unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    due_on: dt.date = Field(index=True)
    held_on: dt.date | None = None
    attended: int | None = None
    report: str = ""
    reported_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    confirmed_by: int | None = Field(default=None, foreign_key="person.id")
    confirmed_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    doubt: str = ""
