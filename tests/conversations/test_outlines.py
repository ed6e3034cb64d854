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
    await unit.type("Appraisers with two years at a post", "8", "4", "24", "HS-1")
    await unit.press("In person")
    await unit.type("0", "3", "A visit to a bonded warehouse")
    await unit.type("Test on day 3", "Two trainers, one room, 24 laptops")
    await unit.type("Session 2: gifts from importers, as a case")
    await unit.press("Skip")
    await unit.press("Submit")


async def add_session(unit: Actor, title: str, *hours: str) -> None:
    await unit.press("Add a session")
    await unit.type(title, "Know the rules\nUse them")
    await unit.press("☐ Lecture")
    await unit.press("☐ Case study")
    await unit.press("Done")
    await unit.type("Quiz on the phone", *hours)
    await unit.press("Submit")
    await unit.press("The sessions")


async def name_expert(unit: Actor, typed: str, found: str) -> None:
    await unit.press("Name an expert")
    await unit.type(typed)
    await unit.press(found)
    await unit.press("Submit")
    await unit.press("The experts")


async def answer_in_words(expert: Actor, verdict: str, words: str) -> None:
    await expert.press("Answer in words")
    await expert.press(verdict)
    await expert.type(words)
    await expert.press("Submit")


async def test_outline__written_reviewed_returned_approved(
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
    await unit.press("The outline")
    await unit.press("Sessions: 0")
    await add_session(unit, "Rules of valuation", "6")
    await add_session(unit, "Cases", "0", "7.5")
    await add_session(unit, "Opening", "1.5")
    await unit.press("3. Opening, 1.5 h")
    await unit.press("Earlier")
    await unit.press("Earlier")
    await unit.press("Later")
    stale = unit.data_of("Take it out")
    await unit.press("Change it")
    await unit.press("1")
    await unit.type("Opening and expectations")
    await stage.restart()
    await unit.press("Submit")
    await unit.press("The session")
    await unit.press_stale("Take it out", stale)
    await unit.press("Take it out")
    await unit.press("« The outline")
    await unit.press("Send to the experts")
    await unit.press("Experts: 0")
    await name_expert(unit, "rith", "Nhem Rith, 1014, Poipet")
    await unit.press("Do not ask Nhem Rith")
    await name_expert(unit, "sokha", "Keo Sokha, 1003, Poipet")
    await name_expert(unit, "dara", "Sok Dara, 1011, Poipet")
    await unit.forge("outlxnew:1")
    await unit.type("ratana")
    await unit.press("Meas Ratana, 1002, Poipet")
    await unit.press("Submit")
    await unit.forge("outl:1")
    await dara.forge("outlrv:1")
    await unit.press("Send to the experts")
    await unit.forge("outlparts:1")
    await unit.forge("outlsub:1")
    await sokha.press("Open it")
    stale = sokha.data_of("I agree")
    await answer_in_words(sokha, "No, something is to be changed", "Half the hours are cases.")
    await sokha.press("Outlines to review")
    await sokha.press_stale("I agree", stale)
    await dara.press("Open it")
    await stage.restart()
    await dara.press("As a document")
    await dara.press("I agree")
    await unit.press("Open it")
    await unit.press("Checked against the law")
    await unit.type("Legal office, Ms Prak", "2026-03-20", "2026-03-01", "Customs Law, article 12")
    await unit.press("Submit")
    await unit.press("The outline")
    await unit.press("Read it")
    await unit.press("« The outline")
    stale = unit.data_of("Hand it in for approval")
    await unit.press("Hand it in for approval")
    await unit.press_stale("Hand it in for approval", stale)
    await director.press("Open it")
    await stage.restart()
    stale = director.data_of("Approve")
    await director.press("Return it")
    await director.type("Two days are enough.")
    await director.press("Submit")
    await director.press("Outlines to approve")
    await director.press_stale("Approve", stale)
    await director.forge("outldok:1:0")
    await unit.press("Open it")
    await unit.press("The parts")
    await unit.press("8")
    await unit.type("2")
    await unit.press("Submit")
    await unit.press("The outline")
    await unit.press("Send to the experts")
    await sokha.forge("outlrv:1")
    await sokha.press("I agree")
    await dara.forge("outlrv:1")
    await dara.press("I agree")
    await unit.forge("outlsub:1")
    await unit.forge("outllaw:1")
    await unit.type("Legal office, Ms Prak", "2026-03-02")
    await unit.press("Skip")
    await unit.press("Submit")
    await unit.forge("outlsub:1")
    await director.forge("outld")
    await director.press("VAL, version 1: waits for approval")
    await director.press("As a document")
    await director.press("Approve")
    await unit.press("Open it")
    await unit.press("Take it into the catalogue")
    await unit.forge("outldoc:1")
    await dara.forge("outl:1")
    await sokha.forge("outldec:1")
    golden(stage, "outline_approved")


async def begun(stage: Stage, unit: Actor, expert: Actor) -> None:
    """An outline of two sessions to which an expert has agreed."""
    await unit.forge("outnew")
    await unit.press("Customs Valuation")
    await unit.press("Submit")
    await unit.press("The outline")
    await write_parts(unit)
    await unit.forge("outls:1")
    await add_session(unit, "Rules of valuation", "6")
    await unit.forge("outlx:1")
    await name_expert(unit, "sokha", "Keo Sokha, 1003, Poipet")
    await unit.forge("outllaw:1")
    await unit.type("Legal office", "2026-03-01")
    await unit.press("Skip")
    await unit.press("Submit")
    await unit.forge("outlsend:1")
    await expert.forge("outlrv:1")
    await expert.press("I agree")


async def test_outline__decided_by_letter_tried_and_looked_at_again(
    stage: Stage, english: None, golden: Golden
) -> None:
    unit, sokha = await stage.join("unit"), await stage.join("sokha")
    director = await stage.join("director")
    held = school.hold(stage)
    await stage.off_record(begun(stage, unit, sokha))
    await unit.forge("outl:1")
    await unit.press("Take it back to change it")
    await unit.press("Send to the experts")
    await sokha.forge("outlr")
    await sokha.press("VAL, version 1: with the experts (waits)")
    await sokha.press("I agree")
    await unit.forge("outlsub:1")
    await unit.press("A signed letter decides")
    await unit.press("It is returned")
    await unit.type("41/2026", "2026-03-03", "2026-03-02", "Name the laptops.")
    await unit.press("Submit")
    await unit.press("The outline")
    await unit.press("Send to the experts")
    await sokha.forge("outlrv:1")
    await sokha.press("I agree")
    await unit.forge("outlsub:1")
    await unit.press("A signed letter decides")
    await unit.press("The outline is approved")
    await unit.type("44/2026", "2026-03-02")
    await stage.restart()
    await unit.press("Submit")
    await unit.press("The outline")
    await unit.press("Choose the pilot class")
    stale = unit.data_of("VAL-1, Mar 23, 2026")
    await unit.press("VAL-1, Mar 23, 2026")
    await unit.press_stale("VAL-1, Mar 23, 2026", stale)
    await unit.press("Report on the pilot")
    await school.order(stage, held, "dara")
    await stage.move(days=28)
    await unit.forge("outl:1")
    await unit.press("Report on the pilot")
    await unit.type("The hours were too short.", "Most passed the test.")
    await unit.press("No, a new version is needed")
    await unit.type("One more session of cases.")
    await unit.press("Submit")
    await unit.press("The outline")
    await unit.press("New version")
    await unit.forge("outs:0:val")
    await unit.press("VAL, version 2: draft")
    await unit.press("Throw it away")
    await unit.press("Throw it away")
    await unit.type("no such course")
    await unit.forge("outl:1")
    await unit.press("Report on the pilot")
    await unit.type("All as planned.", "All passed the test.")
    await unit.press("Yes, it is validated")
    await unit.press("Submit")
    await unit.press("The outline")
    await unit.press("Read it")
    await director.forge("outld")
    await director.press("VAL, version 1: validated")
    golden(stage, "outline_tried")


async def approve_by_letter(unit: Actor) -> None:
    await unit.forge("outlsub:1")
    await unit.press("A signed letter decides")
    await unit.press("The outline is approved")
    await unit.type("44/2026", "2026-03-02")
    await unit.press("Submit")


async def test_outline__after_a_year__is_looked_at_again(
    stage: Stage, english: None, golden: Golden
) -> None:
    unit, sokha = await stage.join("unit"), await stage.join("sokha")
    await stage.off_record(begun(stage, unit, sokha))
    await stage.off_record(approve_by_letter(unit))
    await stage.move(days=364)
    await stage.move(days=1)
    await unit.press("Open it")
    await unit.press("Looked at: it stays")
    await stage.restart()
    await unit.type("The law has not changed.")
    await unit.press("Submit")
    await unit.press("The outline")
    await unit.press("New version")
    await unit.forge("outlnext:1")
    await unit.forge("outl:2")
    golden(stage, "outline_year_after")
