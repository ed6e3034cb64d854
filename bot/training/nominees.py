"""Who can be named for a class: within the actor's reach, those who need the course first.

What is shown of each is what a nomination is weighed by: need, prerequisites, last trainings,
last foreign trip, absence and other classes on the same days.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, desc, exists, func, or_, select

from bot.context import Ctx
from bot.i18n import Texts, Words
from bot.models.nominations import NominationQuota
from bot.models.people import Person
from bot.models.records import TrainingRecord
from bot.models.training import Course, Enrolment, EnrolmentState, TrainingClass
from bot.people import access, directory, reach, search
from bot.people.access_table import Action
from bot.people.directory import PersonCard
from bot.training import catalogue, clashes, prerequisites
from bot.training.round_cards import require_quota
from bot.training.states import NOT_IN

PAGE = 8
LAST = 3
WANTS = (EnrolmentState.INTERESTED, EnrolmentState.REQUESTED)
FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody in the list to choose from; `last_on` is when they last completed a training."""

    person: PersonCard
    wants: bool
    last_on: dt.date | None


@dataclass(frozen=True, slots=True)
class CandidatePage:
    """One page of the list; `number` counts from 0, `total` is how many there are in all."""

    found: tuple[Candidate, ...]
    number: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class Training:
    """A training somebody has completed."""

    title: Texts | str
    on: dt.date


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a nomination of one person for one class is weighed by."""

    person: PersonCard
    gender: str
    wants: bool
    unmet: tuple[Words, ...]
    trainings: tuple[Training, ...]
    trip: Training | None
    away_until: dt.date | None
    clashes: tuple[Words, ...]


def candidates(ctx: Ctx, quota_id: int, query: str = "", number: int = 0) -> CandidatePage:
    """A page of who can be named under a quota, by any spelling of a name.

    Who is interested in the course comes first, then who has waited longest for any training.
    Refuses quotas that hold nobody within the actor's reach.
    """
    quota, held = require_quota(ctx, quota_id)
    wanted = _choosable(ctx, quota, held, query)
    total = ctx.session.execute(select(func.count()).select_from(wanted.subquery())).scalar_one()
    pages = max(1, -(-total // PAGE))
    number = min(max(number, 0), pages - 1)
    rows = ctx.session.execute(wanted.offset(number * PAGE).limit(PAGE)).all()
    people = directory.cards(ctx.session, [row[0] for row in rows])
    found = (
        Candidate(person, bool(wants), last_on)
        for person, (_id, wants, last_on) in zip(people, rows, strict=True)
    )
    return CandidatePage(tuple(found), number, pages, total)


def facts(ctx: Ctx, quota_id: int, person_id: int) -> Facts:
    """What is known about somebody who may be named; refuses people out of reach."""
    _quota, held = require_quota(ctx, quota_id)
    access.require(ctx, Action.NOMINATE, person_id)
    person = ctx.session.get_one(Person, person_id)
    away = person.away_until
    begins = held.starts_on or ctx.today()
    wants = select(Person.id).where(Person.id == person_id, _wants(held))
    return Facts(
        person=directory.card(ctx.session, person_id),
        gender=person.gender,
        wants=ctx.session.execute(wants).first() is not None,
        unmet=prerequisites.unmet(ctx, held, person_id),
        trainings=_trainings(ctx, TrainingRecord.person_id == person_id, LAST),
        trip=next(iter(_trainings(ctx, _foreign(person_id), 1)), None),
        away_until=away if away is not None and away >= begins else None,
        clashes=clashes.of_person(ctx, person_id, held),
    )


def _choosable(
    ctx: Ctx, quota: NominationQuota, held: TrainingClass, query: str
) -> Select[int | None, bool, dt.date]:
    part = reach.units_below(ctx.session, {quota.unit_id})
    last_on = (
        select(func.max(TrainingRecord.completed_on))
        .where(TrainingRecord.person_id == Person.id)
        .scalar_subquery()
    )
    free = [state for state in NOT_IN if state is not None]
    taken = exists().where(
        Enrolment.class_id == held.id,
        Enrolment.person_id == Person.id,
        Enrolment.state.not_in([*free, *WANTS]),
    )
    wants = _wants(held)
    return (
        select(Person.id, wants, last_on)
        .where(
            Person.active,
            Person.guest.is_(False),
            Person.unit_id.in_(part),
            Person.id != (ctx.actor.person_id or 0),
            reach.within(ctx, Action.NOMINATE),
            search.matches(query),
            ~taken,
        )
        .order_by(desc(wants), last_on.is_not(None), last_on, Person.full_name, Person.id)
    )


def _wants(held: TrainingClass) -> ColumnElement[bool]:
    """That somebody is interested in the course of this class, or has asked for it."""
    of_course = select(TrainingClass.id).where(TrainingClass.course_id == held.course_id)
    return exists().where(
        Enrolment.person_id == Person.id,
        Enrolment.class_id.in_(of_course),
        Enrolment.state.in_(WANTS),
    )


def _foreign(person_id: int) -> ColumnElement[bool]:
    """Trainings abroad: those of the kind “foreign”, and those that a sponsor paid for."""
    return (TrainingRecord.person_id == person_id) & or_(
        func.lower(TrainingRecord.kind) == FOREIGN, TrainingRecord.sponsor != ""
    )


def _trainings(ctx: Ctx, which: ColumnElement[bool], most: int) -> tuple[Training, ...]:
    rows = ctx.session.execute(
        select(TrainingRecord, Course)
        .outerjoin(Course, Course.id == TrainingRecord.course_id)
        .where(which)
        .order_by(desc(TrainingRecord.completed_on), desc(TrainingRecord.id))
        .limit(most)
    )
    return tuple(
        Training(catalogue.title_of(course) if course else record.title, record.completed_on)
        for record, course in rows
    )
