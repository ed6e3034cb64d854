"""What is done off the stage with classes: held, asked for, ordered, by people of the cast."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlmodel import Session, select

from bot.context import Actor, Ctx
from bot.models.people import Person
from bot.models.training import Course, TrainingClass
from bot.training import enrolling
from tests.cast import ZONE
from tests.conversations.stage import Stage

FIRST_DAY = dt.date(2026, 3, 23)


def acting(stage: Stage, session: Session, who: str) -> Ctx:
    """The context of what this member of the cast does."""
    actor = Actor(stage.ids[who], language="en", zone=ZONE)
    return replace(stage.ctx(session), actor=actor)


def hold(
    stage: Stage, code: str = "VAL-1", seats: int = 10, first_day: dt.date = FIRST_DAY
) -> int:
    """A class of five days of the course that its code begins with; its id."""
    with stage.database.transaction() as session:
        course_code = code.partition("-")[0]
        course = session.exec(select(Course).where(Course.code == course_code)).first()
        if course is None:
            course = Course(code=course_code, title=TITLES[course_code], hours=20)
            session.add(course)
            session.flush()
        held = TrainingClass(
            code=code,
            course_id=course.id,
            starts_on=first_day,
            ends_on=first_day + dt.timedelta(days=4),
            place="Training Centre",
            seats=seats,
        )
        session.add(held)
        session.flush()
        assert held.id is not None
        return held.id


TITLES = {"VAL": "Customs Valuation", "HS": "Harmonized System", "IPR": "Counterfeit Goods"}


async def request(stage: Stage, class_id: int, *who: str) -> None:
    """These people ask for a place, all before anybody is told."""
    with stage.database.transaction() as session:
        for key in who:
            enrolling.request(acting(stage, session, key), class_id)
    await stage.settle()


async def order(stage: Stage, class_id: int, who: str) -> None:
    """The training unit orders somebody to attend."""
    with stage.database.transaction() as session:
        enrolling.order(acting(stage, session, "unit"), class_id, stage.ids[who], "12/2026")
    await stage.settle()


def person(session: Session, stage: Stage, who: str) -> Person:
    return session.get_one(Person, stage.ids[who])
