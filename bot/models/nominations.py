"""Nomination rounds: how many seats of a class each part of the organisation may fill."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.models.base import UtcTime


class NominationRound(SQLModel, table=True):
    """The call for names for one class; settled once the unit has accepted or replaced them."""

    __tablename__ = "nomination_round"
    id: int | None = Field(default=None, primary_key=True)
    class_id: int = Field(foreign_key="training_class.id", unique=True)
    deadline: dt.date
    order_no: str = ""
    opened_at: dt.datetime = Field(sa_type=UtcTime)
    settled_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)


class NominationQuota(SQLModel, table=True):
    """The seats of one directorate or office in a round; `sent_at` once its list is handed in,
    `returned` seats go back to the unit. `deviation` says why the unit decided otherwise.
    """

    __tablename__ = "nomination_quota"
    __table_args__ = (UniqueConstraint("round_id", "unit_id"),)
    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="nomination_round.id", index=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    seats: int
    returned: int = 0
    sent_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    sent_by: int | None = Field(default=None, foreign_key="person.id")
    deviation: str = ""
