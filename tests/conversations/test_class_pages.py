"""Pages about classes: the unit's, the trainer's, the executive's, and their reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from tests.cast import TRAINEES, hold_class, read_english
from tests.conversations.stage import Actor, Stage

Golden = Callable[[Stage, str], None]
ENDS_ON = dt.date(2026, 3, 2)


@pytest.fixture
def held(stage: Stage) -> int:
    with stage.database.transaction() as session:
        read_english(session)
        return hold_class(stage.ctx(session), stage.ids, ENDS_ON)


async def answer(actor: Actor, ratings: str) -> None:
    """Answer the trainee's questionnaire off the record."""
    for label in ("Answer now", "Begin", *ratings, "Skip", "Skip", "Submit"):
        actor.phone.press(label)
        await actor.settle()


async def test_class__cancelled_and_held_after_all__by_the_unit(
    stage: Stage, held: int, golden: Golden
) -> None:
    unit, dara = await stage.join("unit"), await stage.join("dara")
    await dara.forge("classes")
    await unit.say("/classes")
    await unit.type("nothing like it")
    await unit.type("val")
    await unit.press(unit.phone.buttons[0])
    await unit.press("Ask by name")
    await unit.press("Ask without names")
    await unit.press("Take a questionnaire back")
    await unit.press("Remarks")
    await unit.press("« Class")
    await unit.press("Cancel the class")
    stale = unit.data_of("Give the reason")
    await unit.press("« Back")
    await unit.press("Cancel the class")
    await stage.restart()
    await unit.press_stale("Give the reason", stale)
    await unit.press("Give the reason")
    await unit.type("The hall is flooded")
    await unit.press("Submit")
    await unit.say("/classes")
    await unit.press(unit.phone.buttons[0])
    await unit.press("Hold it after all")
    await unit.press("« Back")
    await unit.press("Hold it after all")
    await unit.press("Hold the class")
    await unit.forge("class:99")
    golden(stage, "class_cancelled")


async def test_reports__read_by_trainer_executive_and_unit__after_closing_only(
    stage: Stage, held: int, golden: Golden
) -> None:
    people = {who: await stage.join(who) for who in TRAINEES}
    trainer, director = await stage.join("trainer"), await stage.join("director")
    await trainer.say("/teaching")
    await trainer.type("val")
    await trainer.press(trainer.phone.buttons[0])
    await trainer.press("Who is in it")
    await trainer.press("Ouk Maly: enrolled")
    await trainer.press("did not come")
    await trainer.press("« List")
    await trainer.press("« Class VAL-1")
    await stage.move(hours=9)
    await trainer.press("Answer now")
    await trainer.press("Begin")
    for rating in "455":
        await trainer.press(rating)
    await trainer.press("Skip")
    await trainer.type("dara")
    await trainer.press(trainer.phone.buttons[0])
    await trainer.type("Could teach this himself.")
    await trainer.press("Submit")
    for who in ("rith", "dara", "bopha", "bilal", "ayesha"):
        await stage.off_record(answer(people[who], "43345543"))
    await trainer.say("/teaching")
    await trainer.press(trainer.phone.buttons[0])
    await trainer.forge(f"rep:{held}")
    await stage.restart()
    await stage.move(days=8)
    await trainer.press("Make the report")
    await trainer.press("« My classes")
    await people["dara"].forge(f"rep:{held}")
    await director.say("/reports")
    await director.type("origin")
    await director.forge("reports")
    await director.press(director.phone.buttons[0])
    stale = director.data_of("Make the report")
    await director.press("« Reports")
    await director.press_stale("Make the report", stale)
    await director.press(director.phone.buttons[0])
    await director.press("Make the report")
    await director.forge(f"remarks:{held}")
    unit = await stage.join("unit")
    await unit.forge(f"remarks:{held}")
    golden(stage, "reports_read")


async def test_interviews__recorded_twice__are_shown_to_unit_and_trainer(
    stage: Stage, held: int, golden: Golden
) -> None:
    unit, trainer = await stage.join("unit"), await stage.join("trainer")
    await unit.forge(f"iview:{held}")
    await unit.press("Keep this answer")
    await unit.type("many", "60", "3")
    await stage.restart()
    await unit.press("4")
    stale = unit.data_of("« Back")
    await unit.type("Useful every day.")
    await unit.press_stale("« Back", stale)
    for _question in range(4):
        await unit.press("Skip")
    await unit.press("Submit")
    await unit.forge(f"iview:{held}")
    await unit.press("Record another one")
    await unit.press("Stop")
    drop = unit.data_of("Throw it away")
    await unit.press("Throw it away")
    await unit.press_stale("Throw it away", drop)
    await trainer.forge(f"iview:{held}")
    await trainer.forge(f"class:{held}")
    golden(stage, "interviews")
