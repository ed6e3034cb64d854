"""The training framework of a post: its courses, core or enhanced, in the order in which they are
taken, and what somebody in the post still lacks of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.impact.typed import whole_in
from bot.i18n import Texts, _
from bot.models.needs import FrameworkCourse
from bot.models.people import Person
from bot.models.qualifications import RequirementKind
from bot.models.training import Course
from bot.needs import positions
from bot.people import access
from bot.people.access_table import Action
from bot.training import catalogue, equivalence
from bot.training.qualifications import next_classes
from bot.training.qualifications.next_classes import NextClass

MOST = 60
GONE = _("The framework does not have this course any more.")


@dataclass(frozen=True, slots=True)
class FrameworkLine:
    """A course of a post's framework; `place` counts from 1."""

    id: int
    position: str
    course_id: int
    code: str
    title: Texts
    kind: RequirementKind
    place: int


@dataclass(frozen=True, slots=True)
class Step:
    """A course of somebody's framework: the day on which what counts as it was completed last, or
    the class that would bring it next.
    """

    line: FrameworkLine
    done_on: dt.date | None
    next_class: NextClass | None = None


def of_post(ctx: Ctx, position: str) -> list[FrameworkLine]:
    """The framework of a post, in its order; refuses who reads nothing of needs."""
    access.require(ctx, Action.READ_NEEDS)
    return _lines(ctx, position)


def one(ctx: Ctx, framework_id: int) -> FrameworkLine:
    """One course of a framework; refuses one that is not there any more."""
    access.require(ctx, Action.READ_NEEDS)
    row = _row(ctx, framework_id)
    return next(line for line in _lines(ctx, row.position) if line.id == framework_id)


def put(ctx: Ctx, position: str, typed: Mapping[str, Any]) -> FrameworkLine:
    """Put a course into a post's framework, or at another place or as another kind than before.

    Without a place it comes last. Refuses a course that is not there, and too many.
    """
    access.require(ctx, Action.EDIT_COMPETENCIES)
    code = str(typed.get("course") or "")
    course_id = ctx.session.scalars(select(Course.id).where(Course.code == code)).first()
    if course_id is None:
        raise Refusal(_("Choose a course from the list."))
    kind = _kind(typed)
    position = positions.spelt(ctx.session, FrameworkCourse, position)
    rows = _rows(ctx, position)
    row = next((each for each in rows if each.course_id == course_id), None)
    if row is None and len(rows) >= MOST:
        raise Refusal(_("A framework has at most {count} courses.", count=MOST))
    others = [each for each in rows if each is not row]
    usual = row.place if row is not None else len(others) + 1
    place = whole_in({"place": typed.get("place") or usual}, "place", 1, MOST)
    row = row or FrameworkCourse(position=position, course_id=course_id)
    row.kind = kind
    others.insert(min(place, len(others) + 1) - 1, row)
    _number(ctx, others)
    audit.record(ctx, "framework.set", "course", course_id, position=position, kind=kind.value,
                 place=row.place)  # fmt: skip
    assert row.id is not None
    return one(ctx, row.id)


def drop(ctx: Ctx, framework_id: int) -> str:
    """Take a course out of a framework; what was completed stays. The post's name."""
    access.require(ctx, Action.EDIT_COMPETENCIES)
    row = _row(ctx, framework_id)
    position = row.position
    audit.record(ctx, "framework.dropped", "course", row.course_id, position=position)
    ctx.session.delete(row)
    ctx.session.flush()
    _number(ctx, _rows(ctx, position))
    return position


def as_typed(ctx: Ctx, framework_id: int) -> dict[str, str]:
    """A course of a framework, to fill the form beforehand."""
    access.require(ctx, Action.EDIT_COMPETENCIES)
    line = one(ctx, framework_id)
    return {"course": line.code, "kind": line.kind.value, "place": str(line.place)}


def steps(ctx: Ctx, person_id: int) -> list[Step]:
    """How far somebody is with the framework of their post, with the next class of each course
    that is lacking. For themself, and those who may read what they need.
    """
    if person_id != ctx.actor.person_id:
        access.require(ctx, Action.READ_NEEDS, person_id)
    person = ctx.session.get_one(Person, person_id)
    lines = _lines(ctx, person.position) if person.position else []
    learned = equivalence.learned(ctx.session, person_id)
    done = {line.course_id: learned.last(line.course_id, ctx.today()) for line in lines}
    lacking = [course_id for course_id, day in done.items() if day is None]
    classes = next_classes.next_of(ctx, person_id, lacking) if lacking else {}
    return [Step(line, done[line.course_id], classes.get(line.course_id)) for line in lines]


def _kind(typed: Mapping[str, Any]) -> RequirementKind:
    kind = str(typed.get("kind") or RequirementKind.CORE)
    if kind not in set(RequirementKind):
        raise Refusal(_("Choose whether it is core or enhanced."))
    return RequirementKind(kind)


def _number(ctx: Ctx, rows: list[FrameworkCourse]) -> None:
    for place, row in enumerate(rows, 1):
        row.place = place
        ctx.session.add(row)
    ctx.session.flush()


def _rows(ctx: Ctx, position: str) -> list[FrameworkCourse]:
    query = select(FrameworkCourse).where(FrameworkCourse.position == position)
    return list(ctx.session.scalars(query.order_by(FrameworkCourse.place, FrameworkCourse.id)))


def _row(ctx: Ctx, framework_id: int) -> FrameworkCourse:
    row = ctx.session.get(FrameworkCourse, framework_id)
    if row is None:
        raise Refusal(GONE)
    return row


def _lines(ctx: Ctx, position: str) -> list[FrameworkLine]:
    position = positions.spelt(ctx.session, FrameworkCourse, position)
    rows = ctx.session.execute(
        select(FrameworkCourse, Course)
        .join(Course, Course.id == FrameworkCourse.course_id)
        .where(FrameworkCourse.position == position)
        .order_by(FrameworkCourse.place, FrameworkCourse.id)
    )
    return [
        FrameworkLine(
            row.id or 0,
            position,
            row.course_id,
            course.code,
            catalogue.title_of(course),
            row.kind,
            place,
        )
        for place, (row, course) in enumerate(rows, 1)
    ]
