"""The unit sends curricula, what posts require, and records: officers hear what they earned."""

from __future__ import annotations

from collections.abc import Callable

from sqlmodel import select

from bot.models.qualifications import Qualification
from bot.models.training import Course
from tests.conversations.stage import Actor, Stage

Golden = Callable[[Stage, str], None]
HEADING = "code,title,items,needed,valid_months,expiry_rule,renewed_by,title::Khmer (km)\n"
FAULTY = (
    "VALUER,Valuer,VAL; LAW-9; HS?,,24,,,\n"
    "REFRESH,Refresher,REF; HS,1,,,,\n"
    "AID,First aid,HS,,,previous,,\n"
)
GOOD = "VALUER,Valuer,VAL; LAW; HS?,2,24,,REFRESH,អ្នកវាយតម្លៃ\nREFRESH,Refresher,REF,,,,,\n"
REQUIREMENTS = "position,curriculum,kind,within_days\nOfficer,VALUER,core,90\nPilot,REFRESH,,\n"
RECORDS = "staff_no,course_code,completed_on\n1011,VAL,2026-01-10\n1011,LAW,2026-03-02\n"


async def send(actor: Actor, name: str, content: str, kind: str) -> None:
    await actor.send_file(name, content.encode())
    await actor.press(kind)


async def test_qualifications__by_files__are_earned_required_and_taken_back(
    stage: Stage, golden: Golden
) -> None:
    with stage.database.transaction() as session:
        for code in ("VAL", "LAW", "HS", "REF"):
            session.add(Course(code=code, title=f"Course {code}"))
    unit, dara = await stage.join("unit"), await stage.join("dara")
    await dara.send_file("curricula.csv", (HEADING + GOOD).encode())
    await send(unit, "curricula.csv", HEADING + FAULTY, "Qualifications")
    await send(unit, "curricula.csv", HEADING + GOOD, "Qualifications")
    await stage.restart()
    await unit.press("Take it")
    await send(unit, "records.csv", RECORDS, "Training completed before")
    await unit.press("Take it")
    await send(unit, "posts.csv", REQUIREMENTS, "What posts require")
    await unit.press("Take it")
    await unit.press("Undo this import")
    golden(stage, "import_qualifications")
    with stage.database.transaction(readonly=True) as session:
        (held,) = session.exec(select(Qualification))
        assert (held.person_id, str(held.expires_on)) == (stage.ids["dara"], "2028-03-02")
