"""Qualifications: curricula, what a post requires, what is assigned, what was earned and until
when.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint, false, true
from sqlmodel import Field, SQLModel

from bot.models.base import NEVER_AGAIN, Json, UtcTime, words


class ExpiryRule(StrEnum):
    """What the end of validity is counted from."""

    COMPLETION = "completion"
    PREVIOUS = "previous"
    FIXED = "fixed"


class RequirementKind(StrEnum):
    CORE = "core"
    ENHANCED = "enhanced"


class AssignedBy(StrEnum):
    """Why somebody is to earn a curriculum."""

    POSITION = "position"
    HAND = "hand"
    AUDIENCE = "audience"


class EvidenceState(StrEnum):
    SENT = "sent"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


class Curriculum(SQLModel, table=True):
    """A group of courses that makes a qualification.

    `needed` is how many items have to be completed in all, the required ones among them; None
    means the required ones, or all where none is required. `valid_months` None never expires.
    `fixed_day` is MM-DD. `renewed_by_id` is the curriculum by which it is renewed; None is itself.
    """

    __tablename__ = "curriculum"
    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    title: str
    titles: dict[str, str] = Field(default_factory=dict, sa_type=Json)
    needed: int | None = None
    valid_months: int | None = None
    expiry_rule: ExpiryRule = Field(default=ExpiryRule.COMPLETION, sa_type=words(ExpiryRule))
    fixed_day: str = ""
    min_months: int = 0
    window_days: int = 90
    grace_days: int = 0
    renewed_by_id: int | None = Field(default=None, foreign_key="curriculum.id")
    active: bool = Field(default=True, sa_column_kwargs={"server_default": true()})


class CurriculumItem(SQLModel, table=True):
    """A course of a curriculum, at its place."""

    __tablename__ = "curriculum_item"
    curriculum_id: int = Field(foreign_key="curriculum.id", primary_key=True)
    course_id: int = Field(foreign_key="course.id", primary_key=True, index=True)
    optional: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    place: int = 0


class Requirement(SQLModel, table=True):
    """What a post requires of whoever holds it, `within_days` of taking it up."""

    __tablename__ = "requirement"
    __table_args__ = (UniqueConstraint("position", "curriculum_id"), NEVER_AGAIN)
    id: int | None = Field(default=None, primary_key=True)
    position: str = Field(index=True)
    curriculum_id: int = Field(foreign_key="curriculum.id", index=True)
    kind: RequirementKind = Field(default=RequirementKind.CORE, sa_type=words(RequirementKind))
    within_days: int | None = None


class CurriculumAssignment(SQLModel, table=True):
    """That somebody is to earn a curriculum and keep it; ended when no reason is left.

    `from_on` is the day it holds from, `due_on` the last day to have earned it by.
    """

    __tablename__ = "curriculum_assignment"
    __table_args__ = (
        UniqueConstraint("person_id", "curriculum_id", "assigned_by"),
        Index("ix_curriculum_assignment_due", "ended_at", "told_stage", "due_on", "id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    curriculum_id: int = Field(foreign_key="curriculum.id", index=True)
    assigned_by: AssignedBy = Field(sa_type=words(AssignedBy))
    kind: RequirementKind = Field(default=RequirementKind.CORE, sa_type=words(RequirementKind))
    from_on: dt.date
    due_on: dt.date | None = None
    made_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    made_at: dt.datetime = Field(sa_type=UtcTime)
    reason: str = ""
    ended_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    told_stage: int | None = None


class Qualification(SQLModel, table=True):
    """A curriculum somebody has earned; its dates were fixed then and no setting alters them.

    `expires_on` is the last day of validity (None: never), `window_on` the first day on which a
    completion renews it, `grace_days` what follows the last day. `extended_until` is what a
    supervisor allowed, `away_until` the absence that freezes it. `through_id` is the curriculum
    whose items earned it. `evidence` lists [course id or title, day] of each item. The newest row
    of a person and curriculum that was not withdrawn is `current`. `told_stage` is the last
    reminder's days before the end (None: none yet).
    """

    __tablename__ = "qualification"
    __table_args__ = (
        Index("ix_qualification_holder", "person_id", "current", "curriculum_id"),
        Index("ix_qualification_due", "current", "told_stage", "grace_days", "expires_on", "id"),
        Index("ix_qualification_held", "curriculum_id", "current", "expires_on"),
    )
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    curriculum_id: int = Field(foreign_key="curriculum.id")
    through_id: int = Field(foreign_key="curriculum.id")
    earned_on: dt.date
    expires_on: dt.date | None = None
    window_on: dt.date | None = None
    grace_days: int = 0
    rule: ExpiryRule = Field(default=ExpiryRule.COMPLETION, sa_type=words(ExpiryRule))
    evidence: list[Any] = Field(default_factory=list, sa_type=Json)
    made_at: dt.datetime = Field(sa_type=UtcTime)
    current: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    extended_until: dt.date | None = None
    extended_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    extended_why: str = ""
    away_until: dt.date | None = None
    withdrawn_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    withdrawn_why: str = ""
    told_stage: int | None = None


class Evidence(SQLModel, table=True):
    """A picture of a certificate that an officer sent, for the unit to confirm or refuse."""

    __tablename__ = "evidence"
    __table_args__ = NEVER_AGAIN
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    blob_id: int | None = None
    is_photo: bool = True
    title: str = ""
    completed_on: dt.date | None = None
    sent_at: dt.datetime = Field(sa_type=UtcTime)
    state: EvidenceState = Field(
        default=EvidenceState.SENT, sa_type=words(EvidenceState), index=True
    )
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    reason: str = ""
    record_id: int | None = Field(default=None, foreign_key="training_record.id", index=True)
