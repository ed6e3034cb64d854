"""An outline as it is written: begun from the course or the version before, its parts changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, func, select, update

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import _
from bot.models.planning import CourseOutline, OutlineReview, OutlineSession, OutlineState
from bot.models.training import Course
from bot.people import access
from bot.people.access_table import Action
from bot.planning.outlines import cards, reaching, states
from bot.planning.outlines.cards import OutlineCard
from bot.planning.outlines.states import Act
from bot.planning.outlines.typed import parts_in
from bot.planning.outlines.words import LEGAL, NUMBERS, TEXTS
from bot.training import courses


def begin(ctx: Ctx, course_code: str) -> OutlineCard:
    """Begin the outline of a course, or a new version of the one that is in force.

    What the catalogue or the version before says is there already. Refuses a course that is
    not there, and one whose outline is being written.
    """
    access.require(ctx, Action.EDIT_OUTLINES)
    course = _held_course(ctx, course_code)
    if _under_way(ctx, course) is not None:
        raise Refusal(
            _("The outline of {code} is being written already. Open it in the list.",
              code=course.code)
        )  # fmt: skip
    before = _in_force(ctx, course)
    row = CourseOutline(
        course_id=course.id,
        version=_last_version(ctx, course) + 1,
        parts=_parts_before(course, before),
        made_by=ctx.actor.person_id,
        made_at=ctx.now(),
    )
    ctx.session.add(row)
    ctx.session.flush()
    if before is not None:
        _copy_sessions(ctx, before, row)
    audit.record(ctx, "outline.begun", reaching.KIND, row.id, version=row.version)
    return cards.read(ctx, row)


def write(ctx: Ctx, outline_id: int, typed: Mapping[str, Any]) -> OutlineCard:
    """Put down all parts as a form gives them; refuses who may not, and bad values."""
    row = reaching.require_writer(ctx, outline_id, Act.WRITE)
    row.parts = parts_in(typed)
    ctx.session.flush()
    audit.record(ctx, "outline.written", reaching.KIND, row.id)
    return cards.read(ctx, row)


def as_typed(ctx: Ctx, outline_id: int) -> dict[str, str]:
    """The parts to fill the form beforehand."""
    parts = reaching.require_writer(ctx, outline_id, Act.WRITE).parts
    shown = {name: str(parts[name]) for name in TEXTS if parts.get(name)}
    shown |= {name: f"{parts[name]:g}" for name in NUMBERS if parts.get(name) is not None}
    if parts.get("mode"):
        shown["mode"] = str(parts["mode"]).replace(" ", "_")
    return shown


def changed(ctx: Ctx, row: CourseOutline) -> None:
    """What is to be done after each change: the check against the law was of other words."""
    row.parts = {name: value for name, value in row.parts.items() if name not in LEGAL}
    ctx.session.flush()


def drop(ctx: Ctx, outline_id: int) -> None:
    """Throw away what was never approved, with its sessions and what experts said."""
    row = reaching.require_writer(ctx, outline_id, Act.DROP)
    audit.record(ctx, "outline.dropped", reaching.KIND, row.id, version=row.version)
    for table in (OutlineSession, OutlineReview):
        ctx.session.execute(delete(table).where(table.outline_id == outline_id))
    ctx.session.delete(row)
    ctx.session.flush()


def replace_earlier(ctx: Ctx, row: CourseOutline) -> None:
    """Of a course one outline is in force: the versions before this one are not any more."""
    ctx.session.execute(
        update(CourseOutline)
        .where(
            CourseOutline.course_id == row.course_id,
            CourseOutline.id != row.id,
            CourseOutline.state.in_(states.IN_FORCE),
        )
        .values(state=OutlineState.REPLACED, review_on=None)
    )


def into_catalogue(ctx: Ctx, outline_id: int) -> OutlineCard:
    """The catalogue says of the course what its outline in force does: hours, seats, outcomes.

    Refuses all but headquarters, and outlines that are not in force. What is needed beforehand
    stays: there it is a rule, here words.
    """
    access.require(ctx, Action.SET_POLICY)
    row = reaching.require_writer(ctx, outline_id, Act.LOOK_AGAIN)
    found = cards.read(ctx, row)
    typed = courses.as_typed(ctx, row.course_id)
    said = {
        "hours": f"{found.hours:g}" if found.hours else "",
        "min_seats": row.parts.get("least"),
        "max_seats": row.parts.get("most"),
        "objectives": row.parts.get("outcomes"),
    }
    typed |= {name: str(value) for name, value in said.items() if value}
    courses.edit(ctx, row.course_id, typed)
    return found


def _held_course(ctx: Ctx, code: str) -> Course:
    query = select(Course).where(Course.code == code).with_for_update()
    course = ctx.session.scalars(query).first()
    if course is None:
        raise Refusal(_("There is no course {code}. Choose one from the list.", code=code))
    return course


def _under_way(ctx: Ctx, course: Course) -> int | None:
    return ctx.session.scalars(
        select(CourseOutline.id).where(
            CourseOutline.course_id == course.id, CourseOutline.state.in_(states.UNDER_WAY)
        )
    ).first()


def _in_force(ctx: Ctx, course: Course) -> CourseOutline | None:
    return ctx.session.scalars(
        select(CourseOutline).where(
            CourseOutline.course_id == course.id, CourseOutline.state.in_(states.IN_FORCE)
        )
    ).first()


def _last_version(ctx: Ctx, course: Course) -> int:
    highest = select(func.max(CourseOutline.version)).where(CourseOutline.course_id == course.id)
    return ctx.session.execute(highest).scalar_one() or 0


def _parts_before(course: Course, before: CourseOutline | None) -> dict[str, Any]:
    if before is not None:
        kept = (*TEXTS, *NUMBERS, "mode")
        return {name: before.parts[name] for name in kept if name in before.parts}
    said = {
        "outcomes": course.objectives,
        "prerequisites": course.prerequisites,
        "mode": course.mode,
        "least": course.min_seats,
        "most": course.max_seats,
    }
    return {name: value for name, value in said.items() if value}


def _copy_sessions(ctx: Ctx, before: CourseOutline, row: CourseOutline) -> None:
    assert before.id is not None
    ctx.session.add_all(
        OutlineSession(
            outline_id=row.id,
            place=one.place,
            title=one.title,
            objectives=one.objectives,
            methods=one.methods,
            hours=one.hours,
        )
        for one in cards.sessions(ctx, before.id)
    )
    ctx.session.flush()
