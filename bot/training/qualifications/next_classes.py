"""The class that somebody could take next for a course: the one that brings it soonest."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import IntEnum

from sqlalchemy import or_, select

from bot.calendar import DAY
from bot.context import Ctx
from bot.i18n import Texts
from bot.models.training import Course, Enrolment, EnrolmentState, TrainingClass
from bot.training import catalogue, equivalence, offer
from bot.training.prerequisites import Prerequisites
from bot.training.states import LIVE


class Way(IntEnum):
    """How near a class is to somebody, the nearest first."""

    OWN = 0
    FITS = 1
    OPEN = 2
    BY_OTHERS = 3
    NO_DATES = 4


@dataclass(frozen=True, slots=True)
class NextClass:
    """A class to come; `state` is the person's own in it, None unless they are on its list.

    `course_id` is the course it is held of, which may be an equivalent of the one that was asked
    for.
    """

    class_id: int
    code: str
    course_id: int
    title: Texts
    starts_on: dt.date | None
    way: Way
    state: EnrolmentState | None = None


def next_of(ctx: Ctx, person_id: int, course_ids: Collection[int]) -> dict[int, NextClass]:
    """For each course the class that is nearest to a person; courses without one are left out.

    A class they are in already comes first, then one they may ask for and meet the needs of, one
    they may ask for, one that others name people for, and one that still gathers interest.
    """
    wanted = _counting(ctx, course_ids)
    pairs = _to_come(ctx, {one for courses in wanted.values() for one in courses})
    own = _own(ctx, person_id, [held.id for held, _course in pairs])
    known = Prerequisites(ctx, person_id)
    by_course: dict[int, list[NextClass]] = defaultdict(list)
    for held, course in pairs:
        by_course[held.course_id].append(_seen(ctx, held, course, own.get(held.id), known))
    found = {}
    for course_id, courses in wanted.items():
        classes = [one for course in courses for one in by_course[course]]
        if classes:
            found[course_id] = min(classes, key=_nearness)
    return found


def _counting(ctx: Ctx, course_ids: Iterable[int]) -> dict[int, list[int]]:
    """Each course with those that count as it."""
    others, _titles = equivalence.counting(ctx.session)
    return {one: [one, *others.get(one, ())] for one in course_ids}


def _to_come(ctx: Ctx, course_ids: Collection[int]) -> list[tuple[TrainingClass, Course]]:
    query = (
        select(TrainingClass, Course)
        .join(Course, Course.id == TrainingClass.course_id)
        .where(
            TrainingClass.course_id.in_(course_ids),
            TrainingClass.cancelled_at.is_(None),
            TrainingClass.closed_at.is_(None),
            or_(
                TrainingClass.starts_on.is_(None),
                TrainingClass.starts_on >= ctx.now().date() - DAY,
            ),
        )
    )
    return [pair for pair in ctx.session.execute(query) if offer.comes(ctx, pair[0])]


def _own(
    ctx: Ctx, person_id: int, class_ids: Collection[int | None]
) -> dict[int | None, EnrolmentState]:
    rows = ctx.session.execute(
        select(Enrolment.class_id, Enrolment.state).where(
            Enrolment.person_id == person_id,
            Enrolment.class_id.in_(class_ids),
            Enrolment.state.in_(LIVE),
        )
    )
    return dict(rows.all())


def _seen(
    ctx: Ctx,
    held: TrainingClass,
    course: Course,
    state: EnrolmentState | None,
    known: Prerequisites,
) -> NextClass:
    assert held.id is not None
    return NextClass(
        class_id=held.id,
        code=held.code,
        course_id=held.course_id,
        title=catalogue.title_of(course),
        starts_on=held.starts_on,
        way=Way.OWN if state is not None else _way(ctx, held, course, known),
        state=state,
    )


def _way(ctx: Ctx, held: TrainingClass, course: Course, known: Prerequisites) -> Way:
    if held.starts_on is None:
        return Way.NO_DATES
    if not offer.is_open(ctx, held):
        return Way.BY_OTHERS
    return Way.FITS if known.meets(course.prerequisites, held.starts_on) else Way.OPEN


def _nearness(one: NextClass) -> tuple[int, dt.date, int]:
    return one.way, one.starts_on or dt.date.max, one.class_id
