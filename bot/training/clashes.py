"""Classes that lie on the same days: of one person, as trainee or trainer."""

from __future__ import annotations

from sqlalchemy import select

from bot.context import Ctx
from bot.i18n import Words, _
from bot.models.training import Course, Enrolment, Trainer, TrainingClass
from bot.training import catalogue
from bot.training.states import LIVE


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
