"""The main job from the end of a class to its report, on phones, with a clock that moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from tests.cast import TRAINEES, hold_class
from tests.conversations.stage import Actor, Stage

ENDS_ON = dt.date(2026, 3, 6)


async def answer_all(actor: Actor, rating: str) -> None:
    """Answer every rating alike, leave the comments out, and submit."""
    phone = actor.phone
    await actor.press(phone.buttons[0])
    await actor.press(phone.buttons[0])
    while phone.buttons[:1] == ["1"] and len(phone.buttons) < 9:
        await actor.press(rating)
    while len(phone.buttons) == 3:
        await actor.press(phone.buttons[1])
    await actor.press(phone.buttons[-3])


async def test_main_job__six_answer__report_is_read(
    stage: Stage, golden: Callable[[Stage, str], None]
) -> None:
    with stage.database.transaction() as session:
        hold_class(stage.ctx(session), stage.ids, ENDS_ON)
    trainees = [await stage.join(who) for who in TRAINEES]
    unit = await stage.join("unit")
    await stage.join("trainer")
    await stage.move(days=5)
    await answer_all(trainees[0], "4")
    await stage.restart()
    for trainee, rating in zip(trainees[1:], "35445", strict=True):
        await answer_all(trainee, rating)
    await stage.move(days=8)
    await unit.press(unit.phone.buttons[0])
    golden(stage, "main_job")
