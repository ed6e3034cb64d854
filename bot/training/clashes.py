"""Classes that lie on the same days: of one person, of the same trainers, in the same place."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select

from bot.context import Ctx
from bot.i18n import Words, _
from bot.models.training import Course, Enrolment, Trainer, TrainingClass
from bot.training import catalogue, trainers
from bot.training.states import LIVE

MOST_TOLD = 5


def of_person(ctx: Ctx, person_id: int, held: TrainingClass) -> tuple[Words, ...]:
    """A sentence for each other class on these days that the person is in, or trains."""
    if held.starts_on is None or held.ends_on is None:
        return ()
    attends = select(Enrolment.class_id).where(
        Enrolment.person_id == person_id, Enrolment.state.in_(LIVE)
    )
    trains = select(Trainer.id).where(Trainer.person_id == person_id)
    rows = ctx.session.execute(
        select(TrainingClass, Course)
        .join(Course, Course.id == TrainingClass.course_id)
        .where(
            TrainingClass.id != held.id,
            TrainingClass.cancelled_at.is_(None),
            TrainingClass.starts_on <= held.ends_on,
            TrainingClass.ends_on >= held.starts_on,
            TrainingClass.id.in_(attends)
            | TrainingClass.trainer_id.in_(trains)
            | TrainingClass.backup_trainer_id.in_(trains),
        )
        .order_by(TrainingClass.starts_on, TrainingClass.id)
    )
    return tuple(
        _(
            "On these days there is another class of yours: {course}, {code}, from {day}.",
            course=catalogue.title_of(course),
            code=other.code,
            day=other.starts_on,
        )
        for other, course in rows
    )


def of_class(ctx: Ctx, held: TrainingClass) -> tuple[Words, ...]:
    """A sentence for each other class on these days with the same trainer or in the same place."""
    if held.starts_on is None or held.ends_on is None or held.cancelled_at is not None:
        return ()
    staff = [one for one in (held.trainer_id, held.backup_trainer_id) if one is not None]
    by_trainer = TrainingClass.trainer_id.in_(staff) | TrainingClass.backup_trainer_id.in_(staff)
    here = func.lower(TrainingClass.place) == func.lower(held.place)
    rows = ctx.session.scalars(
        select(TrainingClass)
        .where(
            TrainingClass.id != held.id,
            TrainingClass.cancelled_at.is_(None),
            TrainingClass.starts_on <= held.ends_on,
            TrainingClass.ends_on >= held.starts_on,
            by_trainer | here if held.place else by_trainer,
        )
        .order_by(TrainingClass.starts_on, TrainingClass.id)
        .limit(MOST_TOLD)
    )
    return tuple(sentence for other in rows for sentence in _shared(ctx, held, other))


def _shared(ctx: Ctx, held: TrainingClass, other: TrainingClass) -> Iterator[Words]:
    """What both classes need on the same days."""
    staff = (held.trainer_id, held.backup_trainer_id)
    for trainer_id in dict.fromkeys(staff):
        if trainer_id is None or trainer_id not in (other.trainer_id, other.backup_trainer_id):
            continue
        yield _(
            "On these days {name} also trains class {code}, from {day}.",
            name=trainers.name_of(ctx.session, trainer_id),
            code=other.code,
            day=other.starts_on,
        )
    if held.place and held.place.lower() == other.place.lower():
        yield _(
            "On these days class {code} is held at {place} too, from {day}.",
            code=other.code,
            place=other.place,
            day=other.starts_on,
        )
