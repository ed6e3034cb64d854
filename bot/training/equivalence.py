"""What somebody has completed, and what else counts as a course.

A course counts as completed by a class here, by a record brought in, by another course that is
its equivalent, or by a title given elsewhere, such as a certificate of CLiKC!.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session

from bot.models.records import Equivalence, TrainingRecord
from bot.models.training import Enrolment, EnrolmentState, TrainingClass
from bot.people.search import fold


@dataclass(frozen=True, slots=True)
class Learned:
    """The days on which a person completed what: by course, and by folded title where no course
    of the catalogue was meant; `others` and `titles` say what counts as a course besides itself.
    """

    by_course: Mapping[int, list[dt.date]]
    by_title: Mapping[str, list[dt.date]]
    others: Mapping[int, list[int]]
    titles: Mapping[int, list[str]]

    def last(self, course_id: int, until: dt.date) -> dt.date | None:
        """The last day, until `until`, on which what counts as the course was completed."""
        found = [*self.by_course.get(course_id, ())]
        for other in self.others.get(course_id, ()):
            found += self.by_course.get(other, ())
        for title in self.titles.get(course_id, ()):
            found += self.by_title.get(title, ())
        return max((day for day in found if day <= until), default=None)


def learned(session: Session, person_id: int) -> Learned:
    """Everything a person has completed, here and elsewhere."""
    by_course: dict[int, list[dt.date]] = defaultdict(list)
    by_title: dict[str, list[dt.date]] = defaultdict(list)
    for course_id, day in _in_classes(session, person_id):
        by_course[course_id].append(day)
    for record_of, title, day in _in_records(session, person_id):
        if record_of is None:
            by_title[fold(title)].append(day)
        else:
            by_course[record_of].append(day)
    others: dict[int, list[int]] = defaultdict(list)
    titles: dict[int, list[str]] = defaultdict(list)
    for row in session.scalars(select(Equivalence)):
        if row.other_course_id is not None:
            others[row.course_id].append(row.other_course_id)
        elif row.title:
            titles[row.course_id].append(fold(row.title))
    return Learned(by_course, by_title, others, titles)


def _in_classes(session: Session, person_id: int) -> Iterable[tuple[int, dt.date]]:
    rows = session.execute(
        select(TrainingClass.course_id, Enrolment.completed_on, TrainingClass.ends_on)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .where(Enrolment.person_id == person_id, Enrolment.state == EnrolmentState.COMPLETED)
    )
    for course_id, completed_on, ends_on in rows:
        day = completed_on or ends_on
        if day is not None:
            yield course_id, day


def _in_records(session: Session, person_id: int) -> Iterable[tuple[int | None, str, dt.date]]:
    rows = session.execute(
        select(TrainingRecord.course_id, TrainingRecord.title, TrainingRecord.completed_on).where(
            TrainingRecord.person_id == person_id
        )
    )
    return [(course_id, title, completed_on) for course_id, title, completed_on in rows]
