"""What somebody has completed, and what else counts as a course.

A course counts as completed by a class here, by a record brought in, by another course that is
its equivalent, or by a title given elsewhere, such as a certificate of CLiKC!.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlmodel import Session

from bot.models.records import Equivalence, TrainingRecord
from bot.models.training import Enrolment, EnrolmentState, TrainingClass
from bot.people.search import fold


@dataclass(frozen=True, slots=True)
class Counts:
    """What counts as one course: ids of courses, and titles as `fold` makes them."""

    course_ids: frozenset[int]
    titles: frozenset[str]


def counts_as(session: Session, course_id: int) -> Counts:
    """The course itself, its equivalents, and titles given elsewhere."""
    rows = session.scalars(select(Equivalence).where(Equivalence.course_id == course_id)).all()
    others = {row.other_course_id for row in rows if row.other_course_id is not None}
    titles = {fold(row.title) for row in rows if row.other_course_id is None and row.title}
    return Counts(frozenset({course_id, *others}), frozenset(titles))


def last_completed(
    session: Session, person_id: int, course_id: int, until: dt.date
) -> dt.date | None:
    """The last day, `until` at the latest, on which what counts as the course was completed."""
    counted = counts_as(session, course_id)
    days = [
        *_in_classes(session, person_id, counted.course_ids),
        *_in_records(session, person_id, counted),
    ]
    return max((day for day in days if day <= until), default=None)


def _in_classes(session: Session, person_id: int, course_ids: Collection[int]) -> list[dt.date]:
    rows = session.execute(
        select(Enrolment.completed_on, TrainingClass.ends_on)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .where(
            Enrolment.person_id == person_id,
            Enrolment.state == EnrolmentState.COMPLETED,
            TrainingClass.course_id.in_(course_ids),
        )
    )
    days = (completed_on or ends_on for completed_on, ends_on in rows)
    return [day for day in days if day is not None]


def _in_records(session: Session, person_id: int, counted: Counts) -> list[dt.date]:
    rows = session.execute(
        select(TrainingRecord.course_id, TrainingRecord.title, TrainingRecord.completed_on).where(
            TrainingRecord.person_id == person_id,
            or_(
                TrainingRecord.course_id.in_(counted.course_ids),
                TrainingRecord.course_id.is_(None),
            ),
        )
    )
    return [
        completed_on
        for course_id, title, completed_on in rows
        if course_id is not None or fold(title) in counted.titles
    ]
