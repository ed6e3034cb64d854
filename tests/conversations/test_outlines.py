"""Course outlines: written, reviewed by experts, returned, approved, tried, looked at again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlmodel import select

from bot.models.people import Person
from bot.models.training import Course
from tests.conversations import school
from tests.conversations.actor import Actor
from tests.conversations.stage import Stage

Golden = Callable[[Stage, str], None]


@pytest.fixture
def english(stage: Stage) -> None:
    with stage.database.transaction() as session:
        for person in session.exec(select(Person)):
            person.language = "en"
        session.add(
            Course(
                code="VAL",
                title="Customs Valuation",
                objectives="Apply the six methods of valuation",
                min_seats=8,
                max_seats=24,
            )
        )


async def write_parts(unit: Actor) -> None:
    await unit.press("The parts")
    await unit.type("Undervaluation grows with online trade.", "Apply the six methods")
    await unit.type("Appraisers with two years at a post", "24", "8", "10", "24", "HS-1")
    await unit.press("In person")
    await unit.type("0", "3", "A visit to a bonded warehouse")
    await unit.type("Test on day 3", "Two trainers, one room, 24 laptops")
    await unit.type("Session 2: gifts from importers, as a case")
    await unit.press("Skip")
    await unit.press("Submit")


async def add_session(unit: Actor, title: str, hours: str) -> None:
    await unit.press("Add a session")
    await unit.type(title, "Know the rules\nUse them")
    await unit.press("☐ Lecture")
    await unit.press("☐ Case study")
    await unit.press("Done")
    await unit.type("Quiz on the phone", hours)
    await unit.press("Submit")
    await unit.press("The sessions")


async def name_expert(unit: Actor, typed: str, found: str) -> None:
    await unit.press("Name an expert")
    await unit.type(typed)
    await unit.press(found)
    await unit.press("Submit")
    await unit.press("The experts")


async def test_outline__written_reviewed_returned_approved_tried(
    stage: Stage, english: None, golden: Golden
) -> None:
    unit, director = await stage.join("unit"), await stage.join("director")
    sokha, dara = await stage.join("sokha"), await stage.join("dara")
    await unit.forge("outs")
    await unit.press("New outline, or new version")
    await unit.type("val")
    await unit.press("Customs Valuation")
    await unit.press("Submit")
    await unit.press("The outline")
    await write_parts(unit)
    golden(stage, "outline_made")
