"""What somebody has completed, and what else counts as a course.

A course counts as completed by a class here, by a record brought in, by another course that is
its equivalent, or by a title given elsewhere, such as a certificate of CLiKC!.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import select
from sqlmodel import Session

from bot.models.records import Equivalence, TrainingRecord
from bot.models.training import Enrolment, EnrolmentState, TrainingClass
from bot.people.search import fold

What: TypeAlias = int | str
"""What was completed: the id of a course, or a title from elsewhere, folded."""


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

    def days(self, course_id: int) -> list[tuple[dt.date, What]]:
        """Every day on which what counts as the course was completed, and what that was."""
        found: list[tuple[dt.date, What]] = []
        for one in (course_id, *self.others.get(course_id, ())):
            found += [(day, one) for day in self.by_course.get(one, ())]
        for title in self.titles.get(course_id, ()):
            found += [(day, title) for day in self.by_title.get(title, ())]
        return found

    def has(self, what: What, day: dt.date) -> bool:
        """Whether this very course or title was completed on that day."""
        if isinstance(what, int):
            return day in self.by_course.get(what, ())
        return day in self.by_title.get(what, ())


def learned(session: Session, person_id: int) -> Learned:
    """Everything a person has completed, here and elsewhere."""
    return learned_by(session, [person_id])[person_id]


def learned_by(session: Session, person_ids: Collection[int]) -> dict[int, Learned]:
    """Everything that each of these people has completed; at most 1,000 people at once."""
    others, titles = counting(session)
    courses: dict[int, dict[int, list[dt.date]]] = {one: {} for one in person_ids}
    elsewhere: dict[int, dict[str, list[dt.date]]] = {one: {} for one in person_ids}
    for person_id, course_id, day in _in_classes(session, person_ids):
        courses[person_id].setdefault(course_id, []).append(day)
    for person_id, record_of, title, day in _in_records(session, person_ids):
        if record_of is None:
            elsewhere[person_id].setdefault(fold(title), []).append(day)
        else:
            courses[person_id].setdefault(record_of, []).append(day)
    return {one: Learned(courses[one], elsewhere[one], others, titles) for one in courses}


def counting(session: Session) -> tuple[Mapping[int, list[int]], Mapping[int, list[str]]]:
    """What counts as each course besides itself: other courses, and folded titles."""
    others: dict[int, list[int]] = defaultdict(list)
    titles: dict[int, list[str]] = defaultdict(list)
    for row in session.scalars(select(Equivalence)):
        if row.other_course_id is not None:
            others[row.course_id].append(row.other_course_id)
        elif row.title:
            titles[row.course_id].append(fold(row.title))
    return others, titles


def _in_classes(
    session: Session, person_ids: Collection[int]
) -> Iterable[tuple[int, int, dt.date]]:
    rows = session.execute(
        select(
            Enrolment.person_id,
            TrainingClass.course_id,
            Enrolment.completed_on,
            TrainingClass.ends_on,
        )
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .where(Enrolment.person_id.in_(person_ids), Enrolment.state == EnrolmentState.COMPLETED)
    )
    for person_id, course_id, completed_on, ends_on in rows:
        day = completed_on or ends_on
        if day is not None:
            yield person_id, course_id, day


def _in_records(
    session: Session, person_ids: Collection[int]
) -> Iterable[tuple[int, int | None, str, dt.date]]:
    rows = session.execute(
        select(
            TrainingRecord.person_id,
            TrainingRecord.course_id,
            TrainingRecord.title,
            TrainingRecord.completed_on,
        ).where(TrainingRecord.person_id.in_(person_ids))
    )
    return [tuple(row) for row in rows]
