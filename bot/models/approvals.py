"""Approvals: who was asked to decide about an enrolment, by when, and what was decided."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from bot.models.base import Json, UtcTime, words


class Decision(StrEnum):
    APPROVED = "approved"
    DECLINED = "declined"
    ASKED_BACK = "asked back"


class About(StrEnum):
    """What is asked for: a place in a class, or that ordered training be put off."""

    PLACE = "place"
    POSTPONEMENT = "postponement"


class Approval(SQLModel, table=True):
    """One question to one approver; the training unit where `approver_id` is None.

    `level` counts how often it has been passed on. A decision takes effect at `effective_at`,
    until then it can be undone; once `ended_at` nothing more becomes of the row. `reason` is what
    was written with the question, from the decision on what was written with that; then `letter`
    keeps the former as `asked`, beside `asked_by`, the `number` and `date` of a signed letter from
    which it was decided on behalf, and the `answer` to a question that was asked back.
    """

    __tablename__ = "approval"
    __table_args__ = (
        Index(
            "uq_approval_open",
            "enrolment_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    enrolment_id: int = Field(foreign_key="enrolment.id", index=True)
    about: About = Field(default=About.PLACE, sa_type=words(About))
    approver_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    level: int = 0
    asked_at: dt.datetime = Field(sa_type=UtcTime)
    reminded_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    passed_on_at: dt.datetime = Field(sa_type=UtcTime, index=True)
    decision: Decision | None = Field(default=None, sa_type=words(Decision))
    reason: str = ""
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    effective_at: dt.datetime | None = Field(default=None, sa_type=UtcTime, index=True)
    ended_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    ended_how: str = ""
    letter: dict[str, Any] = Field(default_factory=dict, sa_type=Json)


class Deputy(SQLModel, table=True):
    """Somebody who decides in another's stead until the end of a day."""

    __tablename__ = "deputy"
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    deputy_id: int = Field(foreign_key="person.id", index=True)
    until_on: dt.date
