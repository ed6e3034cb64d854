"""What comes by itself before a class: reminders, the roster, the week to come, too few, moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from bot.models.training import Trainer, TrainingClass
from bot.training import calling_off, enrolling, telling
from tests.conversations import school
from tests.conversations.stage import Stage

Golden = Callable[[Stage, str], None]
FIRST_DAY = dt.date(2026, 3, 16)


def hold(stage: Stage, code: str = "VAL-1", seats: int = 2, least: int = 0) -> int:
    """A class with a trainer, kept by the unit's member, with all that is told of it."""
    class_id = school.hold(stage, code, seats, FIRST_DAY)
    with stage.database.transaction() as session:
        held = session.get_one(TrainingClass, class_id)
        trainer = Trainer(code=f"T-{code}", person_id=stage.ids["trainer"])
        session.add(trainer)
        session.flush()
        held.trainer_id, held.coordinator_id = trainer.id, stage.ids["unit"]
        held.start_time, held.end_time = dt.time(8), dt.time(16, 30)
        held.bring, held.least_trainees = "a calculator", least
    return class_id


async def admit(stage: Stage, class_id: int, *who: str) -> None:
    """The unit puts these people on the list."""
    with stage.database.transaction() as session:
        for key in who:
            enrolling.admit(school.acting(stage, session, "unit"), class_id, stage.ids[key])
    await stage.settle()


async def approve(stage: Stage, class_id: int, who: str) -> None:
    """Somebody asked for a place, and it was approved."""
    with stage.database.transaction() as session:
        row = enrolling.request(school.acting(stage, session, who), class_id)
        enrolling.approve(school.acting(stage, session, "unit"), row.id)
    await stage.settle()


async def move(stage: Stage, class_id: int, *weeks: int) -> None:
    """The unit moves a class, as often as weeks are given, before anybody is told."""
    with stage.database.transaction() as session:
        held = session.get_one(TrainingClass, class_id)
        for number in weeks:
            before = telling.timetable(held)
            held.starts_on += dt.timedelta(weeks=number)
            held.ends_on += dt.timedelta(weeks=number)
            telling.class_moved(school.acting(stage, session, "unit"), held, before)
    await stage.settle()


async def test_class__comes_nearer__everybody_is_told_in_time(
    stage: Stage, golden: Golden
) -> None:
    for who in ("unit", "sokha", "trainer", "rith", "maly"):
        await stage.join(who)
    dara = await stage.join("dara")
    class_id = hold(stage)
    await admit(stage, class_id, "dara", "rith")
    await approve(stage, class_id, "maly")
    await stage.move(days=7, hours=1)
    await stage.restart()
    await dara.press("I cannot come")
    await dara.press(dara.phone.buttons[0])
    await stage.move(days=7)
    golden(stage, "class_days")


async def test_class__moved_twice_then_cancelled__reminders_follow(
    stage: Stage, golden: Golden
) -> None:
    for who in ("trainer", "rith", "maly"):
        await stage.join(who)
    class_id = hold(stage)
    await admit(stage, class_id, "rith")
    await move(stage, class_id, 2, -1)
    await stage.move(days=15)
    await move(stage, class_id, 4)
    await stage.move(days=31)
    with stage.database.transaction() as session:
        calling_off.cancel(school.acting(stage, session, "unit"), class_id, "The room is flooded")
    await stage.settle()
    await stage.move(days=40)
    golden(stage, "class_moved_told")


async def test_class__cancelled_with_a_long_list__is_emptied_and_the_unit_told_when_done(
    stage: Stage, golden: Golden, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calling_off, "AT_ONCE", 1)
    unit, dara = await stage.join("unit"), await stage.join("dara")
    for who in ("rith", "maly"):
        await stage.join(who)
    class_id = hold(stage, seats=3)
    await stage.off_record(admit(stage, class_id, "dara", "rith", "maly"))
    await unit.forge(f"classoff:{class_id}")
    stale = unit.data_of("Give the reason")
    await unit.press("Give the reason")
    await stage.restart()
    await unit.type("The room is flooded")
    await unit.press("Submit")
    await unit.press_stale("Give the reason", stale)
    await dara.forge(f"classoff:{class_id}")
    golden(stage, "class_emptied")


async def test_class__with_too_few__is_reported_and_reminders_survive_an_outage(
    stage: Stage, golden: Golden
) -> None:
    for who in ("unit", "rith"):
        await stage.join(who)
    class_id = hold(stage, seats=10, least=5)
    await admit(stage, class_id, "rith")
    await stage.move(days=10)
    stage.write("-- Rollcall is down for three days --")
    stage.clock.advance(days=3)
    await stage.tick()
    await stage.move(days=5)
    golden(stage, "class_too_few")
