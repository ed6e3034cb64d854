"""Conversations in which something goes wrong: refused, stale, restarted in the middle."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from sqlmodel import select

from bot.models.people import FocalPoint, Grant, Person, Role
from bot.models.training import Course
from tests.cast import hold_class
from tests.conversations.stage import Stage

Golden = Callable[[Stage, str], None]
ENDS_ON = dt.date(2026, 3, 2)


async def test_question__taken_by_one_member__cannot_be_answered_by_another(
    stage: Stage, golden: Golden
) -> None:
    with stage.database.transaction() as session:
        granted = Grant(
            person_id=stage.ids["director"], role=Role.UNIT, granted_at=stage.clock.now()
        )
        session.add(granted)
    unit, director, rith = [await stage.join(who) for who in ("unit", "director", "rith")]
    await rith.say("/menu")
    await rith.press("Ask the training unit")
    await stage.restart()
    await rith.type("Is there a room in Poipet for twelve?")
    stale = rith.data_of("Submit")
    await rith.press("Submit")
    await rith.press_stale("Submit", stale)
    await unit.press("I take it")
    give = unit.data_of("Give it back")
    await director.press("Answer")
    await unit.press("Give it back")
    await unit.press_stale("Give it back", give)
    await director.press("Answer")
    await director.press("Stop")
    await director.press("Go on")
    await stage.restart()
    await director.type("Yes, the training hall.")
    await director.press("Submit")
    await unit.forge("question:1:answer")
    await rith.press("That answers it")
    await rith.press("That answers it", rith.phone.from_bot[-2]["id"])
    await rith.forge("ask:99")
    await unit.forge("ask:1")
    golden(stage, "question_between_two")


async def test_paper__keyed_in_by_two__counts_once(stage: Stage, golden: Golden) -> None:
    with stage.database.transaction() as session:
        hold_class(stage.ctx(session), stage.ids, ENDS_ON)
        session.exec(select(Course)).one().anonymous_reaction = False
        office = session.get_one(Person, stage.ids["sokha"]).unit_id
        session.add(FocalPoint(person_id=stage.ids["sokha"], unit_id=office))
    sokha, unit, rith = [await stage.join(who) for who in ("sokha", "unit", "rith")]
    await stage.move(hours=9)
    await rith.forge("keyin")
    await sokha.say("/menu")
    await sokha.press("Key in answers from paper")
    name = next(label for label in sokha.phone.buttons if label.startswith("Ouk Maly"))
    await sokha.press(name)
    await sokha.press("Begin")
    stale = sokha.data_of("4")
    await sokha.press("4")
    await sokha.press_stale("4", stale)
    await stage.restart()
    for rating in "45455":
        await sokha.press(rating)
    await unit.say("/keyin")
    await unit.press(name)
    await unit.press("« Back")
    await sokha.press("3")
    for label in ("Skip", "Skip", "Skip", "Submit"):
        await sokha.press(label)
    await unit.press(name)
    golden(stage, "paper_keyed_in_twice")


async def test_leaver__taken_off_on_a_slow_phone__nothing_happens_twice(
    stage: Stage, golden: Golden
) -> None:
    unit, dara = await stage.join("unit"), await stage.join("dara")
    await unit.say("/menu")
    await unit.press("People and accounts")
    await unit.press("People")
    await unit.type("dara")
    await unit.press("Sok Dara, Poipet")
    await unit.press("Take off the roster")
    stale = unit.data_of("Died")
    await unit.press("« Keep on the roster")
    await unit.press_stale("Died", stale)
    await unit.press("Take off the roster")
    await stage.restart()
    await unit.press("Left for another service")
    await dara.say("/menu")
    await dara.share_contact()
    await unit.forge(f"takeoff:{stage.ids['dara']}:gossip")
    await unit.forge(f"unlink:{stage.ids['unit']}:yes")
    golden(stage, "leaver")
