"""Curricula, and what members of the cast hold and are to earn, put there off the stage."""

from __future__ import annotations

import datetime as dt

from sqlmodel import select

from bot.models.people import Person
from bot.models.qualifications import (
    AssignedBy,
    Curriculum,
    CurriculumAssignment,
    CurriculumItem,
    RequirementKind,
)
from bot.models.records import TrainingRecord
from bot.models.training import Course
from bot.training.qualifications import earning
from tests.conversations.school import TITLES
from tests.conversations.stage import Stage


def curriculum(stage: Stage, code: str, title: str, *courses: str, **fields: object) -> int:
    """A curriculum of these courses, made where they are not there; `VAL?` is optional; its id."""
    with stage.database.transaction() as session:
        made = Curriculum(code=code, title=title, **fields)
        session.add(made)
        session.flush()
        assert made.id is not None
        for place, written in enumerate(courses):
            name = written.rstrip("?")
            course = session.exec(select(Course).where(Course.code == name)).first()
            if course is None:
                course = Course(code=name, title=TITLES[name])
                session.add(course)
                session.flush()
            item = CurriculumItem(
                curriculum_id=made.id,
                course_id=course.id,
                optional=written.endswith("?"),
                place=place,
            )
            session.add(item)
        return made.id


def complete(stage: Stage, who: str, code: str, on: dt.date) -> None:
    """Somebody has completed a course elsewhere, and earns what follows from it."""
    with stage.database.transaction() as session:
        course = session.exec(select(Course).where(Course.code == code)).one()
        person_id = stage.ids[who]
        session.add(TrainingRecord(person_id=person_id, course_id=course.id, completed_on=on))
        session.flush()
        earning.earn(stage.ctx(session), [person_id])


def require(
    stage: Stage,
    who: str,
    curriculum_id: int,
    due_on: dt.date | None,
    kind: RequirementKind = RequirementKind.CORE,
) -> None:
    """Somebody is to earn a curriculum by a day; nobody is told."""
    with stage.database.transaction() as session:
        now = stage.ctx(session).now()
        row = CurriculumAssignment(
            person_id=stage.ids[who], curriculum_id=curriculum_id, due_on=due_on, kind=kind,
            assigned_by=AssignedBy.HAND, from_on=now.date(), made_at=now,
        )  # fmt: skip
        session.add(row)


def lead(stage: Stage, who: str, *led: str) -> None:
    """From now on these people are led by somebody."""
    with stage.database.transaction() as session:
        for key in led:
            session.get_one(Person, stage.ids[key]).supervisor_id = stage.ids[who]
