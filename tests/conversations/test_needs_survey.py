"""The yearly survey of needs in the chat: planned, opened, answered, followed, closed; and what
reaches it on other ways.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from bot.models.needs import Competency, PositionLevel
from bot.models.training import Trainer
from bot.needs import rounds
from tests.conversations import school
from tests.conversations.actor import Actor
from tests.conversations.stage import Stage

FIRST, LAST = dt.date(2026, 4, 6), dt.date(2026, 4, 26)
FIGURES = b"kind,staff_no,competency,count\nerrors,1011,HS,7\nappraisal,1014,ORIGIN,1\n"
Golden = Callable[[Stage, str], None]


@pytest.fixture
def required(stage: Stage) -> None:
    """Officers need to classify goods and to know where they come from."""
    with stage.database.transaction() as session:
        for place, (code, name) in enumerate(
            (("HS", "Classification of goods"), ("ORIGIN", "Rules of origin"))
        ):
            row = Competency(code=code, name=name)
            session.add(row)
            session.flush()
            session.add(
                PositionLevel(
                    position="Officer", competency_id=row.id, level=3, importance=5 - place
                )
            )


async def send_figures(unit: Actor) -> None:
    """Which kinds of files there are stands in another transcript."""
    await unit.send_file("figures.csv", FIGURES)
    await unit.press("Poor appraisals and errors counted")


async def test_survey__planned_answered_and_closed(
    stage: Stage, required: None, golden: Golden
) -> None:
    unit, director, sokha, dara = [
        await stage.join(who) for who in ("unit", "director", "sokha", "dara")
    ]
    await unit.forge("nrounds")
    await unit.press("Plan the survey for 2027")
    await unit.type("2026-03-09", "2026-03-01", "2026-03-29")
    await unit.press("Submit")
    await unit.press("The survey")
    await unit.press("Open it today")
    begun = unit.data_of("Open it today")
    await unit.press("« Back")
    await dara.forge("nround:1")
    await dara.forge("nropen:1")
    await sokha.forge("nropen:1:1")
    await stage.move(days=7)
    await unit.press_stale("Open it today", begun)
    await dara.press("Answer now")
    await dara.press("Begin")
    await dara.press("3")
    await stage.restart()
    await dara.press("1")
    await dara.type("Dangerous goods")
    await dara.press("Very important")
    await dara.press("Skip")
    await dara.type("The scanner has been broken for a month.")
    await dara.press("Submit")
    await director.press("What your office needs")
    await director.press("Begin")
    await director.type("A new risk system.", "Data analysis", "twelve", "12")
    await director.press("New systems or equipment")
    await director.press("Urgent")
    await director.press("Skip")
    await director.press("Skip")
    await director.press("Skip")
    await director.press("Submit")
    await director.press("Next: 1 more is waiting")
    await unit.forge("nround:1")
    await unit.press("By office")
    await unit.press("Poipet: 2 of 11 (18%)")
    await unit.forge("nrposts:1")
    await unit.press("« Back")
    await unit.press("Make the report")
    await sokha.forge("nround:1")
    await sokha.forge("nrwho:1:1")
    await dara.say("/need")
    await dara.press("Change my answers: What you need to learn")
    await dara.press("3")
    await dara.type("Dangerous goods and their marks")
    await dara.press("Submit")
    await stage.move(days=8)
    await unit.forge("nround:1")
    await unit.press("Change the days")
    await unit.type("2026-03-09", "2026-03-22")
    await unit.press("Submit")
    await unit.press("The survey")
    await unit.press("Close it")
    closing = unit.data_of("Close it today")
    await unit.press("Close it today")
    await unit.press_stale("Close it today", closing)
    await director.press("Begin")
    await dara.say("/tasks")
    golden(stage, "needs_survey")


async def test_told__in_between__waits_for_the_survey(stage: Stage, golden: Golden) -> None:
    unit, sokha, dara = [await stage.join(who) for who in ("unit", "sokha", "dara")]
    await dara.say("/need")
    await dara.press("Tell a need")
    await dara.type("How to read a bill of lading")
    await stage.restart()
    await dara.press("Useful")
    await dara.press("Submit")
    await dara.press("What I told")
    taking_back = dara.data_of("Take back 1")
    await dara.press("Take back 1")
    await dara.press_stale("Take back 1", taking_back)
    await dara.say("/need Dangerous goods")
    await sokha.forge("need")
    await sokha.press("Tell a need")
    await sokha.press("One of my people")
    await sokha.type("dara")
    await sokha.press("Sok Dara, 1011, Poipet")
    await sokha.type("Writing reports")
    await sokha.press("Important")
    await sokha.press("Submit")
    await sokha.forge("needback:2")
    await sokha.press("What I told")
    await sokha.press("Tell a need")
    await sokha.press("My team")
    await sokha.type("5", "Working with the new scanner")
    await sokha.press("Urgent")
    await sokha.press("Submit")
    await unit.forge("nrplan")
    await unit.press("Keep this answer")
    await unit.press("Keep this answer")
    await unit.press("Submit")
    await unit.press("The survey")
    await unit.press("Take it out")
    await unit.press("« Survey of needs")
    await unit.press("Plan the survey for 2027")
    await unit.press("Keep this answer")
    await unit.press("Keep this answer")
    await unit.press("Submit")
    await unit.press("The survey")
    await unit.press("Open it today")
    await unit.press("Open it today")
    await sokha.forge("need")
    await sokha.forge("needback:3")
    golden(stage, "needs_told")


async def test_evidence__meeting_figures_and_a_partner__reach_the_survey(
    stage: Stage, required: None, golden: Golden
) -> None:
    unit, director, sokha = [await stage.join(who) for who in ("unit", "director", "sokha")]
    with stage.database.transaction() as session:
        rounds.plan(school.acting(stage, session, "unit"), FIRST, LAST)
    await unit.forge("nmeets")
    await unit.press("Record a meeting")
    await unit.type("mekong")
    await unit.press("Mekong")
    await unit.type("2026-03-02", "Heads of clearance", "Post clearance audit")
    await unit.press("Skip")
    await unit.type("12")
    await unit.press("Very important")
    await unit.press("Skip")
    await unit.press("Skip")
    await unit.press("Submit")
    await unit.press("The meeting")
    await unit.press("Take it out")
    taking_out = unit.data_of("Take it out")
    await unit.press("« Back")
    await unit.press_stale("Take it out", taking_out)
    await unit.forge("perf")
    await unit.press("Enter a figure")
    await unit.press("Errors")
    await unit.type("dara")
    await unit.press("Sok Dara, 1011, Poipet")
    await unit.press("Classification of goods")
    await unit.type("7", "Report of February")
    await unit.press("Submit")
    await unit.press("Figures of performance")
    await unit.press("Take out 1")
    await stage.off_record(send_figures(unit))
    stage.write("-- The file with the figures of two people is sent, as any file is. --")
    await unit.press("Take it")
    await unit.forge("perf")
    await sokha.forge("perf")
    await sokha.forge("nmeet:1")
    await sokha.forge("donor:1")
    await unit.forge("donors")
    await unit.press("Keep a survey")
    await unit.type("World Customs Organization", "Needs of 2027", "2026-03-20")
    await stage.restart()
    await unit.type("Which subjects do your offices need?")
    await unit.send_file("survey.pdf", b"%PDF-1.4 survey")
    await unit.press("Submit")
    await unit.press("The partner's survey")
    await unit.press("Send me the file")
    await unit.forge("donor:1")
    await unit.press("Ask the offices")
    asking = unit.data_of("Ask 1 head")
    await unit.press("Ask 1 head")
    await unit.press_stale("Ask 1 head", asking)
    await stage.move(days=3)
    await director.press("Answer now")
    await director.press("Begin")
    await director.press("Next")
    await director.type("Laboratory", "6")
    await director.press("Urgent")
    await director.press("Skip")
    await director.press("Submit")
    await stage.move(days=12)
    await unit.press("Open it")
    await unit.press("Answer it")
    await unit.press("Submit")
    await unit.press("The partner's survey")
    await director.forge("donorans:1")
    golden(stage, "needs_evidence")


async def test_roles__supervisor_and_trainer__answer_in_a_row(
    stage: Stage, required: None, golden: Golden
) -> None:
    sokha, trainer = [await stage.join(who) for who in ("sokha", "trainer")]
    with stage.database.transaction() as session:
        session.add(Trainer(code="T1", person_id=stage.ids["trainer"]))
        session.flush()
        ctx = school.acting(stage, session, "unit")
        rounds.open_now(ctx, rounds.plan(ctx, FIRST, LAST).id)
    await stage.settle()
    await trainer.press("What you need as a trainer")
    await trainer.press("Begin")
    await trainer.press("☐ Teaching online")
    await trainer.press("Done")
    await trainer.type("Valuation")
    await trainer.press("Useful")
    await trainer.press("Skip")
    await trainer.type("The headings of chapter 84")
    await trainer.press("Very important")
    await trainer.press("Skip")
    await trainer.press("Skip")
    await trainer.press("Submit")
    await trainer.press("Next: 1 more is waiting")
    await sokha.press("Answer now")
    await sokha.press("Begin")
    await sokha.press("4")
    await sokha.press("Skip")
    await sokha.press("Skip")
    await sokha.type("Origin of textiles", "5")
    await sokha.press("Urgent")
    await sokha.press("Skip")
    await sokha.type("Three of us share one computer.")
    await sokha.press("Submit")
    golden(stage, "needs_roles")


async def test_unplanned__the_time_comes_near__the_unit_is_told(
    stage: Stage, required: None, golden: Golden
) -> None:
    unit = await stage.join("unit")
    await stage.move_to(dt.datetime(2026, 9, 25, 3, tzinfo=dt.UTC))
    await unit.press("Plan it")
    await unit.press("Keep this answer")
    await unit.press("Keep this answer")
    await unit.press("Submit")
    golden(stage, "needs_unplanned")
