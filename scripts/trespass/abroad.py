"""What a class of a course that others offer has: an offer, guests, who is interested."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from bot.context import Ctx
from bot.models.records import Equivalence, Program, ProgramCourse
from bot.models.training import ClassInvite, Course, Enrolment, EnrolmentState, TrainingClass


def offer_abroad(ctx: Ctx, course: Course) -> None:
    """The course is offered by others; a title counts as it, and it is in a program."""
    course.mode = "foreign offer"
    program = Program(code="BASIC", title="Basic Training")
    ctx.session.add(program)
    ctx.session.flush()
    assert course.id is not None
    assert program.id is not None
    ctx.session.add(Equivalence(course_id=course.id, title="A certificate from elsewhere"))
    ctx.session.add(ProgramCourse(program_id=program.id, course_id=course.id, place=1))
    ctx.session.flush()


def invite_guests(ctx: Ctx, mark: str, people: Mapping[str, int], class_id: int) -> None:
    """The class has a donor, a link for guests, and somebody who is interested in it."""
    ctx.session.get_one(TrainingClass, class_id).offer = {"donor": f"A donor of {mark}"}
    ctx.session.add(
        Enrolment(
            class_id=class_id,
            person_id=people["focal"],
            state=EnrolmentState.INTERESTED,
            changed_at=ctx.now(),
        )
    )
    ctx.session.add(
        ClassInvite(
            token=f"{mark}-guests",
            class_id=class_id,
            made_by=people["unit"],
            made_at=ctx.now(),
            expires_at=ctx.now() + dt.timedelta(days=20),
        )
    )
    ctx.session.flush()
