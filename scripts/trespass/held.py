"""A class that was held to its end in one part of the invented administration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlmodel import select

from bot.context import Actor, Ctx
from bot.models.records import Presence
from bot.models.training import Enrolment, TrainingClass
from bot.training import attendance, closing, marks

PASSED, ABSENT = ("officer1", "officer2", "paper"), "officer3"


def hold_to_the_end(ctx: Ctx, people: Mapping[str, int], class_id: int) -> int:
    """Attendance and marks of a few are noted by the trainer, who then closes the class; the id
    of its course.
    """
    trainer = replace(ctx, actor=Actor(people["trainer"], zone=ctx.actor.zone))
    held = ctx.session.get_one(TrainingClass, class_id)
    for day in attendance.days_of(ctx, held):
        for key in PASSED:
            attendance.note(trainer, _enrolment(ctx, people[key], class_id), day, Presence.PRESENT)
        attendance.note(trainer, _enrolment(ctx, people[ABSENT], class_id), day, Presence.ABSENT)
    marks.enter(trainer, _enrolment(ctx, people[PASSED[0]], class_id), {"oral": 75})
    closing.close(trainer, class_id)
    return held.course_id


def _enrolment(ctx: Ctx, person_id: int, class_id: int) -> int:
    query = select(Enrolment.id).where(
        Enrolment.person_id == person_id, Enrolment.class_id == class_id
    )
    return int(ctx.session.exec(query).one() or 0)
