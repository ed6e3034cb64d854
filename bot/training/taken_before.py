"""What somebody has been trained in, here and elsewhere, for who decides about the next."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from bot.context import Ctx
from bot.i18n import Words
from bot.models.records import TrainingRecord
from bot.models.training import Course, Enrolment, EnrolmentState, TrainingClass
from bot.training import catalogue

WAS_THERE = (
    EnrolmentState.ATTENDED,
    EnrolmentState.PARTLY_ATTENDED,
    EnrolmentState.COMPLETED,
    EnrolmentState.NO_SHOW,
)


@dataclass(frozen=True, slots=True)
class Taken:
    """One training; `state` is that of the class, "completed" for what was brought in."""

    title: Words
    on: dt.date
    state: EnrolmentState


def last(ctx: Ctx, person_id: int, most: int | None = None) -> tuple[Taken, ...]:
    """A person's trainings, the latest first, and at most so many."""
    found = sorted(
        [*_in_classes(ctx, person_id), *_elsewhere(ctx, person_id)],
        key=lambda taken: taken.on,
        reverse=True,
    )
    return tuple(found[:most])


def _in_classes(ctx: Ctx, person_id: int) -> list[Taken]:
    rows = ctx.session.execute(
        select(Enrolment, TrainingClass.ends_on, Course)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .join(Course, Course.id == TrainingClass.course_id)
        .where(Enrolment.person_id == person_id, Enrolment.state.in_(WAS_THERE))
    )
    return [
        Taken(catalogue.title_of(course), row.completed_on or ends_on, row.state)
        for row, ends_on, course in rows
        if row.completed_on or ends_on
    ]


def _elsewhere(ctx: Ctx, person_id: int) -> list[Taken]:
    rows = ctx.session.execute(
        select(TrainingRecord, Course)
        .outerjoin(Course, Course.id == TrainingRecord.course_id)
        .where(TrainingRecord.person_id == person_id, TrainingRecord.enrolment_id.is_(None))
    )
    return [
        Taken(
            catalogue.title_of(course) if course is not None else record.title,
            record.completed_on,
            EnrolmentState.COMPLETED,
        )
        for record, course in rows
    ]
