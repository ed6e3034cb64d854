"""Certificates from elsewhere: sent by officers as pictures or files, decided by the unit."""

from __future__ import annotations

from collections.abc import Callable

from sqlmodel import select

from bot.models.qualifications import Evidence
from bot.models.records import Equivalence, TrainingRecord
from bot.models.system import Blob
from bot.models.training import Course
from bot.sandbox.phone import PhoneInHand
from tests.conversations.actor import Actor
from tests.conversations.qualified import curriculum
from tests.conversations.stage import Stage

Golden = Callable[[Stage, str], None]


async def test_certificate__sent_as_a_photo_and_confirmed__earns_a_qualification(
    stage: Stage, golden: Golden
) -> None:
    curriculum(stage, "VALUER", "Customs Valuer", "VAL", valid_months=24)
    unit, dara = await stage.join("unit"), await stage.join("dara")
    await dara.say("/qualifications")
    await dara.press("Certificates from elsewhere")
    await dara.press("Send a certificate")
    await dara.type("Here it comes")
    stage.clock.advance(seconds=2)
    await dara.send_photo()
    stale = dara.data_of("Stop")
    await dara.type("CLiKC! Customs Valuation")
    await dara.press_stale("Stop", stale)
    await stage.restart()
    await dara.type("2027-01-01")
    await dara.type("2026-02-20")
    await dara.press("Submit")
    await unit.press("Decide")
    await unit.press("Show the picture")
    await stage.restart()
    await unit.press("It counts", _page(unit.phone))
    again = unit.data_of("Stop")
    await unit.type("val")
    await unit.press("Customs Valuation")
    await unit.press("Keep this answer")
    await unit.press_stale("Stop", again)
    await unit.press("Submit")
    await dara.say("/qualifications")
    await dara.press("VALUER Customs Valuer")
    await unit.say("/menu")
    await unit.forge("evidq")
    await unit.forge("evidc:1")
    await unit.press("It does not count after all")
    await unit.type("It is of a course of an hour.")
    await unit.press("Submit")
    await unit.forge("evidc:1:no")
    await dara.forge("myq1:1")
    golden(stage, "evidence_confirmed")
    with stage.database.transaction(readonly=True) as session:
        assert session.exec(select(TrainingRecord)).all() == []


async def send_three(stage: Stage, rith: Actor) -> None:
    """As files of a kind that can be looked at."""
    for title in ("Dog Handling", "wco valuation", "Sent by Mistake"):
        await rith.forge("evid")
        if title == "Dog Handling":
            stage.clock.advance(seconds=2)
            await rith.send_file("certificate.docx", b"PK")
        stage.clock.advance(seconds=2)
        await rith.send_file("certificate.pdf", b"%PDF-1.7")
        await rith.type(title)
        await rith.type("2026-02-20")
        await rith.press("Submit")


async def accept(stage: Stage, unit: Actor) -> None:
    await unit.press("It counts")
    stale = unit.data_of("Stop")
    await unit.press("Skip")
    await unit.press_stale("Stop", stale)
    await stage.restart()
    await unit.press("Keep this answer")
    await unit.press("Keep this answer")
    await unit.press("Submit")


async def test_certificates__several_and_files__refused_taken_back_or_kept_by_title(
    stage: Stage, golden: Golden
) -> None:
    curriculum(stage, "VALUER", "Customs Valuer", "VAL")
    with stage.database.transaction() as session:
        course = session.exec(select(Course).where(Course.code == "VAL")).one()
        session.add(Equivalence(course_id=course.id, title="WCO Valuation"))
    unit, rith = await stage.join("unit"), await stage.join("rith")
    await rith.say("/qualifications")
    await rith.press("Certificates from elsewhere")
    await send_three(stage, rith)
    await rith.forge("evids")
    await rith.press("Sent by Mistake: waits for the training unit")
    stale = rith.data_of("Take it back")
    await rith.press("Show the picture")
    await rith.forge("evidone:3")
    await rith.press_stale("Take it back", stale)
    await stage.restart()
    await rith.press("Take it back")
    await rith.forge("evidone:3")
    await rith.forge("evidc:1:yes")
    await unit.forge("evidq")
    await unit.press("Nhem Rith: Dog Handling")
    await unit.press("It does not count")
    await unit.type("The name on it is not yours.")
    await unit.press("Submit")
    await unit.forge("evidq")
    await unit.press("Nhem Rith: wco valuation")
    await accept(stage, unit)
    await unit.forge("evidc:2:yes")
    await rith.forge("evids")
    await rith.press("Dog Handling: not confirmed")
    await rith.say("/qualifications")
    golden(stage, "evidence_refused")


async def test_certificate__of_the_unit_itself__is_for_a_colleague(
    stage: Stage, golden: Golden
) -> None:
    unit = await stage.join("unit")
    await unit.forge("evid")
    stage.clock.advance(seconds=2)
    await unit.send_photo()
    await unit.type("A certificate of mine")
    await unit.type("2026-02-20")
    await unit.press("Submit")
    await unit.forge("evidq")
    await unit.forge("evidc:1")
    await unit.forge("evidc:1:yes")
    with stage.database.transaction() as session:
        row = session.exec(select(Evidence)).one()
        session.delete(session.get_one(Blob, row.blob_id))
    await unit.forge("evidone:1")
    await unit.forge("evidone:1:pic")
    golden(stage, "evidence_own")


def _page(phone: PhoneInHand) -> int:
    """The newest message with the choice to confirm."""
    return next(
        int(message["id"])
        for message in reversed(phone.messages)
        if any(button["text"] == "It counts" for row in message["rows"] for button in row)
    )


async def test_certificates__sent_in_the_night__are_one_message_in_the_morning(
    stage: Stage, golden: Golden
) -> None:
    unit, rith = await stage.join("unit"), await stage.join("rith")
    stage.clock.advance(hours=13)
    for title in ("Dog Handling", "First Aid", "Taken Back"):
        await rith.forge("evid")
        stage.clock.advance(seconds=2)
        await rith.send_photo()
        await rith.type(title)
        await rith.type("2026-02-20")
        await rith.press("Submit")
    await rith.forge("evidone:3")
    await rith.press("Take it back")
    await stage.move(hours=10)
    await unit.press("Certificates to confirm")
    golden(stage, "evidence_overnight")


async def test_certificate__with_the_number_of_one_taken_back__is_not_confirmed_unseen(
    stage: Stage,
) -> None:
    curriculum(stage, "VALUER", "Customs Valuer", "VAL")
    unit, dara, rith = [await stage.join(who) for who in ("unit", "dara", "rith")]
    await _send(stage, rith, "Taken Back")
    await unit.forge("evidc:1")
    await unit.press("It counts")
    await unit.press("Skip")
    await unit.press("Keep this answer")
    await unit.press("Keep this answer")
    await rith.forge("evidone:1")
    await rith.press("Take it back")
    stage.clock.advance(seconds=60)
    await _send(stage, dara, "Another")
    await unit.forge(unit.data_of("Submit"))
    with stage.database.transaction(readonly=True) as session:
        row = session.exec(select(Evidence)).one()
        assert session.exec(select(TrainingRecord)).all() == []
    assert (row.person_id, row.decided_at) == (stage.ids["dara"], None)


async def _send(stage: Stage, actor: Actor, title: str) -> None:
    await actor.forge("evid")
    stage.clock.advance(seconds=2)
    await actor.send_photo()
    await actor.type(title)
    await actor.type("2026-02-20")
    await actor.press("Submit")
