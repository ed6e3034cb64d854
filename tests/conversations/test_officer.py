"""What every officer does: menu, help, own data, language, tasks, a question to the unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from tests.cast import hold_class
from tests.conversations.stage import Stage

Golden = Callable[[Stage, str], None]
ENDS_ON = dt.date(2026, 3, 2)


@pytest.fixture
def held(stage: Stage) -> int:
    with stage.database.transaction() as session:
        return hold_class(stage.ctx(session), stage.ids, ENDS_ON)


async def test_first_steps__menu_help_own_data__each_leads_on(
    stage: Stage, golden: Golden
) -> None:
    rith = await stage.join("rith")
    await rith.say("/start")
    await rith.press("Menu")
    await rith.press("What is kept about me")
    for part in [label for label in rith.phone.buttons if not label.startswith("«")]:
        await rith.press(part)
        await rith.press("« All parts")
    await rith.press("« Menu")
    await stage.restart()
    await rith.say("/help")
    await rith.press("« Menu")
    await rith.press("What is waiting for me")
    await rith.press("« Menu")
    await rith.press_stale("Add a person", "addperson")
    await rith.press_stale("An old button", "menu~1")
    await rith.say("/mydata")
    await rith.say("/menu")
    await rith.say("/privacy")
    await rith.press("What is kept about me")
    await rith.say("/nonsense")
    await rith.say("Good morning")
    await rith.forge("help")
    await rith.forge("gone:1")
    golden(stage, "first_steps")


async def test_language__changed_midway__the_open_question_follows(
    stage: Stage, held: int, golden: Golden
) -> None:
    maly = await stage.join("maly")
    await stage.move(hours=9)
    await maly.press("Answer now")
    await maly.press("Begin")
    await maly.press("4")
    stale = maly.data_of("« Back")
    await maly.say("/language")
    await maly.press("اردو")
    await stage.restart()
    await maly.press_stale("« Back", stale)
    await maly.type("۵")
    await maly.type("/language")
    await maly.press("ភាសាខ្មែរ")
    await maly.type("៤")
    await maly.forge("language:xx")
    await maly.say("/language")
    await maly.press("English")
    await maly.press("Stop")
    await maly.forge("languages")
    golden(stage, "language_midway_ur")


async def test_tasks__begun_stopped_and_taken_up__nothing_is_lost(
    stage: Stage, held: int, golden: Golden
) -> None:
    rith = await stage.join("rith")
    await rith.say("/tasks")
    await stage.move(hours=9)
    await rith.say("/tasks")
    await rith.press("What you thought of the class")
    await rith.press("Later")
    await rith.press("What you thought of the class")
    await rith.press("Begin")
    old = rith.data_of("4")
    await rith.press("4")
    await rith.press_stale("4", old)
    await rith.press("5")
    await stage.restart()
    submit = rith.data_of("Stop")
    await rith.press("Stop")
    await rith.press_stale("Stop", submit)
    draft = old.split(":")[1]
    await rith.forge(f"f:{draft}:drop", "f:(the draft):drop")
    await stage.move(days=2)
    await rith.say("/tasks")
    await rith.press(rith.phone.buttons[0])
    await rith.press("« Back")
    await rith.press("1")
    for _question in range(6):
        await rith.press("3")
    await rith.type("The exercises")
    await rith.press("Skip")
    await rith.press("9")
    await rith.type("The exercises, and the discussion of them.")
    await rith.press("Submit")
    await rith.forge("t:1")
    await rith.forge("tx:1:not_mine")
    await rith.say("/tasks")
    golden(stage, "tasks")


async def test_reminder__who_has_not_answered__is_reminded_and_nobody_else(
    stage: Stage, held: int, golden: Golden
) -> None:
    rith, trainer = await stage.join("rith"), await stage.join("trainer")
    await stage.join("dara")
    await stage.move(days=3)
    await trainer.press("Answer now")
    await trainer.press("Begin")
    for rating in "445":
        await trainer.press(rating)
    await trainer.type("A lively group.")
    await stage.restart()
    await trainer.type("nhem")
    await trainer.press(trainer.phone.buttons[0])
    await trainer.type("Should go on to the advanced course.")
    await trainer.press("Submit")
    await stage.move(days=6)
    await rith.press("Answer now", rith.phone.from_bot[-1]["id"])
    golden(stage, "reminders")


async def test_detours__in_the_middle_of_a_questionnaire__lead_back_to_it(
    stage: Stage, held: int, golden: Golden
) -> None:
    rith = await stage.join("rith")
    await stage.move(hours=9)
    await rith.press("Answer now")
    await rith.press("Begin")
    stale = rith.data_of("Stop")
    await rith.press("4")
    await rith.send_photo()
    await rith.type("5")
    await rith.say("/menu")
    await rith.press_stale("Stop", stale)
    await stage.restart()
    await rith.type("4")
    await rith.type("4")
    await rith.send_file("answers.xlsx", b"PK")
    await rith.type("3")
    await rith.type("3")
    await rith.say("/cancel")
    await rith.send_photo()
    golden(stage, "detours")
