"""Guests of a class: a link made by the unit, opened by strangers and by an officer."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from bot.models.training import TrainingClass
from tests.cast import hold_class
from tests.conversations.stage import Actor, Stage

Golden = Callable[[Stage, str], None]


async def opens(stage: Stage, actor: Actor, start: str) -> None:
    """Open the link, whose token is another one each time."""
    stage.act(actor.name, " opens the link")
    actor.phone.text(start)
    await actor.settle()


async def test_guest__joins_by_the_link__and_sees_that_class(stage: Stage, golden: Golden) -> None:
    with stage.database.transaction() as session:
        held = hold_class(stage.ctx(session), stage.ids, dt.date(2026, 4, 10))
        session.get_one(TrainingClass, held).seats = 7
    unit, dara = await stage.join("unit"), await stage.join("dara")
    await unit.say("/classes")
    await unit.press(f"class:{held}")
    await unit.press("Who is in it")
    await unit.press("Guests")
    await unit.press("Make a link")
    words = unit.phone.last["text"]
    token = re.search(r"start=(\S+)", words)
    assert token is not None
    start = f"/start {token[1]}"
    aya = stage.stranger("Aya", "+819012345678")
    hiro = stage.stranger("Hiro", "+819087654321")
    await opens(stage, aya, start)
    await aya.type("7")
    await stage.restart()
    await aya.type("Aya Tanaka")
    await aya.press("I have read this")
    await aya.say("/courses")
    await aya.forge("c:99")
    await opens(stage, dara, start)
    await dara.forge(f"classguests:{held}")
    await opens(stage, hiro, start)
    await hiro.type("Hiro Sato")
    await unit.forge(f"classguests:{held}")
    stale = unit.data_of("End the link")
    await unit.press("End the link")
    await unit.press_stale("End the link", stale)
    golden(stage, "guests")
