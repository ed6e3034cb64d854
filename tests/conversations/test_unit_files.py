"""The unit sends files: rosters, courses, classes and lists checked, taken in and taken back."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import xlsxwriter
from sqlmodel import select

from bot.models.people import Person
from tests.cast import MEMBERS, hold_class
from tests.conversations.stage import Actor, Stage

Golden = Callable[[Stage, str], None]
HEADINGS = ("staff_no", "full_name", "unit", "directorate", "position", "supervisor_staff_no")
KINDS = ("People", "Courses", "Classes", "Who is in which class", "A questionnaire (XLSForm)")


def workbook(*rows: Sequence[object]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("people")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return stream.getvalue()


def roster(unit: str = "Poipet") -> list[Sequence[object]]:
    return [
        (member.staff_no, member.name, unit, "Mekong", "Officer", _boss(member.supervisor))
        for member in MEMBERS
    ]


def _boss(key: str) -> str:
    return next((member.staff_no for member in MEMBERS if member.key == key), "")


async def send(actor: Actor, name: str, content: bytes, kind: str) -> None:
    await actor.send_file(name, content)
    await actor.press(kind)


async def test_people__one_new_and_faults__checked_taken_and_taken_back(
    stage: Stage, golden: Golden
) -> None:
    unit = await stage.join("unit")
    faulty = workbook(HEADINGS, *roster(), ("1011", "Twice", "", "Mekong", "Officer", "7777"))
    await send(unit, "roster.xlsx", faulty, "People")
    stale = unit.data_of(KINDS[0]) if KINDS[0] in unit.phone.buttons else "imp:1:people~1"
    await stage.restart()
    await unit.press_stale("People", stale)
    good = workbook(HEADINGS, *roster(), ("1020", "Lim Phalla", "Poipet", "Mekong", "Officer", ""))
    await send(unit, "roster.xlsx", good, "People")
    await unit.press("Take it")
    await unit.press("Take it")
    await unit.press("Leave it")
    await stage.restart()
    await unit.press("Undo this import")
    await unit.press("Undo this import")
    await send(unit, "roster.xlsx", good, "People")
    await unit.press("Leave it")
    golden(stage, "import_people")
    with stage.database.transaction(readonly=True) as session:
        assert session.exec(select(Person).where(Person.staff_no == "1020")).all() == []


async def test_people__all_would_move__asks_again(stage: Stage, golden: Golden) -> None:
    unit = await stage.join("unit")
    await send(unit, "moves.xlsx", workbook(HEADINGS, *roster("Sihanoukville")), "People")
    await unit.press("Leave it")
    golden(stage, "import_asks_again")


async def test_files__of_all_kinds__are_told_apart_and_refused_where_odd(
    stage: Stage, golden: Golden
) -> None:
    with stage.database.transaction() as session:
        hold_class(stage.ctx(session), stage.ids, stage.clock.now().date())
    unit, dara = await stage.join("unit"), await stage.join("dara")
    await dara.send_file("roster.xlsx", workbook(HEADINGS))
    await unit.send_file("holiday.pdf", b"%PDF-1.4")
    courses = b"code,title,hours\nORI,Rules of Origin,12\n"
    await send(unit, "courses.csv", courses, "Courses")
    await unit.press("Take it")
    classes = (
        b"class_code,course_code,starts_on,ends_on,seats\nORI-1,ORI,2026-05-04,2026-05-08,12\n"
    )
    await send(unit, "classes.csv", classes, "Classes")
    await unit.press("Take it")
    lists = b"class_code,staff_no,status\nORI-1,1011,\nORI-1,1012,nominated\n"
    await send(unit, "lists.csv", lists, "Who is in which class")
    await unit.press("Take it")
    await unit.press("Undo this import")
    await send(unit, "courses.csv", b"no,header\nat,all\n", "Courses")
    await unit.forge("imp:1:gossip")
    await unit.forge("impyes:99")
    golden(stage, "import_other_kinds")


async def test_records__of_training_completed_before__are_taken_and_taken_back(
    stage: Stage, golden: Golden
) -> None:
    with stage.database.transaction() as session:
        hold_class(stage.ctx(session), stage.ids, stage.clock.now().date())
    unit = await stage.join("unit")
    heading = b"staff_no,course_code,title,completed_on,source\n"
    faulty = b"1011,ORI,,2025-05-01,\n1012,VAL,,2027-05-01,\n1012,,,2025-05-01,\n"
    await send(unit, "records.csv", heading + faulty, "Training completed before")
    good = b"1011,VAL,,2025-05-01,\n1012,,CLiKC! Valuation,2025-05-01,WCO\n"
    await send(unit, "records.csv", heading + good, "Training completed before")
    await unit.press("Take it")
    await unit.press("Undo this import")
    full = b"class_code,staff_no,status\n" + b"".join(
        b"VAL-1,%d,\n" % number for number in range(1001, 1007)
    )
    await send(unit, "lists.csv", full, "Who is in which class")
    golden(stage, "import_records")
