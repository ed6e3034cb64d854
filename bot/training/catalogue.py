"""Courses and classes as small frozen cards, and the lists that show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, desc, func, or_, select

from bot.context import Ctx
from bot.i18n import Texts, Words
from bot.models.training import Course, Entry, TrainingClass
from bot.people import directory
from bot.people.access_table import Action
from bot.training import class_reach, seats, trainers
from bot.training.schedule import end_of, zone_of

PAGE = 8


@dataclass(frozen=True, slots=True)
class ClassCard:
    """A class as it is shown; `ends_at` is None without dates."""

    id: int
    code: str
    course_id: int
    title: Texts
    starts_on: dt.date | None
    ends_on: dt.date | None
    ends_at: dt.datetime | None
    zone: str
    start_time: dt.time | None
    end_time: dt.time | None
    place: str
    seats: int
    trainees: int
    trainer: Words
    coordinator: Words
    anonymous: bool
    cancelled: bool
    entry: Entry = Entry.OPEN


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class in a list."""

    id: int
    code: str
    title: Texts
    starts_on: dt.date | None
    cancelled: bool


@dataclass(frozen=True, slots=True)
class ClassPage:
    """One page of a list of classes; `number` counts from 0."""

    lines: tuple[ClassLine, ...]
    number: int
    pages: int


def title_of(course: Course) -> Texts:
    """A course's title for readers of every language."""
    return Texts.of({"en": course.title, **course.titles})


def card(ctx: Ctx, class_id: int) -> ClassCard:
    """One class; who may see it has been asked before, an unknown id is a bug."""
    session = ctx.session
    held = session.get_one(TrainingClass, class_id)
    course = session.get_one(Course, held.course_id)
    default = ctx.settings.timezone
    return ClassCard(
        id=held.id,
        code=held.code,
        course_id=held.course_id,
        title=title_of(course),
        starts_on=held.starts_on,
        ends_on=held.ends_on,
        ends_at=end_of(held, default),
        zone=zone_of(held, default),
        start_time=held.start_time,
        end_time=held.end_time,
        place=held.place,
        seats=held.seats,
        trainees=seats.taken(session, class_id),
        trainer=trainers.name_of(session, held.trainer_id),
        coordinator=(
            directory.name_of(session, held.coordinator_id) if held.coordinator_id else ""
        ),
        anonymous=course.anonymous_reaction,
        cancelled=held.cancelled_at is not None,
        entry=held.entry,
    )


def page_of(
    ctx: Ctx, allowed: ColumnElement[bool], number: int = 0, search: str = ""
) -> ClassPage:
    """The classes that `allowed` lets through, the latest first, by code or course title."""
    query = _matching(allowed, search)
    total = ctx.session.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    pages = max(1, -(-total // PAGE))
    number = min(max(number, 0), pages - 1)
    rows = ctx.session.execute(
        query.order_by(
            TrainingClass.starts_on.is_not(None),
            desc(TrainingClass.starts_on),
            desc(TrainingClass.id),
        )
        .offset(number * PAGE)
        .limit(PAGE)
    )
    return ClassPage(tuple(_line(held, course) for held, course in rows), number, pages)


def find_courses(ctx: Ctx, search: str, limit: int) -> Sequence[tuple[str, Words]]:
    """Courses whose code or title holds every word typed: code and title."""
    rows = ctx.session.scalars(
        select(Course).where(_course_matches(search)).order_by(Course.code).limit(limit)
    )
    return [(course.code, title_of(course)) for course in rows]


def visible_to_unit(ctx: Ctx, number: int = 0, search: str = "") -> ClassPage:
    """The classes that the actor may correct."""
    return page_of(ctx, class_reach.within(ctx, Action.EDIT_CLASSES), number, search)


def visible_to_reader(ctx: Ctx, number: int = 0, search: str = "") -> ClassPage:
    """The classes whose results the actor may read."""
    return page_of(ctx, class_reach.within(ctx, Action.READ_REPORTS), number, search)


def own(ctx: Ctx, number: int = 0, search: str = "") -> ClassPage:
    """The classes that the actor leads, backs up or coordinates."""
    return page_of(ctx, class_reach.own(ctx), number, search)


def _matching(allowed: ColumnElement[bool], search: str) -> Select[TrainingClass, Course]:
    words = [
        or_(
            TrainingClass.code.icontains(word, autoescape=True),
            Course.code.icontains(word, autoescape=True),
            Course.title.icontains(word, autoescape=True),
            TrainingClass.place.icontains(word, autoescape=True),
        )
        for word in search.split()
    ]
    return (
        select(TrainingClass, Course)
        .join(Course, Course.id == TrainingClass.course_id)
        .where(allowed, *words)
    )


def _course_matches(search: str) -> ColumnElement[bool]:
    return and_(
        True,
        *(
            or_(
                Course.code.icontains(word, autoescape=True),
                Course.title.icontains(word, autoescape=True),
            )
            for word in search.split()
        ),
    )


def _line(held: TrainingClass, course: Course) -> ClassLine:
    return ClassLine(
        held.id, held.code, title_of(course), held.starts_on, held.cancelled_at is not None
    )
