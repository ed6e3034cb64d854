"""The annual training plan: goals, lines, costs, versions, comments; course outlines."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import UniqueConstraint, false, true
from sqlmodel import Field, SQLModel

from bot.models.base import NEVER_AGAIN, Json, UtcTime, words


class Goal(SQLModel, table=True):
    """What the administration wants to reach in a plan year, with a target that can be measured
    (C ch.1); `weight` is 1 to 5.
    """

    __tablename__ = "goal"
    __table_args__ = (UniqueConstraint("plan_year", "code"), NEVER_AGAIN)
    id: int | None = Field(default=None, primary_key=True)
    plan_year: dt.date = Field(index=True)
    code: str
    title: str
    titles: dict[str, str] = Field(default_factory=dict, sa_type=Json)
    weight: int = 3
    measure: str = ""
    before: float | None = None
    target: float | None = None
    reached: float | None = None


class GoalTopic(SQLModel, table=True):
    """That a topic of needs serves a goal."""

    __tablename__ = "goal_topic"
    goal_id: int = Field(foreign_key="goal.id", primary_key=True)
    topic_id: int = Field(foreign_key="need_topic.id", primary_key=True, index=True)


class PlanState(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in review"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    PUBLISHED = "published"


class AnnualPlan(SQLModel, table=True):
    """The plan of the year that begins on `plan_year`; `version` counts what was submitted.

    `budget` is what training may cost, `whole_budget` that of the administration. A letter is the
    approval on paper.
    """

    __tablename__ = "annual_plan"
    id: int | None = Field(default=None, primary_key=True)
    plan_year: dt.date = Field(unique=True)
    state: PlanState = Field(default=PlanState.DRAFT, sa_type=words(PlanState))
    version: int = 0
    money: str = ""
    budget: float | None = None
    whole_budget: float | None = None
    prepared_by: int | None = Field(default=None, foreign_key="person.id")
    made_at: dt.datetime = Field(sa_type=UtcTime)
    changed_at: dt.datetime = Field(sa_type=UtcTime)
    submitted_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    letter_no: str = ""
    letter_on: dt.date | None = None
    letter_blob_id: int | None = Field(default=None, foreign_key="blob.id")
    published_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)


class PlanVersion(SQLModel, table=True):
    """The plan as it stood when it was submitted, approved or published; `lines` by their code."""

    __tablename__ = "plan_version"
    plan_id: int = Field(foreign_key="annual_plan.id", primary_key=True)
    number: int = Field(primary_key=True)
    made_at: dt.datetime = Field(sa_type=UtcTime)
    made_by: int | None = Field(default=None, foreign_key="person.id")
    lines: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)


class Category(StrEnum):
    """What kind of training a line is (C ch.3 case 5)."""

    BASIC = "basic"
    TECHNICAL = "technical"
    ELECTIVE = "elective"
    DIGITAL = "digital"
    INTERNATIONAL = "international"
    ELEARNING = "e-learning"
    PUBLIC = "public"


class Change(StrEnum):
    """Against the plan of the year before (C ch.3 case 5, 4.2)."""

    SAME = "same"
    NEW = "new"
    EXPANDED = "expanded"
    REDUCED = "reduced"
    RETITLED = "retitled"
    DISCONTINUED = "discontinued"


class PlanLine(SQLModel, table=True):
    """One line of the plan: a course, or a title that is to become one.

    `code` stands in the workbook and is the plan's own. `section` is the part of the category
    (C ch.3 case 5, 4.1). `months` are those of the cohorts, numbers of calendar months; `details`
    what F annex 2 wants besides. `trainees` of a cohort; None is all officials.
    """

    __tablename__ = "plan_line"
    __table_args__ = (UniqueConstraint("plan_id", "code"), NEVER_AGAIN)
    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True)
    code: str
    number: int = 0
    goal_id: int | None = Field(default=None, foreign_key="goal.id", index=True)
    topic_id: int | None = Field(default=None, foreign_key="need_topic.id")
    course_id: int | None = Field(default=None, foreign_key="course.id", index=True)
    title: str = ""
    category: Category = Field(default=Category.TECHNICAL, sa_type=words(Category))
    section: str = ""
    change: Change = Field(default=Change.SAME, sa_type=words(Change))
    target: str = ""
    cohorts: int = 1
    trainees: int | None = None
    mode: str = ""
    place: str = ""
    facility_id: int | None = Field(default=None, foreign_key="facility.id")
    months: list[int] = Field(default_factory=list, sa_type=Json)
    days: float | None = None
    hours: float | None = None
    starts_at: dt.time | None = None
    ends_at: dt.time | None = None
    residential: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    trainers: str = ""
    required: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    remark: str = ""
    details: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    unscheduled: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    dropped_for: str = ""


class BudgetKind(StrEnum):
    """What is bought (C ch.3 case 2)."""

    GOODS = "goods"
    SERVICES = "services"
    INFRASTRUCTURE = "infrastructure"


class PlanCost(SQLModel, table=True):
    """What a line is expected to cost, item by item."""

    __tablename__ = "plan_cost"
    __table_args__ = (NEVER_AGAIN,)
    id: int | None = Field(default=None, primary_key=True)
    line_id: int = Field(foreign_key="plan_line.id", index=True)
    kind: BudgetKind = Field(sa_type=words(BudgetKind))
    item: str = ""
    quantity: float = 1
    price: float


class PlanSpending(SQLModel, table=True):
    """What was spent on a line, on a day."""

    __tablename__ = "plan_spending"
    __table_args__ = (NEVER_AGAIN,)
    id: int | None = Field(default=None, primary_key=True)
    line_id: int = Field(foreign_key="plan_line.id", index=True)
    spent_on: dt.date
    amount: float
    item: str = ""
    noted_by: int | None = Field(default=None, foreign_key="person.id")
    noted_at: dt.datetime = Field(sa_type=UtcTime)


class PlanClass(SQLModel, table=True):
    """The class that a cohort of a line became."""

    __tablename__ = "plan_class"
    class_id: int = Field(foreign_key="training_class.id", primary_key=True)
    line_id: int = Field(foreign_key="plan_line.id", index=True)
    cohort: int


class PlanComment(SQLModel, table=True):
    """What a reviewer or the Director-General wrote about a version, or about one line of it."""

    __tablename__ = "plan_comment"
    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True)
    line_id: int | None = Field(default=None, foreign_key="plan_line.id")
    version: int
    by_id: int | None = Field(default=None, foreign_key="person.id")
    words: str
    at: dt.datetime = Field(sa_type=UtcTime)
    settled_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)


class Verdict(StrEnum):
    ASKED = "asked"
    AGREED = "agreed"
    OBJECTED = "objected"


class PlanReview(SQLModel, table=True):
    """That somebody was asked to check a plan, and what they found."""

    __tablename__ = "plan_review"
    plan_id: int = Field(foreign_key="annual_plan.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)
    verdict: Verdict = Field(default=Verdict.ASKED, sa_type=words(Verdict))
    asked_by: int | None = Field(default=None, foreign_key="person.id")
    at: dt.datetime = Field(sa_type=UtcTime)


class Facility(SQLModel, table=True):
    """Where training is held: how many rooms, seats and beds there are."""

    __tablename__ = "facility"
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    rooms: int = 1
    seats: int = 0
    beds: int = 0
    active: bool = Field(default=True, sa_column_kwargs={"server_default": true()})


class OutlineState(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in review"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    PILOT = "pilot"
    VALIDATED = "validated"
    REPLACED = "replaced"


class CourseOutline(SQLModel, table=True):
    """How a course is built (C ch.4, F §3.3); a change of an approved one is a new version.

    `parts` holds the words of each part by its name in the form; `pilot` the validation report.
    """

    __tablename__ = "course_outline"
    __table_args__ = (UniqueConstraint("course_id", "version"), NEVER_AGAIN)
    id: int | None = Field(default=None, primary_key=True)
    course_id: int = Field(foreign_key="course.id")
    version: int
    state: OutlineState = Field(default=OutlineState.DRAFT, sa_type=words(OutlineState))
    parts: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    made_by: int | None = Field(default=None, foreign_key="person.id")
    made_at: dt.datetime = Field(sa_type=UtcTime)
    submitted_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    decision: str = ""
    letter_no: str = ""
    pilot_class_id: int | None = Field(default=None, foreign_key="training_class.id")
    pilot: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    review_on: dt.date | None = Field(default=None, index=True)


class OutlineSession(SQLModel, table=True):
    """A session of an outline, at its place: what is to be learned, how, in how many hours."""

    __tablename__ = "outline_session"
    __table_args__ = (NEVER_AGAIN,)
    id: int | None = Field(default=None, primary_key=True)
    outline_id: int = Field(foreign_key="course_outline.id", index=True)
    place: int
    title: str
    objectives: str = ""
    methods: str = ""
    hours: float


class OutlineReview(SQLModel, table=True):
    """That an expert was asked to review an outline, and what they found."""

    __tablename__ = "outline_review"
    outline_id: int = Field(foreign_key="course_outline.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)
    verdict: Verdict = Field(default=Verdict.ASKED, sa_type=words(Verdict))
    words: str = ""
    asked_by: int | None = Field(default=None, foreign_key="person.id")
    at: dt.datetime = Field(sa_type=UtcTime)
