"""Level 3: behaviours are named, both sides answer, the officer reads and replies."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.evaluation.stages import (
    ENGAGE,
    FOLLOW_UP_PARTICIPANT,
    FOLLOW_UP_RECRUIT,
    FOLLOW_UP_SUPERVISOR,
    LEVEL_CHECK,
    RECALL,
    REFLECT,
)
from tests.cast import hold_class
from tests.conversations.actor import Actor
from tests.conversations.followed import ENDS_ON, answered, asked, name_behaviours
from tests.conversations.stage import Stage

Golden = Callable[[Stage, str], None]


@pytest.fixture
def held(stage: Stage) -> int:
    """A class that ended long enough ago not to be asked about in the usual way."""
    with stage.database.transaction() as session:
        return hold_class(stage.ctx(session), stage.ids, ENDS_ON)


async def _rate(actor: Actor, *steps: str) -> None:
    for step in steps:
        await actor.press(step)


async def test_behaviours__named_ordered_and_replaced__are_asked_so(
    stage: Stage, held: int, golden: Golden
) -> None:
    unit, rith = await stage.join("unit"), await stage.join("rith")
    await unit.say("/catalogue")
    await unit.press("VAL Customs Valuation")
    await unit.press("What people do on the job")
    await unit.press("Name one")
    await unit.type("Checks the origin before a preference")
    await unit.type("ពិនិត្យប្រភពមុនទទួលអនុគ្រោះ")
    await unit.press("Skip")
    await unit.press("Submit")
    await unit.forge(f"beh:{_course(stage)}")
    await unit.press("Name one")
    await unit.type("Writes down how a value was found")
    await unit.press("Skip")
    await unit.press("Skip")
    await unit.press("Submit")
    await unit.forge(f"beh:{_course(stage)}")
    await unit.press("Name one")
    await unit.type("checks the origin BEFORE a preference")
    await unit.press("Skip")
    await unit.press("Skip")
    await unit.press("Submit")
    await unit.press("Stop")
    await unit.press("Throw it away")
    await unit.forge(f"beh:{_course(stage)}")
    await unit.press("2. Writes down how a value was found")
    up = unit.data_of("Up")
    await unit.press("Up")
    await stage.restart()
    await unit.press_stale("Up", up)
    await unit.press("Change")
    await unit.press("1")
    await unit.type("Writes down how each value was found")
    await unit.press("Submit")
    await unit.forge(f"beh:{_course(stage)}")
    await unit.press("2. Checks the origin before a preference")
    off = unit.data_of("Take it away")
    await unit.press("Take it away")
    await unit.press_stale("Take it away", off)
    await rith.forge(f"beh:{_course(stage)}")
    golden(stage, "behaviours_named")


def _course(stage: Stage) -> int:
    from sqlmodel import select

    from bot.models.training import Course

    with stage.database.transaction(readonly=True) as session:
        return int(session.exec(select(Course.id).where(Course.code == "VAL")).one() or 0)


async def test_follow_up__answered_by_both__stands_side_by_side(
    stage: Stage, held: int, golden: Golden
) -> None:
    name_behaviours(stage)
    asked(stage, held, FOLLOW_UP_PARTICIPANT, "dara", "bopha")
    asked(stage, held, FOLLOW_UP_SUPERVISOR, "sokha:dara", "sokha:bopha", "sokha:bilal")
    dara, sokha = await stage.join("dara"), await stage.join("sokha")
    await dara.say("/tasks")
    await dara.press(dara.phone.buttons[0])
    await dara.press("Begin")
    await _rate(dara, "4", "4", "5", "5")
    await dara.press("Skip")
    await dara.press("☐ Job aids at hand")
    await dara.press("Done")
    await dara.press("Done")
    await dara.press("☐ No time")
    await dara.press("Done")
    await dara.type("I look the origin up first.")
    await dara.press("Skip")
    await dara.press("Submit")
    await sokha.say("/tasks")
    await sokha.press(sokha.phone.buttons[0])
    await sokha.press("Begin")
    await _rate(sokha, "4", "3", "3")
    old = sokha.data_of("5")
    await stage.restart()
    await _rate(sokha, "3", "4")
    await sokha.press_stale("5", old)
    await sokha.press("Done")
    await sokha.press("Done")
    await sokha.press("☐ No occasion")
    await sokha.press("Done")
    await sokha.type("Dara asks when in doubt.")
    await sokha.press("Submit")
    await sokha.press(sokha.phone.buttons[0])
    await sokha.press("I cannot judge")
    await sokha.say("/menu")
    await sokha.press("Follow-ups of my team")
    await sokha.press("Sok Dara: 2 answers")
    await sokha.press(next(label for label in sokha.phone.buttons if label.startswith("Report")))
    await sokha.forge(f"fup:{stage.ids['director']}")
    golden(stage, "follow_up_both_sides")


async def test_report__read_by_the_officer__is_replied_to_once(
    stage: Stage, held: int, golden: Golden
) -> None:
    asked(stage, held, FOLLOW_UP_RECRUIT, "sokha:dara")
    dara, sokha, unit = (
        await stage.join("dara"),
        await stage.join("sokha"),
        await stage.join("unit"),
    )
    maly = await stage.join("maly")
    await sokha.say("/tasks")
    await sokha.press(sokha.phone.buttons[0])
    await sokha.press("Begin")
    await sokha.press(
        next(label for label in sokha.phone.buttons if label not in ("Stop", "« Back"))
    )
    await _rate(sokha, "4", "4", "3", "5", "4", "5", "5", "4", "5", "4", "4")
    await sokha.type("Careful with papers.")
    await sokha.press("Skip")
    await sokha.press("Submit")
    await stage.settle()
    await dara.say("/reported")
    await dara.press(dara.phone.buttons[0])
    await dara.press("« All reports")
    await dara.press(dara.phone.buttons[0])
    await dara.press("Reply")
    again = dara.data_of("Stop")
    await stage.restart()
    await dara.type("Thank you. I would like to learn more about valuation.")
    await dara.press("Submit")
    await dara.press_stale("Stop", again)
    await unit.press("Read it")
    await dara.say("/mydata")
    await dara.press("What was reported about me")
    number = _response(stage)
    await dara.forge(f"furep:{number}")
    await maly.forge(f"fur:{number}")
    await maly.say("/reported")
    golden(stage, "follow_up_replied")


def _response(stage: Stage) -> int:
    from sqlmodel import select

    from bot.models.forms import Response

    with stage.database.transaction(readonly=True) as session:
        return int(session.exec(select(Response.id)).one() or 0)


RATED = {"content_relevance": "4", "work_performance": "4", "confidence": "5"}


async def test_follow_ups__of_a_class__are_read_and_reported_by_the_unit(
    stage: Stage, held: int, golden: Golden
) -> None:
    name_behaviours(stage)
    unit, maly = await stage.join("unit"), await stage.join("maly")
    await unit.say("/classes")
    await unit.press("VAL-1 Customs Valuation, Feb 26, 2026")
    await unit.forge(f"furpt:c:{held}")
    answered(stage, held, LEVEL_CHECK, "dara", level="2", needed="4", often_1="2", often_2="1")
    own = RATED | {"often_1": "5", "often_2": "4", "support": ["coaching"]}
    answered(stage, held, FOLLOW_UP_PARTICIPANT, "dara", **own, obstacles=["no_time"])
    other = RATED | {"often_1": "3", "often_2": "4", "remark": "Works with care."}
    answered(stage, held, FOLLOW_UP_SUPERVISOR, "sokha:dara", **other, obstacles=["no_time"])
    asked(stage, held, FOLLOW_UP_PARTICIPANT, "bopha", "bilal")
    rated = dict.fromkeys(("knowledge", "quality", "punctuality", "integrity"), "4")
    answered(stage, held, FOLLOW_UP_RECRUIT, "sokha:rith", **rated, prepared="5")
    await stage.settle()
    await unit.press("« Classes")
    await unit.press("VAL-1 Customs Valuation, Feb 26, 2026")
    await unit.press("Follow-ups")
    report = unit.data_of("Make the report")
    await unit.press("Officer by officer")
    await stage.restart()
    await unit.press_stale("Make the report", report)
    await unit.press("« Follow-ups")
    await unit.press("Make the report")
    await unit.say("/catalogue")
    await unit.press("VAL Customs Valuation")
    await unit.press("What people do on the job")
    await unit.press("Report on all classes")
    await maly.forge(f"fuc:{held}")
    await maly.forge(f"furpt:c:{held}")
    golden(stage, "follow_ups_of_class")


async def test_group__asked_before_and_after__is_read_by_the_trainer(
    stage: Stage, held: int, golden: Golden
) -> None:
    name_behaviours(stage)
    asked(stage, held, LEVEL_CHECK, "maly")
    maly, trainer = await stage.join("maly"), await stage.join("trainer")
    await maly.say("/tasks")
    await maly.press(maly.phone.buttons[0])
    await maly.press("Begin")
    await _rate(maly, "2", "3", "2", "1")
    await maly.type("Find the value of used cars")
    await maly.press("Submit")
    for prompt in (RECALL, ENGAGE, REFLECT):
        asked(stage, held, prompt, "maly")
    await maly.say("/tasks")
    await maly.press(maly.phone.buttons[0])
    await maly.press("Begin")
    await maly.press("3")
    await maly.type("Check one old file")
    await maly.press("Submit")
    await maly.press(maly.phone.buttons[0])
    await maly.press("Begin")
    await maly.press("☐ Colleagues at my office")
    await maly.press("Done")
    await maly.press("Skip")
    await maly.type("Which rate of exchange holds?")
    await maly.press("Submit")
    await stage.restart()
    await maly.press(maly.phone.buttons[0])
    await maly.press("Begin")
    await maly.press("Yes, once")
    old = maly.data_of("Partly")
    await maly.press("Partly")
    await maly.press_stale("Partly", old)
    await maly.press("Skip")
    await maly.press("Submit")
    await trainer.say("/teaching")
    await trainer.press(trainer.phone.buttons[0])
    await trainer.press("What the group says")
    await maly.forge(f"gsay:{held}")
    golden(stage, "group_says")
