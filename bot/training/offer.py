"""What an officer can join: classes to come, courses, and how one class stands to the officer.

Titles are searched in every language at once, in the spelling that people are searched with.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import or_, select
from sqlmodel import Session

from bot.calendar import DAY
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Texts, _
from bot.models.people import Person
from bot.models.training import Course, Enrolment, EnrolmentState, Entry, TrainingClass
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.people.search import fold
from bot.training import catalogue
from bot.training.prerequisites import Prerequisites
from bot.training.schedule import enrolment_ends, start_of

NO_CLASS = _("This class is not there any more.")


class View(StrEnum):
    """Which part of the offer is shown; the value stands in buttons."""

    CLASSES = "a"
    OPEN = "o"
    FITS = "f"
    COURSES = "c"


@dataclass(frozen=True, slots=True)
class OfferLine:
    """A class in the list, or a course where `class_id` is None; `state` is the actor's own."""

    class_id: int | None
    course_id: int
    code: str
    title: Texts
    starts_on: dt.date | None = None
    state: EnrolmentState | None = None


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """What a course is about; `prerequisites` as the rule or words that were entered."""

    id: int
    code: str
    title: Texts
    category: str
    mode: str
    hours: float | None
    objectives: str
    prerequisites: str
    has_charter: bool


def lines(ctx: Ctx, view: View, search: str = "") -> list[OfferLine]:
    """The classes to come, or courses, that the actor may see, the next to begin first.

    A search finds classes, and the courses that have none to come.
    """
    if view is View.COURSES:
        return [] if _is_guest(ctx) else _courses(ctx, search)
    fits = _filter(ctx, view)
    found = [
        (held, course)
        for held, course in _to_come(ctx)
        if _holds_all(_class_words(held, course), search) and fits(held, course)
    ]
    shown = _with_states(ctx, found)
    if search and view is View.CLASSES and not _is_guest(ctx):
        taught = {course.id for _held, course in found}
        shown += [line for line in _courses(ctx, search) if line.course_id not in taught]
    return shown


def classes_of(ctx: Ctx, course_id: int) -> list[OfferLine]:
    """The classes to come of one course."""
    return _with_states(ctx, [pair for pair in _to_come(ctx) if pair[1].id == course_id])


def course(ctx: Ctx, course_id: int) -> CourseFacts:
    """One course; refuses one that is not there."""
    row = ctx.session.get(Course, course_id)
    if row is None or _is_guest(ctx):
        raise Refusal(_("This course is not there any more."))
    return facts_of(row)


def facts_of(row: Course) -> CourseFacts:
    """What a course is about."""
    assert row.id is not None
    return CourseFacts(
        id=row.id,
        code=row.code,
        title=catalogue.title_of(row),
        category=row.category,
        mode=row.mode,
        hours=row.hours,
        objectives=row.objectives,
        prerequisites=row.prerequisites,
        has_charter=row.has_charter,
    )


def require(ctx: Ctx, class_id: int) -> TrainingClass:
    """A class that the actor may see: one of their own, and every one that is still to come.

    A guest sees their own only.
    """
    held = ctx.session.get(TrainingClass, class_id)
    if held is not None and row_of_actor(ctx, class_id) is not None:
        return held
    if held is None or _is_guest(ctx) or not comes(ctx, held):
        raise OutOfReach(Action.USE_DESK, class_id, "class", NO_CLASS)
    return held


def row_of_actor(ctx: Ctx, class_id: int) -> Enrolment | None:
    """The actor's row on the list of a class, in whatever state."""
    return ctx.session.scalars(
        select(Enrolment).where(
            Enrolment.class_id == class_id, Enrolment.person_id == ctx.actor.person_id
        )
    ).first()


def comes(ctx: Ctx, held: TrainingClass) -> bool:
    """Whether the class is neither begun nor cancelled."""
    if held.cancelled_at is not None or held.closed_at is not None:
        return False
    starts_at = start_of(held, ctx.settings.timezone)
    return starts_at is None or starts_at > ctx.now()


def is_open(ctx: Ctx, held: TrainingClass) -> bool:
    """Whether officers may ask for a place, or show interest, by themselves."""
    if held.starts_on is None:
        return True
    ends = enrolment_ends(held, ctx.settings.timezone)
    return held.entry is Entry.OPEN and (ends is None or ctx.now() <= ends)


def _to_come(ctx: Ctx) -> list[tuple[TrainingClass, Course]]:
    """Classes that have not begun, those without dates last."""
    query = (
        select(TrainingClass, Course)
        .join(Course, Course.id == TrainingClass.course_id)
        .where(
            TrainingClass.cancelled_at.is_(None),
            TrainingClass.closed_at.is_(None),
            or_(TrainingClass.starts_on.is_(None), TrainingClass.starts_on >= _yesterday(ctx)),
        )
        .order_by(TrainingClass.starts_on.is_(None), TrainingClass.starts_on, TrainingClass.id)
    )
    if _is_guest(ctx):
        own = select(Enrolment.class_id).where(Enrolment.person_id == ctx.actor.person_id)
        query = query.where(TrainingClass.id.in_(own))
    return [(held, row) for held, row in ctx.session.execute(query) if comes(ctx, held)]


def _yesterday(ctx: Ctx) -> dt.date:
    """A date that is over in no zone in which a class can still begin."""
    return ctx.now().date() - DAY


def _filter(ctx: Ctx, view: View) -> Callable[[TrainingClass, Course], bool]:
    """Whether a class belongs to a part of the offer."""
    if view is View.OPEN:
        return lambda held, _course: is_open(ctx, held)
    if view is View.FITS and ctx.actor.person_id is not None:
        known = Prerequisites(ctx, ctx.actor.person_id)
        return lambda held, course: (
            is_open(ctx, held) and known.meets(course.prerequisites, held.starts_on or ctx.today())
        )
    return lambda _held, _course: True


def _courses(ctx: Ctx, search: str) -> list[OfferLine]:
    rows = ctx.session.scalars(select(Course).order_by(Course.code))
    return [
        OfferLine(None, row.id, row.code, catalogue.title_of(row))
        for row in rows
        if row.id is not None and _holds_all(_course_words(row), search)
    ]


def _with_states(ctx: Ctx, found: Iterable[tuple[TrainingClass, Course]]) -> list[OfferLine]:
    pairs = list(found)
    states = _states(ctx.session, ctx.actor.person_id, [held.id for held, _course in pairs])
    return [
        OfferLine(
            held.id,
            held.course_id,
            held.code,
            catalogue.title_of(row),
            held.starts_on,
            states.get(held.id),
        )
        for held, row in pairs
    ]


def _states(
    session: Session, person_id: int | None, class_ids: list[int | None]
) -> dict[int | None, EnrolmentState]:
    rows = session.execute(
        select(Enrolment.class_id, Enrolment.state).where(
            Enrolment.person_id == person_id, Enrolment.class_id.in_(class_ids)
        )
    )
    return dict(rows.all())


def _is_guest(ctx: Ctx) -> bool:
    person = ctx.session.get(Person, ctx.actor.person_id) if ctx.actor.person_id else None
    return person is not None and person.guest


def _course_words(row: Course) -> str:
    return fold(" ".join((row.code, row.title, *row.titles.values(), row.category)))


def _class_words(held: TrainingClass, row: Course) -> str:
    return f"{_course_words(row)} {fold(f'{held.code} {held.place}')}"


def _holds_all(words: str, search: str) -> bool:
    return all(word in words for word in fold(search).split())
