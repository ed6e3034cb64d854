"""Conditions on what was learned: a course completed, and what a class asks for.

The same as `training.equivalence` and `training.prerequisites` say of one person, asked of the
database at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, true

from bot.calendar import DAY, add_months
from bot.campaigns.audiences import meaning
from bot.campaigns.audiences.rule import What
from bot.context import Ctx
from bot.i18n import Text
from bot.models.people import Person
from bot.models.records import Equivalence, TrainingRecord
from bot.models.training import Course, Enrolment, EnrolmentState, TrainingClass
from bot.people.search import fold
from bot.training import prerequisite_rules as rules


def completed(ctx: Ctx, course_id: int, months: int, day: dt.date) -> ColumnElement[bool]:
    """That somebody has completed what counts as the course until `day`, and not earlier than so
    many months before it (0: ever).
    """
    ids, titles = _counting(ctx, course_id)
    since = add_months(day, -months) if months else dt.date.min
    on = func.coalesce(Enrolment.completed_on, TrainingClass.ends_on)
    here = exists().where(
        Enrolment.person_id == Person.id,
        Enrolment.state == EnrolmentState.COMPLETED,
        TrainingClass.id == Enrolment.class_id,
        TrainingClass.course_id.in_(ids),
        on.between(since, day),
    )
    of_course: ColumnElement[bool] = TrainingRecord.course_id.in_(ids)
    if titles:
        of_course |= TrainingRecord.course_id.is_(None) & TrainingRecord.title.in_(titles)
    elsewhere = exists().where(
        TrainingRecord.person_id == Person.id,
        of_course,
        TrainingRecord.completed_on.between(since, day),
    )
    return or_(here.correlate(Person), elsewhere.correlate(Person))


def meets(ctx: Ctx, held: TrainingClass) -> ColumnElement[bool]:
    """That nothing is missing on the day the class begins; everybody meets what is no rule."""
    text = ctx.session.get_one(Course, held.course_id).prerequisites
    rule = rules.parse(text) if text else None
    if rule is None or isinstance(rule, Text):
        return true()
    courses = {code: meaning.find_course(ctx, code) for code in rules.codes_in(rule)}
    ids = {code: course.id for code, course in courses.items() if course is not None}
    if len(ids) < len(courses):
        return true()
    return _Asked(ctx, held.starts_on or ctx.today(), ids).condition(rule)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The rule of a course on the day a class of it begins; `ids` are its courses by code."""

    ctx: Ctx
    day: dt.date
    ids: Mapping[str, int]

    def condition(self, rule: rules.Rule) -> ColumnElement[bool]:
        match rule:
            case rules.Completed(code, months):
                return completed(self.ctx, self.ids[code], months, self.day)
            case rules.InPost(months):
                since = Person.in_post_since
                return and_(since.is_not(None), since <= latest_start(self.day, months))
            case rules.Position(names):
                return Person.position.in_(meaning.spellings(self.ctx, What.POSITION, names))
            case rules.AllOf(parts):
                return and_(true(), *map(self.condition, parts))
            case rules.AnyOf(parts):
                return or_(false(), *map(self.condition, parts))


def latest_start(day: dt.date, months: int) -> dt.date:
    """The last day from which it is at least so many calendar months until `day`."""
    start = add_months(day, -months)
    while add_months(start + DAY, months) <= day:
        start += DAY
    return start


def _counting(ctx: Ctx, course_id: int) -> tuple[list[int], list[str]]:
    """The courses that count as one, itself first, and the titles as records have them."""
    ids, titles = [course_id], set[str]()
    for row in ctx.session.scalars(select(Equivalence).where(Equivalence.course_id == course_id)):
        if row.other_course_id is not None:
            ids.append(row.other_course_id)
        elif row.title:
            titles.add(fold(row.title))
    if not titles:
        return ids, []
    written = ctx.session.scalars(
        select(TrainingRecord.title).where(TrainingRecord.course_id.is_(None)).distinct()
    )
    return ids, [title for title in written if fold(title) in titles]
