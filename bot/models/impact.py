"""What training brought about and what it cost: indicators, costs, assumptions, lotteries."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint, false, true
from sqlmodel import Field, SQLModel

from bot.models.base import NEVER_AGAIN, Json, UtcTime, words


class Better(StrEnum):
    """In which direction an indicator improves."""

    MORE = "more"
    LESS = "less"


class Indicator(SQLModel, table=True):
    """What a course is to change, in figures; `worth` is the money that one unit of it is worth,
    None where it is not counted in money.
    """

    __tablename__ = "indicator"
    __table_args__ = (UniqueConstraint("course_id", "code"), NEVER_AGAIN)
    id: int | None = Field(default=None, primary_key=True)
    course_id: int = Field(foreign_key="course.id", index=True)
    code: str
    title: str
    titles: dict[str, str] = Field(default_factory=dict, sa_type=Json)
    measure: str = ""
    better: Better = Field(default=Better.MORE, sa_type=words(Better))
    worth: float | None = None
    active: bool = Field(default=True, sa_column_kwargs={"server_default": true()})


class IndicatorValue(SQLModel, table=True):
    """The value of an indicator in one month: of an office, of a person, or of the whole
    administration where neither is named.
    """

    __tablename__ = "indicator_value"
    __table_args__ = (Index("ix_indicator_value_month", "indicator_id", "month"),)
    id: int | None = Field(default=None, primary_key=True)
    indicator_id: int = Field(foreign_key="indicator.id")
    month: dt.date
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    figure: float
    noted_by: int | None = Field(default=None, foreign_key="person.id")
    noted_at: dt.datetime = Field(sa_type=UtcTime)


class CostKind(StrEnum):
    TRAINERS = "trainers"
    PARTICIPANTS = "working time of participants"
    TRAVEL = "travel and board"
    PLACE = "place and equipment"
    MATERIALS = "materials"
    PREPARATION = "preparation"
    EVALUATION = "evaluation"
    OTHER = "other"


class TrainingCost(SQLModel, table=True):
    """What a class cost, by kind, in the money of the administration."""

    __tablename__ = "training_cost"
    class_id: int = Field(foreign_key="training_class.id", primary_key=True)
    kind: CostKind = Field(sa_type=words(CostKind), primary_key=True)
    amount: float
    noted_by: int | None = Field(default=None, foreign_key="person.id")
    noted_at: dt.datetime = Field(sa_type=UtcTime)


class RoiAssumption(SQLModel, table=True):
    """On what the return on a class is reckoned (Phillips).

    `months` before and after are compared; `due_to_training` is the share of the change, in
    percent, that is put down to it, `confidence` how sure of that share people are, in percent.
    """

    __tablename__ = "roi_assumption"
    class_id: int = Field(foreign_key="training_class.id", primary_key=True)
    months: int = 6
    due_to_training: int = 50
    confidence: int = 80
    remark: str = ""


class Lottery(SQLModel, table=True):
    """A draw among those waiting for a class, so that who came in and who did not can be compared
    (F §3.4.2); the order follows from `seed`.
    """

    __tablename__ = "lottery"
    id: int | None = Field(default=None, primary_key=True)
    class_id: int = Field(foreign_key="training_class.id", unique=True)
    drawn_at: dt.datetime = Field(sa_type=UtcTime)
    drawn_by: int | None = Field(default=None, foreign_key="person.id")
    seed: str
    seats: int


class LotteryEntry(SQLModel, table=True):
    """One who took part in a draw, at which place of it, and whether that won a seat then."""

    __tablename__ = "lottery_entry"
    lottery_id: int = Field(foreign_key="lottery.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)
    place: int
    won: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
