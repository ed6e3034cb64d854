"""Programs: courses that belong together, in their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import _
from bot.models.records import Program, ProgramCourse
from bot.models.training import Course
from bot.people import access
from bot.people.access_table import Action
from bot.training import catalogue, course_fields, courses
from bot.training.courses import CourseLine


@dataclass(frozen=True, slots=True)
class ProgramCard:
    """A program and its courses."""

    id: int
    code: str
    title: str
    courses: tuple[CourseLine, ...]


def find(ctx: Ctx) -> list[ProgramCard]:
    """All programs, by code."""
    access.require(ctx, Action.EDIT_CLASSES)
    rows = ctx.session.scalars(select(Program).order_by(Program.code))
    return [_card(ctx, program) for program in rows]


def card(ctx: Ctx, program_id: int) -> ProgramCard:
    """One program; refuses one that is not there."""
    access.require(ctx, Action.EDIT_CLASSES)
    return _card(ctx, _program(ctx, program_id))


def create(ctx: Ctx, typed: Mapping[str, Any]) -> ProgramCard:
    """Make a program without courses; refuses a code that is taken."""
    access.require(ctx, Action.SET_POLICY)
    code, title = courses.code_of(typed), course_fields.line(str(typed.get("title") or ""))
    if not title:
        raise Refusal(_("Give the program a title."))
    if ctx.session.scalars(select(Program.id).where(Program.code == code)).first() is not None:
        raise Refusal(_("There is a program {code} already. Give another code.", code=code))
    program = Program(code=code, title=title)
    ctx.session.add(program)
    ctx.session.flush()
    audit.record(ctx, "program.created", "program", program.id, code=code)
    return _card(ctx, program)


def add_course(ctx: Ctx, program_id: int, course_code: str) -> ProgramCard:
    """Put a course at the end of a program; refuses one that is in it."""
    access.require(ctx, Action.SET_POLICY)
    program = _program(ctx, program_id)
    course_id = ctx.session.scalars(select(Course.id).where(Course.code == course_code)).first()
    if course_id is None:
        raise Refusal(_("There is no course {code}. Choose one from the list.", code=course_code))
    if ctx.session.get(ProgramCourse, (program_id, course_id)) is not None:
        raise Refusal(_("This course is in the program already."))
    last = select(func.max(ProgramCourse.place)).where(ProgramCourse.program_id == program_id)
    place = int(ctx.session.execute(last).scalar_one() or 0) + 1
    ctx.session.add(ProgramCourse(program_id=program_id, course_id=course_id, place=place))
    ctx.session.flush()
    audit.record(ctx, "program.course_added", "program", program_id, course=course_code)
    return _card(ctx, program)


def drop_course(ctx: Ctx, program_id: int, course_id: int) -> ProgramCard:
    """Take a course out of a program; nothing happens to the course itself."""
    access.require(ctx, Action.SET_POLICY)
    program = _program(ctx, program_id)
    row = ctx.session.get(ProgramCourse, (program_id, course_id))
    if row is not None:
        ctx.session.delete(row)
        ctx.session.flush()
        audit.record(ctx, "program.course_dropped", "program", program_id, course=course_id)
    return _card(ctx, program)


def _program(ctx: Ctx, program_id: int) -> Program:
    program = ctx.session.get(Program, program_id)
    if program is None:
        raise Refusal(_("This program is not there any more."))
    return program


def _card(ctx: Ctx, program: Program) -> ProgramCard:
    assert program.id is not None
    rows = ctx.session.scalars(
        select(Course)
        .join(ProgramCourse, ProgramCourse.course_id == Course.id)
        .where(ProgramCourse.program_id == program.id)
        .order_by(ProgramCourse.place, Course.id)
    )
    lines = (CourseLine(row.id, row.code, catalogue.title_of(row)) for row in rows if row.id)
    return ProgramCard(program.id, program.code, program.title, tuple(lines))
