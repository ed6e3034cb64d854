"""The first steps and one questionnaire as readers of Khmer and of Urdu see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from tests.cast import hold_class
from tests.conversations.stage import Stage

Golden = Callable[[Stage, str], None]


@pytest.mark.parametrize(("who", "golden_name", "digits"), [
    ("bopha", "first_week_km", "១២៣៤៥៤៣២"),
    ("bilal", "first_week_ur", "۱۲۳۴۵۴۳۲"),
])  # fmt: skip
async def test_first_week__in_ones_own_language__from_start_to_thanks(
    stage: Stage, golden: Golden, who: str, golden_name: str, digits: str
) -> None:
    with stage.database.transaction() as session:
        hold_class(stage.ctx(session), stage.ids, dt.date(2026, 3, 2))
    reader = stage.actor(who)
    reader.phone.speak("km" if golden_name.endswith("km") else "ur")
    await reader.say("/start")
    await reader.type("hello")
    await reader.share_contact()
    await reader.press(reader.phone.buttons[0])
    await reader.say("/help")
    await reader.press(reader.phone.buttons[-1])
    await stage.restart()
    await stage.move(hours=9)
    await reader.press(reader.phone.buttons[0])
    await reader.press(reader.phone.buttons[0])
    stale = reader.data_of("1")
    for digit in digits:
        await reader.type(digit)
    await reader.press_stale("1", stale)
    await reader.press(reader.phone.buttons[1])
    await reader.press(reader.phone.buttons[1])
    await reader.forge("settings")
    await reader.press(reader.phone.buttons[-3])
    await reader.say("/tasks")
    golden(stage, golden_name)
