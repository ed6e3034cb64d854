"""A class is held: attendance, marks, closing, certificates, and a stranger who checks one."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

import pytest
from sqlmodel import select

from bot.models.people import Grant, Person, Role
from bot.models.records import Certificate
from bot.models.training import Course, Enrolment
from bot.training import certificates
from tests.cast import hold_class
from tests.conversations.actor import Actor
from tests.conversations.stage import Stage

ENDS_ON = dt.date(2026, 3, 2)
Golden = Callable[[Stage, str], None]


@pytest.fixture
def held(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> int:
    """A class on its last day, with a pass mark; codes of certificates can be foretold."""
    monkeypatch.setattr(certificates.secrets, "choice", random.Random(7).choice)
    with stage.database.transaction() as session:
        ctx = stage.ctx(session)
        class_id = hold_class(ctx, stage.ids, ENDS_ON)
        course = session.exec(select(Course)).one()
        course.pass_mark, course.hours = 60, 24.0
        session.add(Grant(person_id=stage.ids["director"], role=Role.HR, granted_at=ctx.now()))
        session.get_one(Person, stage.ids["bopha"]).names = {"km": "ជា បុប្ផា"}
        session.get_one(Person, stage.ids["dara"]).rank = "Inspector"
        return class_id


def _enrolment(stage: Stage, who: str) -> int:
    with stage.database.transaction(readonly=True) as session:
        of_person = select(Enrolment.id).where(Enrolment.person_id == stage.ids[who])
        return int(session.exec(of_person).one() or 0)


def _certificate(stage: Stage, who: str) -> Certificate:
    with stage.database.transaction(readonly=True) as session:
        query = select(Certificate).where(Certificate.enrolment_id == _enrolment(stage, who))
        found = session.exec(query.order_by(Certificate.id.desc())).first()
        assert found is not None
        session.expunge(found)
        return found


async def test_trainer__notes_attendance__all_present_and_the_exceptions(
    stage: Stage, held: int, golden: Golden
) -> None:
    trainer = await stage.join("trainer")
    await trainer.say("/teaching")
    await trainer.press(f"myclass:{held}")
    await trainer.press("Attendance")
    await trainer.press(f"attday:{held}:20260226:0")
    await trainer.press("Nhem Rith")
    await trainer.press("absent")
    await trainer.press("All others present")
    await trainer.press("Nhem Rith: absent")
    await trainer.press("late")
    await trainer.press("« Attendance")
    behind = trainer.data_of("All present on every day not noted yet")
    await stage.restart()
    await trainer.press("All present on every day not noted yet")
    await trainer.press_stale("All present on every day not noted yet", behind)
    await trainer.forge(f"attset:{_enrolment(stage, 'rith')}:20260304:0")
    await trainer.forge(f"attday:{held}:20269999:0")
    dara = await stage.join("dara")
    await dara.forge(f"attall:{held}:20260302")
    golden(stage, "attendance_noted")


async def note_attendance(trainer: Actor, held: int) -> None:
    await trainer.press("Attendance")
    await trainer.press("All present on every day not noted yet")
    await trainer.press(f"attday:{held}:20260227:0")
    await trainer.press("Ouk Maly: present")
    await trainer.press("absent")
    await trainer.press("« Attendance")
    await trainer.press("« Class VAL-1")


async def enter_marks(stage: Stage, trainer: Actor) -> None:
    """One by one, then many at once."""
    await trainer.press("Marks")
    await trainer.press("Sok Dara")
    await trainer.type("85.5")
    await trainer.press("Skip")
    await trainer.type("70")
    await stage.restart()
    await trainer.press("Submit")
    for name in ("Chea Bopha", "Ouk Maly"):
        await trainer.press("Marks of class VAL-1")
        await trainer.press(name)
        await trainer.type("60")
        await trainer.press("Skip")
        await trainer.type("62")
        await trainer.press("Submit")
    await trainer.press("Marks of class VAL-1")
    await trainer.type("1014 80 - 101\n9999 50\n1013")
    await trainer.type("1014 80 - 30\n1016 70,5")


async def test_class__closed__certificates_list_and_thanks_follow(
    stage: Stage, held: int, golden: Golden
) -> None:
    trainer, dara = await stage.join("trainer"), await stage.join("dara")
    maly = await stage.join("maly")
    await stage.join("bopha")
    await stage.join("director")
    unit = await stage.join("unit")
    await trainer.say("/teaching")
    await trainer.press(f"myclass:{held}")
    await note_attendance(trainer, held)
    await enter_marks(stage, trainer)
    await trainer.forge(f"close:{held}")
    behind = trainer.data_of("Close it, 9 people are told")
    await trainer.press("« Class VAL-1")
    await trainer.press("Close the class")
    await trainer.press_stale("Close it, 9 people are told", behind)
    await trainer.press("Close it, 9 people are told")
    await trainer.forge(f"marks:{held}:0")
    await trainer.press("Sok Dara: Practical test 85.5 and Paper test 70")
    await dara.forge(f"close:{held}")
    await dara.say("/myclasses")
    await dara.press("Show the class")
    await dara.press("Send my certificate again")
    await maly.forge(f"cert:{_certificate(stage, 'dara').id}")
    await unit.press("Show what came of it")
    await unit.press("Certificates")
    await unit.press("All as one file, to print")
    await stage.move(hours=1)
    golden(stage, "class_closed")


async def test_marks__sent_as_a_file__are_taken_and_taken_back(
    stage: Stage, held: int, golden: Golden
) -> None:
    unit = await stage.join("unit")
    table = b"class_code,staff_no,test,percent\n"
    await unit.send_file("marks.csv", table + b"VAL-1,1011,oral,101\nVAL-1,1003,oral,60\n")
    await unit.press("Marks")
    await unit.send_file("marks.csv", table + b"VAL-1,1011,oral,81\nVAL-1,1012,paper,60\n")
    await unit.press("Marks")
    await unit.press("Take it")
    await unit.forge(f"marks:{held}:0")
    await unit.press("Undo this import")
    await unit.forge(f"marks:{held}:0")
    golden(stage, "marks_from_file")


async def test_certificate__revoked_issued_anew_checked_by_a_stranger(
    stage: Stage, held: int, golden: Golden
) -> None:
    with stage.database.transaction() as session:
        session.exec(select(Course)).one().pass_mark = None
    unit, dara = await stage.join("unit"), await stage.join("dara")
    await unit.forge(f"attevery:{held}")
    await unit.forge(f"close:{held}")
    await unit.press("Close it, 8 people are told")
    await unit.press("Certificates")
    behind = unit.data_of("All as one file, to print")
    await unit.press("Sok Dara, 2026-0006")
    await unit.press("Issue it anew")
    await unit.type("The rank was wrong.")
    await unit.press("Submit")
    first = _certificate(stage, "dara")
    visitor = stage.stranger("Visitor")
    await visitor.say(f"/start v-{first.code}")
    await visitor.say("/verify")
    await visitor.say("2222-2222-2222")
    await visitor.say(first.code.lower())
    await unit.forge(f"certone:{first.id}")
    await stage.restart()
    await unit.press("Revoke it")
    await unit.type("It was given to the wrong person.")
    await unit.press("Submit")
    await unit.press_stale("All as one file, to print", behind)
    await unit.forge(f"certone:{first.id}")
    await unit.forge(f"certact:{first.id}:1")
    await visitor.say(f"/verify {first.code}")
    for _try in range(4):
        await visitor.say("/verify 2222-2222-2222")
    await visitor.say(f"/verify {first.code}")
    await unit.forge(f"close:{held}")
    await unit.press("Open it again")
    await unit.type("One day was noted wrongly.")
    await unit.press("Submit")
    await stage.move(days=1)
    await dara.forge(f"certact:{first.id}:1")
    golden(stage, "certificate_checked")
