"""Completed trainings: written when a class is closed, taken back when it is opened again and
closed otherwise.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import and_, delete, or_, select, update

from bot.context import Ctx
from bot.models.records import TrainingRecord
from bot.models.training import Course, Enrolment

OF_A_CLASS = "class"


def note_completion(ctx: Ctx, row: Enrolment, course: Course, completed_on: dt.date) -> None:
    """Keep that this enrolment was completed, once.

    A record of the same course and day that was brought in before becomes the one of this class.
    """
    brought_in = and_(
        TrainingRecord.person_id == row.person_id,
        TrainingRecord.course_id == course.id,
        TrainingRecord.title == "",
        TrainingRecord.completed_on == completed_on,
    )
    record = ctx.session.scalars(
        select(TrainingRecord)
        .where(or_(TrainingRecord.enrolment_id == row.id, brought_in))
        .order_by(TrainingRecord.enrolment_id.is_(None))
    ).first()
    if record is None:
        record = TrainingRecord(
            person_id=row.person_id, completed_on=completed_on, kind=OF_A_CLASS, hours=course.hours
        )
        ctx.session.add(record)
    record.course_id, record.completed_on = course.id, completed_on
    record.enrolment_id, row.completed_on = row.id, completed_on
    ctx.session.flush()


def take_back(ctx: Ctx, row: Enrolment) -> None:
    """This enrolment was not completed after all; a record that was brought in stays."""
    of_row = TrainingRecord.enrolment_id == row.id
    made_here = and_(of_row, TrainingRecord.kind == OF_A_CLASS, TrainingRecord.source == "")
    ctx.session.execute(delete(TrainingRecord).where(made_here))
    ctx.session.execute(update(TrainingRecord).where(of_row).values(enrolment_id=None))
    row.completed_on = None
    ctx.session.flush()
