"""The catalogue as the training unit keeps it: courses, what counts as one, and programs.

A course is held everywhere: members of the unit for one part of the organisation read it only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Text, Texts, _
from bot.models.records import Equivalence
from bot.models.training import Course, TrainingClass
from bot.people import access
from bot.people.access_table import Action
from bot.people.search import fold
from bot.training import catalogue, course_fields, prerequisites
from bot.training.qualifications import afterwards

LONGEST_CODE = 40
NOT_THERE = _("This course is not there any more.")


@dataclass(frozen=True, slots=True)
class CourseLine:
    """A course in a list."""

    id: int
    code: str
    title: Texts


@dataclass(frozen=True, slots=True)
class Equivalent:
    """What counts as a course: another course, or a title from elsewhere."""

    id: int
    course_id: int
    title: Texts | str
    code: str = ""


@dataclass(frozen=True, slots=True)
class CourseCard:
    """A course with everything that is said of it; blank facts are empty."""

    id: int
    code: str
    title: Texts
    category: str
    mode: str
    hours: float | None
    min_seats: int | None
    max_seats: int | None
    prerequisites: str
    objectives: str
    needs_approval: bool
    has_charter: bool
    has_certificate: bool
    reaction_required: bool
    least_attendance: int
    pass_mark: int | None
    classes: int
    equivalents: tuple[Equivalent, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """A course as it was stored; `warning` says why its prerequisites are not checked."""

    card: CourseCard
    warning: Text | None = None


def find(ctx: Ctx, search: str = "") -> list[CourseLine]:
    """Courses whose code, category or title in any language holds every word, by code."""
    access.require(ctx, Action.EDIT_CLASSES)
    wanted = fold(search).split()
    return [
        CourseLine(course.id, course.code, catalogue.title_of(course))
        for course in ctx.session.scalars(select(Course).order_by(Course.code))
        if course.id is not None and all(word in _words(course) for word in wanted)
    ]


def card(ctx: Ctx, course_id: int) -> CourseCard:
    """One course; refuses one that is not there."""
    access.require(ctx, Action.EDIT_CLASSES)
    course = row_of(ctx.session, course_id)
    held = select(func.count()).where(TrainingClass.course_id == course_id)
    facts = {name: getattr(course, name) for name in course_fields.READERS if name != "title"}
    return CourseCard(
        id=course_id,
        code=course.code,
        title=catalogue.title_of(course),
        classes=int(ctx.session.execute(held).scalar_one()),
        equivalents=_equivalents(ctx, course_id),
        **facts,
    )


def row_of(session: Session, course_id: int) -> Course:
    """The row of a course, whoever asks; refuses one that is not there."""
    course = session.get(Course, course_id)
    if course is None:
        raise Refusal(NOT_THERE)
    return course


def create(ctx: Ctx, typed: Mapping[str, Any]) -> Saved:
    """Make a course from a form's answers; refuses bad values and a code that is taken."""
    access.require(ctx, Action.SET_POLICY)
    code = code_of(typed)
    if ctx.session.scalars(select(Course.id).where(Course.code == code)).first() is not None:
        raise Refusal(_("There is a course {code} already. Give another code.", code=code))
    course = Course(code=code, **course_fields.read(typed))
    ctx.session.add(course)
    ctx.session.flush()
    audit.record(ctx, "course.created", "course", course.id, code=code)
    return _saved(ctx, course)


def edit(ctx: Ctx, course_id: int, typed: Mapping[str, Any]) -> Saved:
    """Correct a course; titles in languages that the form does not ask for stay."""
    access.require(ctx, Action.SET_POLICY)
    course = row_of(ctx.session, course_id)
    values = course_fields.read(typed)
    asked = course_fields.LANGUAGES
    others = {lang: words for lang, words in course.titles.items() if lang not in asked}
    values["titles"] = {**others, **values["titles"]}
    changed = {name: new for name, new in values.items() if getattr(course, name) != new}
    before = {name: str(getattr(course, name)) for name in changed}
    for name, new in changed.items():
        setattr(course, name, new)
    if changed:
        ctx.session.flush()
        after = {name: str(new) for name, new in changed.items()}
        audit.record(ctx, "course.corrected", "course", course_id, old=before, new=after)
    return _saved(ctx, course)


def as_typed(ctx: Ctx, course_id: int) -> dict[str, str]:
    """A course's fields to fill the form beforehand."""
    access.require(ctx, Action.SET_POLICY)
    return course_fields.as_typed(row_of(ctx.session, course_id))


def add_equivalent(ctx: Ctx, course_id: int, typed: Mapping[str, Any]) -> CourseCard:
    """Another course, or a title from elsewhere, counts as this course from now on.

    Refuses both at once, neither, the course itself, and what counts already.
    """
    access.require(ctx, Action.SET_POLICY)
    course = row_of(ctx.session, course_id)
    code, title = (str(typed.get(name) or "").strip() for name in ("course", "title"))
    if bool(code) == bool(title):
        raise Refusal(_("Name another course, or a title from elsewhere: one of the two."))
    other = _other(ctx, course, code) if code else None
    title = course_fields.line(title) if other is None else other.code
    if any(_same(row, title, other) for row in _rows(ctx, course_id)):
        raise Refusal(_("{title} counts as this course already.", title=title))
    other_id = other.id if other is not None else None
    row = Equivalence(course_id=course_id, title=title, other_course_id=other_id)
    ctx.session.add(row)
    ctx.session.flush()
    audit.record(ctx, "course.equivalent_added", "course", course_id, title=title)
    afterwards.course_counts_more(ctx, course_id)
    return card(ctx, course_id)


def drop_equivalent(ctx: Ctx, equivalence_id: int) -> CourseCard:
    """It counts as the course no longer; refuses what is gone already."""
    access.require(ctx, Action.SET_POLICY)
    row = ctx.session.get(Equivalence, equivalence_id)
    if row is None:
        raise Refusal(_("This does not count as the course any more."))
    course_id = row.course_id
    audit.record(ctx, "course.equivalent_dropped", "course", course_id, title=row.title)
    ctx.session.delete(row)
    ctx.session.flush()
    return card(ctx, course_id)


def code_of(typed: Mapping[str, Any]) -> str:
    """The code typed for something new: one word."""
    code = str(typed.get("code") or "").strip()
    if not 0 < len(code) <= LONGEST_CODE or len(code.split()) != 1:
        raise Refusal(_("Give a code of one word, of at most {most} characters.",
                        most=LONGEST_CODE))  # fmt: skip
    return code


def _saved(ctx: Ctx, course: Course) -> Saved:
    codes = ctx.session.scalars(select(Course.code)).all()
    assert course.id is not None
    fault = prerequisites.fault_in(course.prerequisites, codes)
    return Saved(card(ctx, course.id), fault)


def _other(ctx: Ctx, course: Course, code: str) -> Course:
    other = ctx.session.scalars(select(Course).where(Course.code == code)).first()
    if other is None:
        raise Refusal(_("There is no course {code}. Choose one from the list.", code=code))
    if other.id == course.id:
        raise Refusal(_("A course counts as itself already. Choose another one."))
    return other


def _rows(ctx: Ctx, course_id: int) -> list[Equivalence]:
    query = select(Equivalence).where(Equivalence.course_id == course_id)
    return list(ctx.session.scalars(query.order_by(Equivalence.id)))


def _same(row: Equivalence, title: str, other: Course | None) -> bool:
    if other is not None or row.other_course_id is not None:
        return other is not None and row.other_course_id == other.id
    return fold(row.title) == fold(title)


def _equivalents(ctx: Ctx, course_id: int) -> tuple[Equivalent, ...]:
    return tuple(_equivalent(ctx, row) for row in _rows(ctx, course_id))


def _equivalent(ctx: Ctx, row: Equivalence) -> Equivalent:
    assert row.id is not None
    if row.other_course_id is None:
        return Equivalent(row.id, row.course_id, row.title)
    other = ctx.session.get_one(Course, row.other_course_id)
    return Equivalent(row.id, row.course_id, catalogue.title_of(other), other.code)


def _words(course: Course) -> str:
    titles = " ".join((course.title, *course.titles.values()))
    return fold(f"{course.code} {course.category} {titles}")
