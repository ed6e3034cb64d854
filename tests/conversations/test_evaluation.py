"""What is asked after a course: set by the training unit, and asked when it is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from sqlmodel import select

from bot.models.training import Course, Enrolment, TrainingClass
from tests.cast import hold_class, read_english
from tests.conversations.actor import Actor
from tests.conversations.stage import Stage

Golden = Callable[[Stage, str], None]
ENDS_ON = dt.date(2026, 3, 6)


@pytest.fixture
def held(stage: Stage) -> int:
    """A class of the basic course for six officers of Sokha's; everybody reads English."""
    with stage.database.transaction() as session:
        read_english(session)
        class_id = hold_class(stage.ctx(session), stage.ids, ENDS_ON)
        session.exec(select(Course)).one().category = "Basic"
        session.add(Course(code="HS", title="Harmonized System", category="Technical"))
        return class_id


def leave_class(stage: Stage, class_id: int, *who: str) -> None:
    """These have never been in the class."""
    with stage.database.transaction() as session:
        for key in who:
            session.delete(
                session.exec(
                    select(Enrolment).where(
                        Enrolment.class_id == class_id, Enrolment.person_id == stage.ids[key]
                    )
                ).one()
            )


def move_class(stage: Stage, class_id: int, starts_on: dt.date) -> None:
    """Correct the dates off the stage; nobody is told."""
    with stage.database.transaction() as session:
        held = session.get_one(TrainingClass, class_id)
        held.starts_on, held.ends_on = starts_on, starts_on + dt.timedelta(days=4)


async def open_menu(unit: Actor) -> None:
    await unit.say("/menu")
    await unit.press("Questionnaires and questions")


async def test_rules__seen_switched_and_shifted__after_what_follows_was_shown(
    stage: Stage, held: int, golden: Golden
) -> None:
    leave_class(stage, held, "bopha", "bilal", "maly", "ayesha")
    await stage.move_to(dt.datetime(2026, 4, 7, 3, tzinfo=dt.UTC))
    unit, rith = await stage.join("unit"), await stage.join("rith")
    await stage.off_record(open_menu(unit))
    await unit.press("What is asked after a course")
    await unit.press("Basic (1 course)")
    await unit.press("9")
    old = unit.data_of("Switch off")
    await unit.press("Switch off")
    await unit.press("« Leave it")
    await unit.press("Months")
    await unit.type("a quarter")
    await stage.restart()
    await unit.type("30")
    await unit.type("3")
    await unit.press("Change it")
    await unit.press_stale("Change it", "evyes:1:follow_up_participant:m:3~1")
    await unit.press("As for every type of course")
    await unit.press("Change it")
    await unit.press("Days open")
    await unit.type("២១")
    await unit.press("« Basic (1 course)")
    await unit.press("4")
    await unit.press("Switch off")
    await unit.press("« Basic (1 course)")
    await unit.press("« Types of course")
    await unit.press("Every type of course")
    await unit.press("1")
    await unit.press("Days")
    await unit.type("14")
    await unit.press("« Every type of course")
    await unit.press("12")
    await unit.press("Switch on")
    await unit.forge("evrule:0:nothing")
    await unit.forge("evtype:77")
    await unit.forge("evset:0:level_check:d:-2")
    await stage.off_record(unit.forge(f"class:{held}"))
    await unit.press("What is asked, and when")
    await rith.forge(f"evwhen:{held}")
    await rith.forge(old)
    golden(stage, "evaluation_set")


async def test_class__from_level_check_to_the_month_after__is_asked_by_itself(
    stage: Stage, held: int, golden: Golden
) -> None:
    leave_class(stage, held, "bopha", "bilal", "ayesha")
    move_class(stage, held, dt.date(2026, 3, 16))
    sokha, dara = await stage.join("sokha"), await stage.join("dara")
    await stage.move_to(dt.datetime(2026, 3, 12, 3, tzinfo=dt.UTC))
    move_class(stage, held, dt.date(2026, 3, 30))
    await stage.move_to(dt.datetime(2026, 3, 13, 3, tzinfo=dt.UTC))
    await dara.press("Answer now")
    await stage.move_to(dt.datetime(2026, 5, 6, 3, tzinfo=dt.UTC))
    await sokha.press("Show my tasks")
    golden(stage, "evaluation_asked")
