"""An officer's own trainings: what comes, what waits, what is over, and records brought in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import desc, select
from sqlmodel import Session

from bot.context import Ctx
from bot.i18n import Text, Texts, Words, _
from bot.models.records import TrainingRecord
from bot.models.training import Course, Enrolment, EnrolmentState, TrainingClass
from bot.people.mydata import Fact, section
from bot.training import catalogue
from bot.training.enrolments import STATE_WORDS
from bot.training.states import WAITING


@dataclass(frozen=True, slots=True)
class OwnClass:
    """One class of a person, with the state of their enrolment."""

    enrolment_id: int
    class_id: int
    code: str
    title: Texts
    starts_on: dt.date | None
    ends_on: dt.date | None
    place: str
    hours: float | None
    state: EnrolmentState
    completed_on: dt.date | None

    @property
    def waits(self) -> bool:
        """Whether it is not decided yet whether there is a place."""
        return self.state in WAITING


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """A training that was completed elsewhere, or before this desk was there."""

    title: Texts | str
    completed_on: dt.date
    kind: str
    hours: float | None
    source: str


@dataclass(frozen=True, slots=True)
class Mine:
    """What comes, the next first; what waits; what is over, the latest first."""

    coming: tuple[OwnClass, ...]
    waiting: tuple[OwnClass, ...]
    past: tuple[OwnClass, ...]


def mine(ctx: Ctx) -> Mine:
    """The actor's own classes."""
    assert ctx.actor.person_id is not None
    found = classes_of(ctx.session, ctx.actor.person_id)
    coming = [one for one in found if _comes(one, ctx.today())]
    waiting = [one for one in found if one.waits]
    past = [one for one in found if one not in coming and not one.waits]
    return Mine(tuple(reversed(coming)), tuple(reversed(waiting)), tuple(past))


def classes_of(session: Session, person_id: int) -> list[OwnClass]:
    """Every class that lists or listed a person: those without dates, then the latest first."""
    rows = session.execute(
        select(Enrolment, TrainingClass, Course)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .join(Course, Course.id == TrainingClass.course_id)
        .where(Enrolment.person_id == person_id)
        .order_by(
            TrainingClass.starts_on.is_not(None),
            desc(TrainingClass.starts_on),
            desc(TrainingClass.id),
        )
    )
    return [_own(*row) for row in rows]


def records_of(session: Session, person_id: int) -> list[OwnRecord]:
    """What was completed elsewhere, the latest first; classes held here are not among it."""
    rows = session.execute(
        select(TrainingRecord, Course)
        .outerjoin(Course, Course.id == TrainingRecord.course_id)
        .where(TrainingRecord.person_id == person_id, TrainingRecord.enrolment_id.is_(None))
        .order_by(desc(TrainingRecord.completed_on), TrainingRecord.id)
    )
    return [
        OwnRecord(
            title=catalogue.title_of(course) if course is not None else record.title,
            completed_on=record.completed_on,
            kind=record.kind,
            hours=record.hours,
            source=record.source,
        )
        for record, course in rows
    ]


@section("trainings", _("Your trainings"), 50)
def trainings(ctx: Ctx, person_id: int) -> tuple[tuple[Fact, ...], Words]:
    """Classes with the state of each, then what was completed elsewhere."""
    facts = [
        Fact(_("{course}, class {code}", course=one.title, code=one.code), _state(one))
        for one in classes_of(ctx.session, person_id)
    ]
    facts += [Fact(one.title, one.completed_on) for one in records_of(ctx.session, person_id)]
    return tuple(facts), _("/myclasses shows how each came about, and sends all as a workbook.")


def _state(one: OwnClass) -> Text:
    state = STATE_WORDS[one.state]
    if one.starts_on is None:
        return state
    return _("{state}, {day}", state=state, day=one.starts_on)


def _comes(one: OwnClass, today: dt.date) -> bool:
    """Whether a place is held in a class that is not over."""
    is_over = one.ends_on is not None and one.ends_on < today
    return one.state is EnrolmentState.ENROLLED and not is_over


def _own(row: Enrolment, held: TrainingClass, course: Course) -> OwnClass:
    assert row.id is not None
    return OwnClass(
        enrolment_id=row.id,
        class_id=row.class_id,
        code=held.code,
        title=catalogue.title_of(course),
        starts_on=held.starts_on,
        ends_on=held.ends_on,
        place=held.place,
        hours=course.hours,
        state=row.state,
        completed_on=row.completed_on,
    )
