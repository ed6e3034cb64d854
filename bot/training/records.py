"""Completed trainings: written when a class is closed, taken back when it is opened again and
closed otherwise; what they earn follows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import and_, delete, or_, select, update

from bot.context import Ctx
from bot.models.records import TrainingRecord
from bot.models.training import Course, Enrolment
from bot.training.qualifications import afterwards

OF_A_CLASS = "class"


def note_completions(
    ctx: Ctx, rows: Sequence[Enrolment], course: Course, completed_on: dt.date
) -> None:
    """Keep that these enrolments of one class were completed, each once.

    A record of the same course and day that was brought in before becomes the one of this class.
    """
    of_class, brought_in = _known(ctx, rows, course, completed_on)
    for row in rows:
        record = of_class.get(row.id) or brought_in.get(row.person_id)
        if record is None:
            record = TrainingRecord(
                person_id=row.person_id,
                completed_on=completed_on,
                kind=OF_A_CLASS,
                hours=course.hours,
            )
            ctx.session.add(record)
        record.course_id, record.completed_on = course.id, completed_on
        record.enrolment_id, row.completed_on = row.id, completed_on
    ctx.session.flush()
    afterwards.completions_changed(ctx, [row.person_id for row in rows])


def take_back(ctx: Ctx, rows: Sequence[Enrolment]) -> None:
    """These enrolments were not completed after all; a record that was brought in stays."""
    of_rows = TrainingRecord.enrolment_id.in_([row.id for row in rows])
    made_here = and_(of_rows, TrainingRecord.kind == OF_A_CLASS, TrainingRecord.source == "")
    ctx.session.execute(delete(TrainingRecord).where(made_here))
    ctx.session.execute(update(TrainingRecord).where(of_rows).values(enrolment_id=None))
    for row in rows:
        row.completed_on = None
    ctx.session.flush()
    afterwards.completions_changed(ctx, [row.person_id for row in rows])


def _known(
    ctx: Ctx, rows: Sequence[Enrolment], course: Course, completed_on: dt.date
) -> tuple[dict[int | None, TrainingRecord], dict[int, TrainingRecord]]:
    """Records there are: those of these enrolments, and by person those of the same training."""
    same = and_(
        TrainingRecord.person_id.in_([row.person_id for row in rows]),
        TrainingRecord.course_id == course.id,
        TrainingRecord.title == "",
        TrainingRecord.completed_on == completed_on,
    )
    own = TrainingRecord.enrolment_id.in_([row.id for row in rows])
    found = ctx.session.scalars(select(TrainingRecord).where(or_(own, same))).all()
    of_class: dict[int | None, TrainingRecord] = {
        record.enrolment_id: record for record in found if record.enrolment_id is not None
    }
    return of_class, {record.person_id: record for record in found}
