"""The figures of the yearly report to the region (C annex 2-2), of a plan year and the one before.

Whole figures of the administration without names, for who may read all of its plan.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, distinct, func, select
from sqlmodel import Session

from bot import policy
from bot.calendar import DAY, instant
from bot.context import Ctx
from bot.evaluation.month import WOMEN
from bot.evaluation.stages import REACTION_TRAINEE
from bot.models.chats import Chat
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.needs import Channel, ClusterMeeting, Need, NeedsRound, TopicDecision, Way
from bot.models.people import Person
from bot.models.planning import AnnualPlan, Change, CourseOutline, PlanLine
from bot.models.training import Course, Enrolment, Trainer, TrainingClass
from bot.needs import rounds, years
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.planning import reading
from bot.planning.pdca import TRAINED

GENDER = func.lower(func.trim(Person.gender))
ASKED = (AssignmentState.OPEN, AssignmentState.ANSWERED, AssignmentState.CLOSED)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def share(self) -> float | None:
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class Survey:
    """The survey of needs that was opened in the year: from when to when, who answered what.

    `ways` counts its topics by how they are met.
    """

    opens_on: dt.date
    closes_on: dt.date
    answered: Mapping[str, Share]
    meetings: int
    needs: int
    ways: Mapping[Way, int]


@dataclass(frozen=True, slots=True)
class Year:
    """What was done in one plan year, up to today; `new` are lines of the plan that are new."""

    label: str
    courses: int
    classes: int
    trainees: int
    people: int
    women: Share
    lines: int
    new: int
    unscheduled: int
    survey: Survey | None
    trainers: int
    trainer_needs: int
    evaluated: Share
    response: Share
    outlines: int
    induction: int


@dataclass(frozen=True, slots=True)
class RegionYear:
    """A plan year beside the one before, and what holds today."""

    now: Year
    before: Year
    first: dt.date
    last: dt.date
    linked: Share
    women: Share
    pool: int
    local: str


def read(ctx: Ctx, plan_id: int) -> RegionYear:
    """The figures of the year of a plan; refuses who may not read all of that plan."""
    plan = reading.require(ctx, plan_id)
    if not reading.sees_all(ctx, plan):
        raise OutOfReach(Action.EDIT_PLAN, plan_id, "plan", reading.NOT_YOURS)
    first, last = years.span(plan.plan_year)
    session, serving = ctx.session, and_(Person.active, ~Person.guest)
    everybody = _count(session, Person.id, serving)
    chats = select(Chat.person_id).where(Chat.person_id.is_not(None))
    return RegionYear(
        now=_year(ctx, first),
        before=_year(ctx, years.plan_year(ctx, first - dt.timedelta(days=1))),
        first=first,
        last=last,
        linked=Share(_count(session, Person.id, serving, Person.id.in_(chats)), everybody),
        women=_women(session, serving),
        pool=_count(session, Trainer.id),
        local=ctx.settings.language,
    )


def _year(ctx: Ctx, begins: dt.date) -> Year:
    first, last = years.span(begins)
    session = ctx.session
    held = and_(
        TrainingClass.cancelled_at.is_(None),
        TrainingClass.ends_on.between(first, last),
        TrainingClass.ends_on < ctx.today(),
    )
    trained = and_(held, Enrolment.state.in_(TRAINED))
    plan = session.scalars(select(AnnualPlan).where(AnnualPlan.plan_year == begins)).first()
    found = reading.held(reading.lines(session, plan.id)) if plan is not None else []
    return Year(
        label=years.label(begins),
        courses=_of_classes(session, TrainingClass.course_id, held),
        classes=_of_classes(session, TrainingClass.id, held),
        trainees=_of_lists(session, Enrolment.id, trained),
        people=_of_lists(session, Enrolment.person_id, trained),
        women=_women_trained(session, trained),
        lines=len(found),
        new=sum(line.change is Change.NEW for line in found),
        unscheduled=_count(session, PlanLine.id, PlanLine.unscheduled,
                           PlanLine.plan_id == (plan.id if plan is not None else None)),
        survey=_survey(session, first, last),
        trainers=_of_classes(session, TrainingClass.trainer_id, held),
        trainer_needs=_count(session, Need.id, Need.channel == Channel.TRAINER,
                             _on_days(ctx, Need.told_at, first, last)),
        evaluated=_evaluated(session, held),
        response=_response(session, held),
        outlines=_count(session, CourseOutline.id, CourseOutline.review_on.is_not(None),
                        _on_days(ctx, CourseOutline.decided_at, first, last)),
        induction=_induction(session, held),
    )  # fmt: skip


def _survey(session: Session, first: dt.date, last: dt.date) -> Survey | None:
    """The latest survey that was opened in the year."""
    query = select(NeedsRound).where(
        NeedsRound.opens_on.between(first, last), NeedsRound.opened_at.is_not(None)
    )
    row = session.scalars(query.order_by(NeedsRound.opens_on.desc())).first()
    if row is None or row.id is None:
        return None
    ways = session.execute(
        select(TopicDecision.way, func.count())
        .where(TopicDecision.round_id == row.id)
        .group_by(TopicDecision.way)
    )
    return Survey(
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        answered=_answered(session, row.id),
        meetings=_count(session, ClusterMeeting.id, ClusterMeeting.round_id == row.id),
        needs=_count(session, Need.id, Need.round_id == row.id),
        ways={way: int(count) for way, count in ways},
    )


def _answered(session: Session, round_id: int) -> dict[str, Share]:
    """Who answered of those asked, by stage."""
    answered = func.sum(case((Assignment.state == AssignmentState.ANSWERED, 1), else_=0))
    rows = session.execute(
        select(Assignment.stage, answered, func.count())
        .where(Assignment.subject == rounds.subject(round_id), Assignment.state.in_(ASKED))
        .group_by(Assignment.stage)
        .order_by(Assignment.stage)
    )
    return {stage: Share(int(part or 0), int(whole)) for stage, part, whole in rows}


def _evaluated(session: Session, held: ColumnElement[bool]) -> Share:
    """Classes after which trainees were asked what they thought, of those held."""
    asked = select(Assignment.class_id).where(Assignment.stage == REACTION_TRAINEE.name)
    part = _of_classes(session, TrainingClass.id, and_(held, TrainingClass.id.in_(asked)))
    return Share(part, _of_classes(session, TrainingClass.id, held))


def _response(session: Session, held: ColumnElement[bool]) -> Share:
    answered = func.sum(case((Assignment.state == AssignmentState.ANSWERED, 1), else_=0))
    part, whole = session.execute(
        select(answered, func.count())
        .select_from(Assignment)
        .join(TrainingClass, TrainingClass.id == Assignment.class_id)
        .where(held, Assignment.stage == REACTION_TRAINEE.name, Assignment.state.in_(ASKED))
    ).one()
    return Share(int(part or 0), int(whole))


def _induction(session: Session, held: ColumnElement[bool]) -> int:
    """Classes of the basic course for recruits."""
    category = str(policy.value(session, "recruit_category"))
    query = (
        select(func.count())
        .select_from(TrainingClass)
        .join(Course, Course.id == TrainingClass.course_id)
        .where(held, func.lower(Course.category) == category.lower())
    )
    return int(session.execute(query).scalar_one())


def _women(session: Session, serving: ColumnElement[bool]) -> Share:
    known = and_(serving, Person.gender != "")
    women = _count(session, Person.id, known, GENDER.in_(WOMEN))
    return _large_enough(session, women, _count(session, Person.id, known))


def _women_trained(session: Session, trained: ColumnElement[bool]) -> Share:
    """Of the people, however often each was trained."""
    women = func.count(distinct(case((GENDER.in_(WOMEN), Person.id))))
    part, whole = session.execute(
        select(women, func.count(distinct(Person.id)))
        .select_from(Enrolment)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(trained, Person.gender != "")
    ).one()
    return _large_enough(session, int(part or 0), int(whole))


def _large_enough(session: Session, part: int, whole: int) -> Share:
    """The share, or none where either side is so small that it would name people."""
    least = int(policy.value(session, "smallest_group"))
    return Share(0, 0) if min(part, whole - part) < least else Share(part, whole)


def _of_classes(session: Session, column: Any, held: ColumnElement[bool]) -> int:
    query = select(func.count(distinct(column))).select_from(TrainingClass).where(held)
    return int(session.execute(query).scalar_one())


def _of_lists(session: Session, column: Any, trained: ColumnElement[bool]) -> int:
    query = (
        select(func.count(distinct(column)))
        .select_from(Enrolment)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .where(trained)
    )
    return int(session.execute(query).scalar_one())


def _on_days(ctx: Ctx, column: Any, first: dt.date, last: dt.date) -> ColumnElement[bool]:
    """The condition that something happened in these days of the administration."""
    zone = ctx.settings.timezone
    begins, ends = (instant(day, dt.time(), zone) for day in (first, last + DAY))
    return and_(column >= begins, column < ends)


def _count(session: Session, column: Any, *where: Any) -> int:
    return int(session.execute(select(func.count(column)).where(*where)).scalar_one())
