"""Forms and what was answered: versions, drafts, named and anonymous responses."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, Index, UniqueConstraint, text, true
from sqlmodel import Field, SQLModel

from bot.models.base import Json, UtcTime


class FormVersion(SQLModel, table=True):
    """One frozen version of a form; texts may be corrected in it, structure not."""

    __tablename__ = "form_version"
    __table_args__ = (UniqueConstraint("form", "version"),)
    id: int | None = Field(default=None, primary_key=True)
    form: str = Field(index=True)
    version: int
    structure: str
    digest: str
    definition: dict[str, Any] = Field(sa_type=Json)
    from_library: bool = False
    made_at: dt.datetime = Field(sa_type=UtcTime)


class Draft(SQLModel, table=True):
    """Answers under way; belongs to the account that is answering.

    At `ends_at` they are handed in as they stand.
    """

    __tablename__ = "draft"
    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(sa_type=BigInteger, index=True)
    version_id: int = Field(foreign_key="form_version.id")
    assignment_id: int | None = Field(default=None, foreign_key="assignment.id", index=True)
    purpose: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    state: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    begun_at: dt.datetime = Field(sa_type=UtcTime)
    touched_at: dt.datetime = Field(sa_type=UtcTime)
    ends_at: dt.datetime | None = Field(default=None, sa_type=UtcTime, index=True)


class Response(SQLModel, table=True):
    """A submitted form of a named person; `keyed_in_by` says who typed it for them.

    `broadcast_id` is the message to many that asked for it.
    """

    __tablename__ = "response"
    id: int | None = Field(default=None, primary_key=True)
    version_id: int = Field(foreign_key="form_version.id")
    assignment_id: int | None = Field(default=None, foreign_key="assignment.id", unique=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    class_id: int | None = Field(default=None, foreign_key="training_class.id", index=True)
    about_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    broadcast_id: int | None = Field(default=None, index=True)
    keyed_in_by: int | None = Field(default=None, foreign_key="person.id")
    answers: dict[str, Any] = Field(sa_type=Json)
    submitted_at: dt.datetime = Field(sa_type=UtcTime)


class AnonymousResponse(SQLModel, table=True):
    """A submitted form nobody can be named for: no person, time, language or sequence.

    `as_it_came` until it has been rewritten in random order together with its class.
    """

    __tablename__ = "anonymous_response"
    __table_args__ = (
        Index(
            "ix_anonymous_response_as_it_came",
            "class_id",
            sqlite_where=text("as_it_came = 1"),
            postgresql_where=text("as_it_came"),
        ),
    )
    key: str = Field(primary_key=True)
    version_id: int = Field(foreign_key="form_version.id")
    class_id: int = Field(foreign_key="training_class.id", index=True)
    stage: str = ""
    gender: str = ""
    answers: dict[str, Any] = Field(sa_type=Json)
    as_it_came: bool = Field(default=True, sa_column_kwargs={"server_default": true()})


class ShuffleDue(SQLModel, table=True):
    """That something was deleted, or a wipe failed, so that the files have to be wiped again."""

    __tablename__ = "shuffle_due"
    id: int = Field(default=1, primary_key=True)
    waiting: bool = False
