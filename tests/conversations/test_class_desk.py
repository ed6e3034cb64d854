"""The unit's classes on a phone: made, corrected, their lists, questionnaires taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from sqlmodel import select

from bot.models.evaluation import Assignment
from bot.models.people import FocalPoint, Person
from bot.models.training import Course, Enrolment, EnrolmentState
from tests.cast import TRAINEES, hold_class
from tests.conversations.stage import Actor, Stage

ENDS_ON = dt.date(2026, 3, 2)
Golden = Callable[[Stage, str], None]


async def type_in(stage: Stage, actor: Actor, *lines: str) -> None:
    """Type line after line, each a moment after the question was shown."""
    for words in lines:
        stage.clock.advance(seconds=2)
        await actor.say(words)


def _starting(actor: Actor, words: str) -> str:
    """The label of the first button that begins with these words."""
    return next(label for label in actor.phone.buttons if label.startswith(words))


@pytest.fixture
def held(stage: Stage) -> int:
    with stage.database.transaction() as session:
        return hold_class(stage.ctx(session), stage.ids, ENDS_ON)


async def test_class__corrected_on_the_phone__dates_and_list_change(
    stage: Stage, held: int, golden: Golden
) -> None:
    unit = await stage.join("unit")
    await unit.say("/classes")
    await unit.press("VAL-1 Customs Valuation, Feb 26, 2026")
    await unit.press("Correct")
    await unit.press("2")
    await type_in(stage, unit, "2026-02-20")
    await type_in(stage, unit, "2026-03-05")
    await unit.press("Submit")
    await unit.say("/classes")
    await unit.press(f"class:{held}")
    await unit.press("Who is in it")
    await unit.press("Nhem Rith: enrolled")
    await unit.press("did not come")
    await unit.press("« List")
    await unit.press("Sok Dara: enrolled")
    await unit.press("Take off the list")
    await unit.press("Add somebody")
    await type_in(stage, unit, "sokha")
    await unit.press("Keo Sokha, 1003, Poipet")
    await unit.press("Submit")
    golden(stage, "class_corrected")


async def test_class__made_on_the_phone__stands_in_the_list(
    stage: Stage, held: int, golden: Golden
) -> None:
    unit = await stage.join("unit")
    await unit.say("/classes")
    await unit.press("New class")
    await type_in(stage, unit, "VAL-1")
    await type_in(stage, unit, "valuation")
    await unit.press("Customs Valuation")
    await type_in(stage, unit, "2026-04-06")
    await type_in(stage, unit, "2026-04-10")
    await unit.press("Skip")
    await type_in(stage, unit, "16:30")
    await type_in(stage, unit, "fiji")
    await unit.press("Pacific/Fiji")
    await type_in(stage, unit, "Suva")
    await type_in(stage, unit, "20")
    await type_in(stage, unit, "prak")
    await unit.press("Prak Vanna, T1")
    await unit.press("Skip")
    await unit.press("They are nominated")
    await type_in(stage, unit, "12/2026")
    await unit.press("Yes")
    await type_in(stage, unit, "2026-04-20", "8")
    for day in ("Monday", "Wednesday", "Friday"):
        await unit.press(f"☐ {day}")
    await unit.press("Done")
    await unit.press("English")
    await type_in(stage, unit, "Second of 2026", "A calculator")
    await unit.press("Skip")
    await unit.press("Submit")
    await unit.press("15")
    await type_in(stage, unit, "2026-04-01")
    await unit.press("Submit")
    await unit.press("1")
    await type_in(stage, unit, "VAL-2")
    await unit.press("Submit")
    await unit.say("/classes")
    await unit.press(_starting(unit, "VAL-2"))
    golden(stage, "class_made")


async def test_questionnaire__sent_by_mistake__is_taken_back(
    stage: Stage, held: int, golden: Golden
) -> None:
    unit, dara = await stage.join("unit"), await stage.join("dara")
    await stage.move(hours=9)
    await unit.say("/classes")
    await unit.press(f"class:{held}")
    await unit.press("Take a questionnaire back")
    await unit.press("What you thought of the class")
    await unit.press("Take it back")
    await dara.press("Answer now")
    golden(stage, "questionnaire_recalled")


async def test_small_group__nobody_is_asked__the_interview_is_recorded(
    stage: Stage, held: int, golden: Golden
) -> None:
    with stage.database.transaction() as session:
        for row in session.exec(select(Enrolment).where(Enrolment.class_id == held)).all()[:3]:
            row.state = EnrolmentState.NO_SHOW
    unit = await stage.join("unit")
    for who in TRAINEES:
        await stage.join(who)
    await stage.move(hours=9)
    await unit.press("Record the interview")
    await type_in(stage, unit, "2026-03-02")
    await type_in(stage, unit, "3")
    await unit.press("4")
    await type_in(stage, unit, "All three value goods every day.")
    for _question in range(4):
        await unit.press("Skip")
    await unit.press("Submit")
    golden(stage, "small_group")


async def test_paper__named_answers__are_keyed_in_by_the_focal_point(
    stage: Stage, held: int, golden: Golden
) -> None:
    with stage.database.transaction() as session:
        session.exec(select(Course)).one().anonymous_reaction = False
        unit_id = session.get_one(Person, stage.ids["sokha"]).unit_id
        session.add(FocalPoint(person_id=stage.ids["sokha"], unit_id=unit_id))
    sokha = await stage.join("sokha")
    await stage.join("dara")
    await stage.move(hours=9)
    await sokha.say("/keyin")
    await sokha.press(_starting(sokha, "Nhem"))
    await sokha.press("« Back")
    await sokha.press(_starting(sokha, "Nhem"))
    await sokha.press("Begin")
    await sokha.press("4")
    stale = sokha.data_of("« Back")
    await sokha.press("2")
    await sokha.press_stale("« Back", stale)
    await stage.restart()
    for _question in range(6):
        await sokha.press("4")
    await sokha.press("Skip")
    await sokha.press("Skip")
    await sokha.press("Submit")
    await sokha.say("/keyin")
    with stage.database.transaction(readonly=True) as session:
        dara = select(Assignment.id).where(Assignment.person_id == stage.ids["dara"])
        of_dara = session.exec(dara).one()
    await sokha.forge(f"keygo:{of_dara}")
    golden(stage, "keyed_in")


async def test_trainer__own_class__notes_attendance(
    stage: Stage, held: int, golden: Golden
) -> None:
    trainer = await stage.join("trainer")
    await trainer.say("/teaching")
    await trainer.press(f"myclass:{held}")
    await trainer.press("Who is in it")
    await trainer.press("Nhem Rith: enrolled")
    await trainer.press("partly attended")
    await trainer.press("« List")
    await trainer.press("« Class VAL-1")
    golden(stage, "trainer_attendance")


async def test_executive__the_year__is_read(stage: Stage, held: int, golden: Golden) -> None:
    director = await stage.join("director")
    await director.say("/reports")
    await director.press("The last twelve months")
    await stage.move(days=9)
    await director.say("/reports")
    await director.press(f"results:{held}")
    await director.press("« Reports")
    await director.press("The last twelve months")
    golden(stage, "executive_year")
