"""The unit's classes on a phone: moved, copied, fewer seats, who is on the list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from sqlmodel import select

from bot.models.training import Course, Enrolment, TrainingClass
from bot.training import enrolling
from tests.cast import hold_class, read_english
from tests.conversations.stage import Stage

Golden = Callable[[Stage, str], None]
ENDS_ON = dt.date(2026, 4, 10)


@pytest.fixture
def held(stage: Stage) -> int:
    """A class of six, to begin in five weeks, whose seats are all taken."""
    with stage.database.transaction() as session:
        read_english(session)
        class_id = hold_class(stage.ctx(session), stage.ids, ENDS_ON)
        session.get_one(TrainingClass, class_id).seats = 6
        return class_id


def another(stage: Stage, code: str, starts_on: dt.date, **fields: object) -> int:
    """One more class of the same course."""
    with stage.database.transaction() as session:
        course = session.exec(select(Course)).first()
        ends_on = starts_on + dt.timedelta(days=4)
        made = TrainingClass(
            code=code, course_id=course.id, starts_on=starts_on, ends_on=ends_on, **fields
        )
        session.add(made)
        session.flush()
        return int(made.id or 0)


async def test_class__moved_and_given_seats__who_is_in_it_is_told(
    stage: Stage, held: int, golden: Golden
) -> None:
    with stage.database.transaction() as session:
        ctx = stage.ctx(session)
        enrolling.order(ctx, held, stage.ids["sokha"])
    another(stage, "VAL-2", dt.date(2026, 4, 8), seats=5, place="Hall B")
    unit, dara, sokha = [await stage.join(who) for who in ("unit", "dara", "sokha")]
    await unit.say("/classes")
    await unit.press(f"class:{held}")
    await unit.press("Correct")
    await unit.press("1")
    await unit.type("2026-04-07")
    await unit.press("7")
    await unit.type("hall b")
    await unit.press("8")
    await unit.type("5")
    await unit.press("Submit")
    await unit.press("8")
    await unit.type("7")
    await unit.press("17")
    await unit.type("A calculator")
    await unit.press("Submit")
    await unit.say("/classes")
    await unit.press(f"class:{held}")
    golden(stage, "class_moved")


async def test_class__given_dates__its_interested_people_are_asked(
    stage: Stage, held: int, golden: Golden
) -> None:
    gathers = another(stage, "VAL-2", dt.date(2026, 5, 4), seats=5)
    with stage.database.transaction() as session:
        found = session.get_one(TrainingClass, gathers)
        found.starts_on = found.ends_on = None
    unit, dara = await stage.join("unit"), await stage.join("dara")
    await dara.forge(f"c:{gathers}")
    await dara.press("Show interest")
    await unit.forge(f"editclass:{gathers}")
    await unit.press("1")
    await unit.type("2026-05-04")
    await unit.press("Submit")
    await unit.press("2")
    await unit.type("2026-05-08")
    await unit.press("Submit")
    await dara.press(dara.phone.buttons[0])
    await dara.press(dara.phone.buttons[0])
    golden(stage, "class_given_dates")


async def test_class__copied__stands_with_its_own_dates(
    stage: Stage, held: int, golden: Golden
) -> None:
    unit = await stage.join("unit")
    await unit.say("/classes")
    await unit.press(f"class:{held}")
    await unit.press("Copy the class")
    await unit.type("VAL-1", "2026-04-08", "2026-04-12")
    await unit.press("Submit")
    await unit.press("1")
    await unit.type("VAL-9")
    await unit.press("Submit")
    await unit.say("/classes")
    await unit.press(unit.phone.buttons[0])
    golden(stage, "class_copied")


async def test_seats__fewer_than_taken__last_one_leaves_with_the_seat(
    stage: Stage, held: int, golden: Golden
) -> None:
    with stage.database.transaction() as session:
        at = stage.clock.now()
        for number, row in enumerate(session.exec(select(Enrolment))):
            row.approved_at = at + dt.timedelta(days=number)
        enrolling.order(stage.ctx(session), held, stage.ids["sokha"])
    unit, last = await stage.join("unit"), await stage.join("ayesha")
    await unit.say("/classes")
    await unit.press(f"class:{held}")
    await unit.press("Fewer seats")
    await unit.press(unit.phone.buttons[0])
    stale = unit.data_of("Take off, with the seat")
    await unit.press("« Seats")
    await unit.press(unit.phone.buttons[0])
    await stage.restart()
    await unit.press_stale("Take off, with the seat", stale)
    await unit.press("Take off, with the seat")
    await unit.forge(stale.partition(":")[0] + ":1000", "classcutyes of nobody")
    await last.forge(f"classseats:{held}")
    golden(stage, "class_fewer_seats")


async def test_list__wait_list_order_and_other_class__on_the_phone(
    stage: Stage, held: int, golden: Golden
) -> None:
    another(stage, "VAL-2", dt.date(2026, 5, 4), seats=5)
    with stage.database.transaction() as session:
        for row in session.exec(select(Enrolment)).all()[4:]:
            session.delete(row)
        session.get_one(TrainingClass, held).seats = 4
    unit = await stage.join("unit")
    maly, ayesha = await stage.join("maly"), await stage.join("ayesha")
    with stage.database.transaction() as session:
        ctx = stage.ctx(session)
        for key in ("maly", "ayesha"):
            enrolling.order(ctx, held, stage.ids[key]).required = key == "ayesha"
    await stage.off_record(stage.settle())
    await unit.say("/classes")
    await unit.press(f"class:{held}")
    await unit.press("Who is in it")
    await unit.press("Ouk Maly: number 2 on the wait list")
    await unit.press("Order to attend")
    stale = unit.data_of("Take off the list")
    await unit.press("How it came about")
    await unit.forge(f"members:{held}:0")
    await unit.press("Sok Dara: enrolled")
    await unit.press_stale("Take off the list", stale)
    await unit.press("To another class")
    await stage.restart()
    await unit.press("VAL-2, May 4, 2026: 5 seats free")
    await unit.forge(f"classmoveto:1:{held}")
    await ayesha.forge("classorder:1")
    await maly.forge("classmove:1")
    golden(stage, "class_list_decided")
