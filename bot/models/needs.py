"""Needs: what posts require, what people are rated at, what they say they need, and what the
training unit makes of it.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint, false, true
from sqlmodel import Field, SQLModel

from bot.models.base import NEVER_AGAIN, Json, UtcTime, words
from bot.models.qualifications import RequirementKind


class CompetencyKind(StrEnum):
    BEHAVIOURAL = "behavioural"
    FUNCTIONAL = "functional"


class Competency(SQLModel, table=True):
    """What somebody can do; `names` holds other languages, `field` groups functional ones."""

    __tablename__ = "competency"
    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    name: str
    names: dict[str, str] = Field(default_factory=dict, sa_type=Json)
    kind: CompetencyKind = Field(default=CompetencyKind.FUNCTIONAL, sa_type=words(CompetencyKind))
    field: str = ""
    active: bool = Field(default=True, sa_column_kwargs={"server_default": true()})


class CompetencyLevel(SQLModel, table=True):
    """One level of a competency, from 1, with the behaviour that shows it."""

    __tablename__ = "competency_level"
    __table_args__ = (UniqueConstraint("competency_id", "level"),)
    id: int | None = Field(default=None, primary_key=True)
    competency_id: int = Field(foreign_key="competency.id")
    level: int
    behaviour: str = ""
    behaviours: dict[str, str] = Field(default_factory=dict, sa_type=Json)


class PositionLevel(SQLModel, table=True):
    """The level that a position requires; `importance` is 1 to 5."""

    __tablename__ = "position_level"
    __table_args__ = (UniqueConstraint("position", "competency_id"), NEVER_AGAIN)
    id: int | None = Field(default=None, primary_key=True)
    position: str
    competency_id: int = Field(foreign_key="competency.id", index=True)
    level: int
    importance: int = 3


class FrameworkCourse(SQLModel, table=True):
    """A course of the training framework of a position, core or enhanced, at its place."""

    __tablename__ = "framework_course"
    __table_args__ = (UniqueConstraint("position", "course_id"), NEVER_AGAIN)
    id: int | None = Field(default=None, primary_key=True)
    position: str
    course_id: int = Field(foreign_key="course.id", index=True)
    kind: RequirementKind = Field(default=RequirementKind.CORE, sa_type=words(RequirementKind))
    place: int = 0


class RoundState(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class NeedsRound(SQLModel, table=True):
    """The yearly survey of needs for the plan year that begins on `plan_year`; `weights` are those
    of the priority where they are not `needs.priority`'s own, `sums` those of all ratings by
    competency at `sums_at`, where they are too many to be added up while somebody waits.
    """

    __tablename__ = "needs_round"
    id: int | None = Field(default=None, primary_key=True)
    plan_year: dt.date = Field(unique=True)
    opens_on: dt.date = Field(index=True)
    closes_on: dt.date
    state: RoundState = Field(default=RoundState.PLANNED, sa_type=words(RoundState))
    weights: dict[str, float] = Field(default_factory=dict, sa_type=Json)
    sums: dict[str, list[int]] = Field(
        default_factory=dict, sa_type=Json, sa_column_kwargs={"server_default": "{}"}
    )
    sums_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    made_by: int | None = Field(default=None, foreign_key="person.id")
    opened_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    closed_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)


class RatedBy(StrEnum):
    SELF = "self"
    SUPERVISOR = "supervisor"


class CompetencyRating(SQLModel, table=True):
    """At which level of a competency somebody works, as they or their supervisor see it in a
    round; level 0 says that it could not be judged.
    """

    __tablename__ = "competency_rating"
    round_id: int = Field(foreign_key="needs_round.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)
    competency_id: int = Field(foreign_key="competency.id", primary_key=True)
    source: RatedBy = Field(sa_type=words(RatedBy), primary_key=True)
    level: int
    rated_by: int | None = Field(default=None, foreign_key="person.id")
    rated_at: dt.datetime = Field(sa_type=UtcTime)


class Topic(SQLModel, table=True):
    """What free wishes are put to by the unit; `names` holds other languages."""

    __tablename__ = "need_topic"
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    names: dict[str, str] = Field(default_factory=dict, sa_type=Json)
    competency_id: int | None = Field(default=None, foreign_key="competency.id")
    course_id: int | None = Field(default=None, foreign_key="course.id")
    active: bool = Field(default=True, sa_column_kwargs={"server_default": true()})


class Channel(StrEnum):
    """By which way a need came (C ch.2 cases 1 to 5)."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    HEAD = "head"
    TRAINER = "trainer"
    MEETING = "meeting"
    RELAYED = "relayed"


class Need(SQLModel, table=True):
    """One thing that somebody says is needed; without a round it waits for the next one.

    `person_id` is whose need it is, None where it is that of the office `unit_id`, of so many
    `people`; `management` says that no training would help.
    """

    __tablename__ = "need"
    __table_args__ = (Index("ix_need_round_topic", "round_id", "topic_id"), NEVER_AGAIN)
    id: int | None = Field(default=None, primary_key=True)
    round_id: int | None = Field(default=None, foreign_key="needs_round.id")
    channel: Channel = Field(sa_type=words(Channel))
    told_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    told_at: dt.datetime = Field(sa_type=UtcTime)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    people: int = 1
    competency_id: int | None = Field(default=None, foreign_key="competency.id")
    topic_id: int | None = Field(default=None, foreign_key="need_topic.id")
    words: str = ""
    importance: int | None = None
    management: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    meeting_id: int | None = Field(default=None, foreign_key="cluster_meeting.id", index=True)
    assignment_id: int | None = Field(default=None, foreign_key="assignment.id", index=True)
    sorted_by: int | None = Field(default=None, foreign_key="person.id")
    sorted_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)


class ClusterMeeting(SQLModel, table=True):
    """A meeting with the heads of a cluster, as the unit recorded it; its topics are needs."""

    __tablename__ = "cluster_meeting"
    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="needs_round.id", index=True)
    unit_id: int = Field(foreign_key="unit.id")
    held_on: dt.date
    agreed_by: str = ""
    remark: str = ""
    noted_by: int | None = Field(default=None, foreign_key="person.id")
    noted_at: dt.datetime = Field(sa_type=UtcTime)


class PerformanceKind(StrEnum):
    APPRAISAL = "appraisal"
    ERRORS = "errors"


class PerformanceFigure(SQLModel, table=True):
    """Evidence beside wishes: poor appraisals, or errors counted, of a person or an office."""

    __tablename__ = "performance_figure"
    __table_args__ = (Index("ix_performance_figure_round", "round_id", "competency_id"),)
    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="needs_round.id")
    kind: PerformanceKind = Field(sa_type=words(PerformanceKind))
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    competency_id: int = Field(foreign_key="competency.id")
    count: int = 1
    remark: str = ""
    noted_by: int | None = Field(default=None, foreign_key="person.id")
    noted_at: dt.datetime = Field(sa_type=UtcTime)


class Way(StrEnum):
    """How a topic is met."""

    IN_HOUSE = "in-house"
    PARTNER = "partner"
    DONOR = "donor"
    MANAGEMENT = "management"
    LATER = "later"


class TopicDecision(SQLModel, table=True):
    """How a topic of a round is met: by whom in-house, or from which partner or donor."""

    __tablename__ = "topic_decision"
    round_id: int = Field(foreign_key="needs_round.id", primary_key=True)
    topic_id: int = Field(foreign_key="need_topic.id", primary_key=True)
    way: Way = Field(sa_type=words(Way))
    trainer_id: int | None = Field(default=None, foreign_key="trainer.id")
    partner: str = ""
    reason: str = ""
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: dt.datetime = Field(sa_type=UtcTime)


class JobAnalysis(SQLModel, table=True):
    """The analysis of one position, step by step (F annex 3); `steps` holds what was done of
    each step: state, remark, by whom, when.
    """

    __tablename__ = "job_analysis"
    id: int | None = Field(default=None, primary_key=True)
    position: str = Field(index=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    begun_on: dt.date
    begun_by: int | None = Field(default=None, foreign_key="person.id")
    finished_on: dt.date | None = None
    steps: dict[str, Any] = Field(default_factory=dict, sa_type=Json)


class JobTask(SQLModel, table=True):
    """A task of a job; priority is importance plus frequency, each 1 to 5 (F annex 3).

    `chosen` None is undecided; `why` names the reason to train it, or not to.
    """

    __tablename__ = "job_task"
    __table_args__ = (NEVER_AGAIN,)
    id: int | None = Field(default=None, primary_key=True)
    analysis_id: int = Field(foreign_key="job_analysis.id", index=True)
    area: str = ""
    task: str
    subtask: str = ""
    importance: int | None = None
    frequency: int | None = None
    knowledge: str = ""
    skills: str = ""
    chosen: bool | None = None
    why: str = ""


class JobInterview(SQLModel, table=True):
    """What somebody who does the job answered, by the names of the questions of the form."""

    __tablename__ = "job_interview"
    id: int | None = Field(default=None, primary_key=True)
    analysis_id: int = Field(foreign_key="job_analysis.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    held_on: dt.date
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    noted_by: int | None = Field(default=None, foreign_key="person.id")


class SurveyState(StrEnum):
    OPEN = "open"
    RELAYED = "relayed"
    ANSWERED = "answered"


class DonorSurvey(SQLModel, table=True):
    """A donor asks what is needed, by a day; answered from stored needs, or relayed to offices."""

    __tablename__ = "donor_survey"
    id: int | None = Field(default=None, primary_key=True)
    donor: str
    title: str
    due_on: dt.date = Field(index=True)
    state: SurveyState = Field(default=SurveyState.OPEN, sa_type=words(SurveyState))
    asked: str = ""
    answer: str = ""
    blob_id: int | None = Field(default=None, foreign_key="blob.id")
    noted_by: int | None = Field(default=None, foreign_key="person.id")
    noted_at: dt.datetime = Field(sa_type=UtcTime)
    answered_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    told_days: int | None = None
