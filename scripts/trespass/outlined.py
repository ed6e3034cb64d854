"""Outlines of courses at every stage: those of one part hold its mark."""

from __future__ import annotations

from collections.abc import Mapping

from bot.calendar import DAY
from bot.context import Ctx
from bot.models.planning import CourseOutline, OutlineReview, OutlineSession, OutlineState, Verdict
from bot.models.training import Course, TrainingClass
from bot.planning.outlines import telling

PARTS = {
    "rationale": "Needed",
    "outcomes": "Able",
    "population": "Everybody",
    "evaluation": "At the end",
    "resources": "A room",
    "integrity": "A case",
    "days": 2.0,
}
LAW = {"legal_by": "Legal office", "legal_on": "2026-02-01", "legal_words": ""}


def write(ctx: Ctx, mark: str, people: Mapping[str, int], state: OutlineState) -> None:
    """An outline of a course of its own, with a session and two experts."""
    course = Course(code=f"OUT-{people['unit']}-{state.name}", title="Course of all")
    ctx.session.add(course)
    ctx.session.flush()
    row = CourseOutline(
        course_id=course.id,
        version=1,
        state=state,
        parts={**PARTS, **LAW, "rationale": f"Needed in {mark}"},
        made_by=people["unit"],
        made_at=ctx.now(),
        review_on=ctx.today() + 300 * DAY,
        pilot_class_id=_hold(ctx, course) if state is OutlineState.PILOT else None,
    )
    ctx.session.add(row)
    ctx.session.flush()
    ctx.session.add_all(
        OutlineSession(outline_id=row.id, place=place, title=f"Session in {mark}", hours=3)
        for place in (1, 2)
    )
    for person_id in {people["officer1"], people["officer2"]}:
        review = OutlineReview(
            outline_id=row.id, person_id=person_id, asked_by=people["unit"], at=ctx.now()
        )
        if person_id == people["officer2"]:
            review.verdict, review.words = Verdict.AGREED, f"Good for {mark}"
        ctx.session.add(review)
        if state is OutlineState.IN_REVIEW:
            telling.ask_expert(ctx, row, person_id)
    ctx.session.flush()


def _hold(ctx: Ctx, course: Course) -> int | None:
    """A class of the course that began yesterday."""
    held = TrainingClass(
        course_id=course.id,
        code=course.code,
        starts_on=ctx.today() - DAY,
        ends_on=ctx.today() + DAY,
        seats=20,
    )
    ctx.session.add(held)
    ctx.session.flush()
    return held.id
