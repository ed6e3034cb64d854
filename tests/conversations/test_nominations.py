"""A nomination round on phones: called, named, handed in, decided; and ordered attendance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from sqlmodel import select

from bot.models.people import FocalPoint, Grant, Person, Role, Unit
from bot.models.training import Course, Enrolment, EnrolmentState, Entry, TrainingClass
from tests.conversations.actor import Actor
from tests.conversations.stage import Stage

Golden = Callable[[Stage, str], None]
HEADER = b"class_code,staff_no,rank,reserve\n"


@pytest.fixture
def held(stage: Stage) -> int:
    """A class of four seats that is filled by nomination; Maly is the focal point of Poipet."""
    with stage.database.transaction() as session:
        course = Course(code="ORI", title="Rules of Origin", titles={"km": "វិធានដើមកំណើត"})
        session.add(course)
        session.flush()
        held = TrainingClass(
            code="ORI-1",
            course_id=course.id,
            starts_on=dt.date(2026, 3, 23),
            ends_on=dt.date(2026, 3, 27),
            place="Phnom Penh",
            seats=4,
            entry=Entry.NOMINATED,
            coordinator_id=stage.ids["unit"],
        )
        office = session.get_one(Person, stage.ids["dara"]).unit_id
        bavet = Unit(
            name="Bavet", path="Mekong/Bavet", parent_id=session.get_one(Unit, office).parent_id
        )
        session.add_all([held, bavet, FocalPoint(person_id=stage.ids["maly"], unit_id=office)])
        session.add(
            Grant(person_id=stage.ids["director"], role=Role.HR, granted_at=stage.clock.now())
        )
        session.flush()
        assert held.id is not None
        return held.id


def _state(stage: Stage, key: str) -> EnrolmentState:
    with stage.database.transaction(readonly=True) as session:
        query = select(Enrolment.state).where(Enrolment.person_id == stage.ids[key])
        return session.exec(query).one()


async def call(stage: Stage, unit: Actor, held: int) -> None:
    await stage.off_record(unit.say("/classes"))
    await stage.off_record(unit.press(f"class:{held}"))
    await unit.press("Nominations")
    await unit.press("Call for names")
    await unit.type("2026-03-13", "17/2026")
    await unit.press("Submit")
    await unit.press("Nominations")
    await unit.press("Seats of an office")
    await unit.type("poipet")
    await unit.press("Mekong/Poipet")
    await unit.type("2")
    await unit.press("Submit")
    await unit.press("Nominations")
    stale = unit.data_of("Send the call: 2 people")
    await unit.press("Send the call: 2 people")
    await unit.press_stale("Send the call: 2 people", stale)


async def name_people(stage: Stage, maly: Actor) -> None:
    """Three are named, put in order, one taken off; handed in."""
    await maly.press("Name people")
    await maly.press("Add somebody")
    await maly.type("dara")
    await maly.press("Sok Dara: no training on record")
    await maly.press("Name this person")
    await stage.restart()
    await maly.press("Add somebody")
    await maly.press("Nhem Rith: no training on record")
    await maly.press("Name this person")
    await maly.press("Add somebody")
    await maly.press("Bilal Ahmed: no training on record")
    await maly.press("Name this person")
    await maly.press("Name as a reserve")
    await maly.press("2. Nhem Rith")
    await maly.press("One place up")
    await maly.press("2. Sok Dara")
    await maly.press("Make a reserve")
    await maly.press("Reserve 1: Bilal Ahmed")
    await maly.press("Take off the list")
    await maly.press("Hand in the list")
    await maly.press("Hand in")


async def hand_in_again(stage: Stage, unit: Actor, maly: Actor) -> None:
    await unit.press("Decide: Poipet")
    await unit.press("Open the list again")
    await maly.say("/nominations")
    await maly.press("Poipet: ORI-1, 1 of 2, until Mar 13, 2026")
    await stage.off_record(maly.press("Hand in the list"))
    await maly.press("Hand in")


async def test_round__called_named_handed_in__and_decided(
    stage: Stage, held: int, golden: Golden
) -> None:
    unit, maly = await stage.join("unit"), await stage.join("maly")
    sokha, dara = await stage.join("sokha"), await stage.join("dara")
    await call(stage, unit, held)
    await name_people(stage, maly)
    await hand_in_again(stage, unit, maly)
    await unit.press("Decide: Poipet")
    await unit.press("1. Nhem Rith")
    await unit.press("Accept")
    await unit.press("Reserve 1: Sok Dara")
    await unit.press("Accept")
    assert _state(stage, "rith") is EnrolmentState.ENROLLED
    assert _state(stage, "dara") is EnrolmentState.NOMINATED
    await dara.forge("round:1")
    await unit.type("A seat of another office is free.")
    await unit.press("Submit")
    assert _state(stage, "dara") is EnrolmentState.ENROLLED
    await unit.press("Nominations")
    await unit.press("As a workbook")
    await unit.press("Close the round")
    await sokha.settle()
    golden(stage, "nomination_round")


async def test_round__deadline_passes__the_unit_balances_and_replaces(
    stage: Stage, held: int, golden: Golden
) -> None:
    unit, maly = await stage.join("unit"), await stage.join("maly")
    director, sokha = await stage.join("director"), await stage.join("sokha")
    await stage.off_record(_open(unit, held))
    await unit.press("Share equally")
    await unit.press("Send the call: 2 people")
    await maly.say("/nominations")
    await maly.press("Poipet: ORI-1, 0 of 2, until Mar 13, 2026")
    await stage.off_record(_name(maly, "Chea Bopha", "Sok Dara"))
    await maly.press("« Nominations")
    await director.press("Name people: Poipet")
    await director.press("Add somebody")
    await director.type("rith")
    await director.press("Nhem Rith: no training on record")
    await director.press("Name as a reserve")
    await stage.move(days=9)
    await maly.forge("nomh:1")
    await stage.move(days=3)
    await maly.press("Hand in")
    await unit.press("Decide: Poipet")
    await unit.press("2. Sok Dara")
    stale = unit.data_of("Accept")
    await unit.press("Replace by the first reserve")
    await stage.restart()
    await unit.type("On leave for his studies.")
    await unit.press_stale("Accept", stale)
    await unit.press("Submit")
    await unit.press("Nominations")
    await unit.press("List of Poipet")
    await unit.press("Accept all within the seats")
    await unit.press("Add somebody")
    await unit.press("Bilal Ahmed: no training on record")
    await unit.press("Name as a reserve")
    await unit.say("/nominations")
    await unit.press("ORI-1 Rules of Origin, until Mar 13, 2026")
    await sokha.settle()
    golden(stage, "nomination_deadline")


async def test_names__sent_as_a_file__stand_on_the_list_until_one_is_declined(
    stage: Stage, held: int, golden: Golden
) -> None:
    unit, sokha = await stage.join("unit"), await stage.join("sokha")
    dara = await stage.join("dara")
    await stage.off_record(_open(unit, held))
    await stage.off_record(unit.press("Share by staff"))
    faulty = HEADER + b"ORI-1,1011,1,\nORI-1,7777,2,\nORI-2,1012,,yes\n"
    await unit.send_file("names.csv", faulty)
    await unit.press("Nominations")
    await unit.send_file("names.csv", HEADER + b"ORI-1,1011,1,\nORI-1,1012,,yes\n")
    await unit.press("Nominations")
    await unit.press("Take it")
    await unit.forge(f"round:{held}")
    await unit.press("List of Poipet")
    await unit.press("1. Sok Dara")
    await unit.press("Decline")
    await unit.type("Was trained abroad last year.")
    await unit.press("Submit")
    await unit.forge("roundno:1")
    await dara.settle()
    await sokha.settle()
    golden(stage, "nomination_file")


async def test_people__ordered_to_attend__are_told_and_so_is_the_supervisor(
    stage: Stage, held: int, golden: Golden
) -> None:
    unit, sokha = await stage.join("unit"), await stage.join("sokha")
    dara, rith = await stage.join("dara"), await stage.join("rith")
    await stage.off_record(unit.say("/classes"))
    await stage.off_record(unit.press(f"class:{held}"))
    await unit.press("Order people to attend")
    await unit.type("dara")
    await unit.press("Sok Dara, 1011, Poipet")
    await unit.type("1014, 7777", "21/2026")
    await unit.press("Submit")
    await unit.press("2")
    await unit.type("1014")
    await unit.press("Submit")
    for actor in (dara, rith, sokha):
        await actor.settle()
    golden(stage, "people_ordered")


async def _open(unit: Actor, held: int) -> None:
    """A round with seats for Poipet and Bavet, off the record."""
    await unit.say("/classes")
    await unit.press(f"class:{held}")
    await unit.press("Nominations")
    await unit.press("Call for names")
    await unit.type("2026-03-13", "17/2026")
    await unit.press("Submit")
    await unit.press("Nominations")
    for office in ("Poipet", "Bavet"):
        await unit.press("Seats of an office")
        await unit.type(office.lower())
        await unit.press(f"Mekong/{office}")
        await unit.type("1")
        await unit.press("Submit")
        await unit.press("Nominations")


async def _name(actor: Actor, *names: str) -> None:
    for name in names:
        await actor.press("Add somebody")
        await actor.press(f"{name}: no training on record")
        await actor.press("Name this person")
