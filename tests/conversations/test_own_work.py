"""The unit evaluates its own work: a course by the matrix, a year by those it concerns."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.models.training import Trainer
from tests.conversations import school
from tests.conversations.actor import Actor
from tests.conversations.stage import Stage

Golden = Callable[[Stage, str], None]


@pytest.fixture
def course(stage: Stage) -> None:
    school.hold(stage)
    school.hold(stage, "HS-1")
    with stage.database.transaction() as session:
        session.add(Trainer(code="T1", person_id=stage.ids["trainer"]))


async def answer_scales(actor: Actor) -> None:
    """“Mostly”, item after item, until something has to be typed."""
    while "3" in actor.phone.buttons:
        await actor.press("3")


async def to_courses(actor: Actor) -> None:
    await actor.forge("ownwork", "The unit's own work")
    await actor.press("Courses")


async def test_course__evaluated_and_reviewed__has_its_report(
    stage: Stage, course: None, golden: Golden
) -> None:
    unit, trainer, director = [await stage.join(who) for who in ("unit", "trainer", "director")]
    await to_courses(unit)
    await unit.type("harmonised")
    await unit.type("valuation")
    await unit.press("VAL Customs Valuation")
    behind = unit.data_of("Ask a reviewer")
    await unit.press("Evaluate it now")
    await unit.press("No")
    await unit.press("2")
    await unit.press("1")
    await stage.restart()
    await unit.press("4")
    await stage.off_record(answer_scales(unit))
    stage.write("-- All other items are answered with 3: mostly. --")
    await unit.type("The cases of our own port.", "Say what one has to know before.")
    await unit.press("Submit")
    await to_courses(unit)
    await unit.press("VAL Customs Valuation (2026)")
    await unit.press("Evaluate it now")
    await unit.press("Ask a reviewer")
    await unit.type("vanna")
    await unit.press("Prak Vanna, 1004, Poipet")
    await unit.press("Keep this answer")
    await unit.press("Submit")
    await trainer.press("Answer now")
    await trainer.press("Begin")
    await trainer.forge("owncourse:1")
    await trainer.forge("owncback:2")
    await to_courses(unit)
    await unit.press("VAL Customs Valuation (2026)")
    taking_back = unit.data_of("Take back: Prak Vanna")
    await unit.press("Take back: Prak Vanna")
    await unit.press_stale("Take back: Prak Vanna", taking_back)
    await unit.press_stale("Ask a reviewer", behind)
    await trainer.press("No")
    await to_courses(director)
    await director.press("VAL Customs Valuation (2026)")
    await director.press("Make the report")
    golden(stage, "own_course")


async def test_year__evaluated_by_those_it_concerns__has_its_report(
    stage: Stage, course: None, golden: Golden
) -> None:
    unit, trainer, dara = [await stage.join(who) for who in ("unit", "trainer", "dara")]
    await unit.forge("ownwork", "The unit's own work")
    await unit.press("The year 2026")
    await unit.forge("ownyrep:2026")
    await unit.press("Ask for answers")
    await unit.press("Ask 3 people")
    yes = unit.data_of("Ask those not asked yet").replace("ownyask", "ownyyes")
    await stage.move(days=3)
    await trainer.press("Answer now")
    await trainer.press("Begin")
    await trainer.press("As a trainer")
    await trainer.press("6")
    await stage.restart()
    await trainer.press("5")
    await stage.off_record(answer_scales(trainer))
    stage.write("-- All other questions are answered with 3: fair. --")
    await trainer.type("The classes at the ports.", "Tell changes earlier.")
    await trainer.press("Skip")
    await trainer.press("Skip")
    await trainer.press("Submit")
    await unit.press_stale("Ask those not asked yet", yes)
    await unit.press("Ask those not asked yet")
    await unit.press("« Back")
    await unit.press("Make the report")
    await dara.forge("ownyear:2026")
    await dara.forge("ownyyes:2026")
    golden(stage, "own_year")
