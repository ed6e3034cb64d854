"""Messages to many on the phones: drafted, approved, sent, corrected, withdrawn, reported."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlmodel import select

from bot.campaigns.audiences import saved
from bot.forms.versions import publish
from bot.models.people import Person
from bot.models.system import PolicyValue
from tests.conversations import school
from tests.conversations.messages import (
    TRAINEES,
    add_class_and_picture,
    add_questionnaire,
    addressed,
    choose_time,
    correct,
    draft,
    send_again_and_stop,
)
from tests.conversations.stage import Stage
from tests.unit.forms.making import form_of, survey

Golden = Callable[[Stage, str], None]
SCANNERS = survey(
    "type | name | label | required",
    "integer | scanners | How many scanners work at your post? | yes",
    "text | more | What else? | ",
    settings=("form_title | form_id", "Scanners | scanners"),
)


@pytest.fixture
def held(stage: Stage) -> int:
    """A class to call people to; everybody reads English but Bopha, who reads Khmer, and Rith
    serves where it is night when the others work.
    """
    with stage.database.transaction() as session:
        for person in session.exec(select(Person)):
            person.language = "km" if person.id == stage.ids["bopha"] else "en"
        session.get_one(Person, stage.ids["rith"]).timezone = "America/New_York"
    return school.hold(stage, seats=2)


def unmoved(stage: Stage) -> None:
    """Where what is shown has not changed since, Telegram says so; that does no harm."""
    stage.expected_refusals = [
        (one.method, one.description)
        for one in stage.server.refusals
        if "message is not modified" in one.description
    ]


async def test_message__drafted_part_by_part__tried_and_sent(
    stage: Stage, held: int, golden: Golden
) -> None:
    unit, dara = await stage.join("unit"), await stage.join("dara")
    bopha = await stage.join("bopha")
    await draft(unit, "Scanner", "The scanner is out of order until Friday.")
    await unit.press("To whom")
    await unit.type("everybody in Poipet")
    await unit.type('unit "Poipet" and not staff 1002')
    await unit.press("« The draft")
    await unit.press("Texts")
    await unit.press("Write: ភាសាខ្មែរ")
    await unit.type("ម៉ាស៊ីនស្កេនខូចរហូតដល់ថ្ងៃសុក្រ។")
    await stage.restart()
    await unit.press("Submit")
    await unit.press("« Scanner")
    await unit.press("Texts")
    await unit.press("For all others: ភាសាខ្មែរ")
    await unit.press("For all others: English")
    await unit.press("« The draft")
    await unit.press("Buttons")
    await unit.press("☐ Confirm: read and understood")
    await unit.press("« The draft")
    await unit.press("As somebody sees it")
    await unit.type("nobody")
    await unit.type("bopha")
    await unit.press("Chea Bopha, Poipet")
    await unit.press("« The message")
    await unit.press("Test to me")
    await unit.press("Send")
    stale = unit.data_of("Send to 9 people")
    await unit.press("« The draft")
    await unit.press_stale("Send to 9 people", stale)
    await unit.press("Send")
    await unit.press("Send to 9 people")
    await stage.move(minutes=1)
    await dara.press("Read and understood")
    await dara.press("Read and understood")
    await bopha.press(bopha.phone.buttons[0])
    await unit.forge("bcread:1")
    await unit.forge("bc:1")
    unmoved(stage)
    golden(stage, "message_sent")


async def test_call__with_picture_and_class__paused_corrected_stopped_and_sent_again(
    stage: Stage, held: int, golden: Golden
) -> None:
    with stage.database.transaction() as session:
        saved.create(school.acting(stage, session, "unit"), "Trainees", TRAINEES)
    unit, dara = await stage.join("unit"), await stage.join("dara")
    rith = await stage.join("rith")
    await draft(unit, "Valuation", "Valuation begins in three weeks.", "A call to a class")
    await unit.press("To whom")
    await unit.press("“Trainees”")
    await unit.press("« The draft")
    await add_class_and_picture(stage, unit)
    await unit.press("Send")
    await unit.press("Send to 6 people")
    await stage.move(minutes=1)
    await dara.press("Ask for a place")
    await unit.forge("bc:1")
    stale = unit.data_of("Pause")
    await unit.press("Pause")
    await stage.move(hours=10)
    await unit.forge("bc:1")
    await unit.press_stale("Pause", stale)
    await unit.press("Go on sending")
    await correct(stage, unit)
    await stage.move(minutes=1)
    await send_again_and_stop(unit)
    await stage.move(minutes=1)
    await unit.forge("bc:1")
    await unit.press("Make the report")
    await unit.press("Withdraw the message")
    await unit.type("The room is not free")
    await unit.press("Submit")
    await stage.move(minutes=1)
    await dara.forge("bcreport:1")
    await rith.forge("bcpause:1")
    unmoved(stage)
    golden(stage, "call_sent")


async def test_large_message__second_pair_of_eyes__given_back_then_approved(
    stage: Stage, held: int, golden: Golden
) -> None:
    with stage.database.transaction() as session:
        session.merge(PolicyValue(name="broadcast_second_eyes", value=5))
    unit, director = await stage.join("unit"), await stage.join("director")
    dara = await stage.join("dara")
    await addressed(unit, "Uniforms", "New uniforms are given out on Monday.")
    await unit.press("Send")
    await unit.press("Send to 6 people")
    await unit.forge("bcokyes:1")
    await director.press("Read it")
    stale = director.data_of("Approve")
    await director.press("Give it back")
    await director.type("Say where they are given out.")
    await stage.restart()
    await director.press("Submit")
    await director.press_stale("Approve", stale)
    await unit.press("Show the message")
    await unit.press("Texts")
    await unit.press("Write: English")
    await unit.type("New uniforms are given out on Monday at the store.")
    await unit.press("Submit")
    await unit.press("« Uniforms")
    await unit.press("Send")
    await unit.press("Send to 6 people")
    await unit.press("Make it a draft again")
    await unit.press("Send")
    await unit.press("Send to 6 people")
    await director.say("/approve")
    await director.press("Uniforms: 6 people")
    await director.press("« Messages to approve")
    await director.press("Uniforms: 6 people")
    await director.press("Approve")
    await stage.move(minutes=1)
    await director.forge("bcokno:1")
    await dara.forge("bcok:1")
    unmoved(stage)
    golden(stage, "message_approved")


async def test_message__that_asks_to_answer__keeps_answers_by_name(
    stage: Stage, held: int, golden: Golden
) -> None:
    with stage.database.transaction() as session:
        publish(stage.ctx(session), "scanners", form_of(SCANNERS))
    unit, dara, maly = [await stage.join(who) for who in ("unit", "dara", "maly")]
    await addressed(unit, "Survey", "How many scanners have you got?")
    await add_questionnaire(unit)
    await choose_time(unit)
    await unit.press("Picture or file")
    stage.clock.advance(seconds=2)
    await unit.send_file("list.pdf", b"%PDF-1.4 nothing")
    await unit.press("Picture or file")
    await unit.press("Without a file")
    await unit.press("Send")
    await unit.press("Send to 6 people")
    await stage.move(minutes=1)
    await dara.press("Answer")
    await dara.press("Begin")
    await dara.type("many")
    await stage.restart()
    await dara.type("3")
    stale = dara.data_of("Skip")
    await dara.press("Skip")
    await dara.press_stale("Skip", stale)
    await dara.press("Submit")
    await dara.forge("bcform:1")
    await unit.forge("bcform:1")
    await unit.forge("bcreport:1")
    await unit.forge("bccopy:1")
    await unit.press("Throw it away")
    await unit.press("Throw it away")
    await unit.press("Scanners: is going out")
    await unit.press("« Messages")
    unmoved(stage)
    golden(stage, "message_asks")


async def test_emergency__at_night__goes_at_once_and_the_second_person_reads_it(
    stage: Stage, held: int, golden: Golden
) -> None:
    with stage.database.transaction() as session:
        session.merge(PolicyValue(name="broadcast_second_eyes", value=1))
    unit, director = await stage.join("unit"), await stage.join("director")
    dara, rith = await stage.join("dara"), await stage.join("rith")
    await addressed(unit, "Flood", "The bridge is under water. Stay at home.", "An emergency")
    await unit.press("Send")
    await unit.press("Send to 6 people")
    await stage.move(minutes=1)
    await director.press("Read it")
    await director.press("« Messages to approve")
    await dara.forge("bcformgo:1")
    await rith.forge("bcoks")
    unmoved(stage)
    golden(stage, "emergency_sent")
