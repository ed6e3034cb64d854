"""Organisation and people: units, persons, their postings, roles granted."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import false
from sqlmodel import Field, SQLModel

from bot.models.base import Json, UtcTime, words


class UnitKind(StrEnum):
    CLUSTER = "cluster"
    DIRECTORATE = "directorate"
    UNIT = "unit"


class Role(StrEnum):
    """Who someone is to the training desk; all but unit, executive and hr follow from data.

    Headquarters is the training unit without a scope: what holds for the whole administration
    is decided there.
    """

    STRANGER = "stranger"
    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    HEAD = "head"
    TRAINER = "trainer"
    FOCAL_POINT = "focal_point"
    UNIT = "unit"
    HEADQUARTERS = "headquarters"
    HR = "hr"
    EXECUTIVE = "executive"


GRANTABLE = (Role.UNIT, Role.EXECUTIVE, Role.HR)


class Unit(SQLModel, table=True):
    """A place in the organisation; `path` is cluster/directorate/name and unique."""

    __tablename__ = "unit"
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(index=True)
    kind: UnitKind = Field(default=UnitKind.UNIT, sa_type=words(UnitKind))
    path: str = Field(unique=True)
    parent_id: int | None = Field(default=None, foreign_key="unit.id", index=True)


class Person(SQLModel, table=True):
    """An officer of the roster, or a `guest`, who came by the invite of a class.

    Names are never split; `names` holds other scripts by language.
    """

    __tablename__ = "person"
    id: int | None = Field(default=None, primary_key=True)
    staff_no: str = Field(unique=True)
    full_name: str
    names: dict[str, str] = Field(default_factory=dict, sa_type=Json)
    name_latin: str = ""
    address_as: str = ""
    rank: str = ""
    unit_id: int = Field(foreign_key="unit.id", index=True)
    position: str = Field(default="", index=True)
    in_post_since: dt.date | None = None
    grade: str = ""
    supervisor_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    acting_supervisor_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    acting_until: dt.date | None = None
    away_until: dt.date | None = None
    gender: str = ""
    phone: str = Field(default="", index=True)
    language: str = ""
    timezone: str = Field(default="", index=True)
    hired_on: dt.date | None = None
    retires_on: dt.date | None = None
    active: bool = True
    guest: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    search: str = ""


class Posting(SQLModel, table=True):
    """Where a person served, as what, under whom; `until_on` is the first day no longer there."""

    __tablename__ = "posting"
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    unit_id: int = Field(foreign_key="unit.id")
    position: str = ""
    supervisor_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    from_on: dt.date
    until_on: dt.date | None = None


class FocalPoint(SQLModel, table=True):
    """A person who nominates, chases and keys in for an office."""

    __tablename__ = "focal_point"
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", primary_key=True)


class Grant(SQLModel, table=True):
    """A role given by hand, over everything or over one part of the organisation."""

    __tablename__ = "role_grant"
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    role: Role = Field(sa_type=words(Role))
    scope_unit_id: int | None = Field(default=None, foreign_key="unit.id")
    granted_at: dt.datetime = Field(sa_type=UtcTime)


class QuestionState(StrEnum):
    OPEN = "open"
    CLAIMED = "claimed"
    ANSWERED = "answered"
    CLOSED = "closed"


class Question(SQLModel, table=True):
    """A question somebody asked the training unit."""

    __tablename__ = "question"
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    text: str
    asked_at: dt.datetime = Field(sa_type=UtcTime)
    state: QuestionState = Field(
        default=QuestionState.OPEN, index=True, sa_type=words(QuestionState)
    )
    claimed_by: int | None = Field(default=None, foreign_key="person.id")
    answer: str = ""
    answered_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
