"""Curricula and requirements as tables: taken, exported, undone; what files have people earn."""

from __future__ import annotations

import pytest
from sqlmodel import SQLModel, select

import bot.people.roster_import
import bot.training.imports
import bot.work.kinds.earn  # noqa: F401  (importing them registers kinds)
from bot import imports
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.errors import Refusal
from bot.i18n import render
from bot.imports import Applied, Report, Verdict
from bot.models.qualifications import (
    Curriculum,
    CurriculumAssignment,
    CurriculumItem,
    Qualification,
    Requirement,
)
from bot.models.work import WorkItem
from bot.training.imports import following_earning
from bot.work import runner
from bot.work.queue import Workshop
from tests.conftest import START

PEOPLE = (
    "staff_no,full_name,unit,position\n00001,Dara Sok,Meru Port,Valuer\n"
    "00002,Vuth Chan,Meru Port,\n00003,Bopha Keo,Sila Post,វាយតម្លៃ\n"
)
COURSES = (
    "code,title\nVAL-1,Valuation\nLAW-1,Customs Law\nHS-1,Harmonized System\nREF-1,Refresher\n"
)
CURRICULA = (
    "code,title,items,needed,valid_months,expiry_rule,fixed_day,min_months,window_days,"
    "grace_days,renewed_by,title::Khmer (km)\n"
    "VALUER,Valuer,VAL-1; LAW-1; HS-1?,2,24,previous,,,60,14,REFRESH,អ្នកវាយតម្លៃ\n"
    "REFRESH,Refresher,REF-1,,,,,,,,,\n"
    "FIRST-AID,First aid,LAW-1?; HS-1?,1,,fixed,12-31,3,,,FIRST-AID,\n"
)
REQUIREMENTS = (
    "position,curriculum,kind,within_days\nValuer,VALUER,core,180\nវាយតម្លៃ,FIRST-AID,enhanced,\n"
)
RECORDS = (
    "staff_no,course_code,completed_on\n00001,VAL-1,2025-05-01\n00001,LAW-1,2025-06-01\n"
    "00002,HS-1,2025-10-15\n"
)
FILES = {
    "people": PEOPLE,
    "courses": COURSES,
    "curricula": CURRICULA,
    "requirements": REQUIREMENTS,
}
TABLES = (Curriculum, CurriculumItem, Requirement, Qualification, CurriculumAssignment)


class Desk:
    def __init__(self, database: Database, settings: Settings) -> None:
        self.database, self.settings, self.clock = database, settings, FixedClock(START)

    def check(self, kind: str, table: str) -> Report:
        name, content = f"{kind}.csv", table.encode()
        return imports.check(self.database, self.clock, self.settings, kind, name, content)

    def faults(self, kind: str, table: str) -> list[tuple[int | None, str | None, str]]:
        return [(one.row, one.column, one.code) for one in self.check(kind, table).faults]

    def take(self, kind: str, table: str) -> Applied:
        report = self.check(kind, table)
        assert report.verdict is not Verdict.REFUSED, report.faults
        assert report.run_id is not None
        return imports.apply(
            self.database, self.clock, self.settings, report.run_id, SYSTEM, yes=True
        )

    def undo(self, run_id: int) -> Applied:
        with self.database.transaction() as session:
            return imports.undo(Ctx(session, self.clock, SYSTEM, self.settings), run_id)

    def export(self, kind: str, ending: str = "csv") -> bytes:
        with self.database.transaction(readonly=True) as session:
            return imports.export(session, kind, f"{kind}.{ending}")

    def work(self) -> int:
        """Do what waits; how many pieces of work that was."""
        workshop = Workshop(self.database, self.clock, self.settings)
        done = 0
        while runner.run_next(workshop):
            done += 1
        return done

    def everything(self) -> list[list[str]]:
        with self.database.transaction(readonly=True) as session:
            return [
                sorted(row.model_dump_json() for row in session.scalars(select(table)))
                for table in TABLES
            ]

    def count(self, table: type[SQLModel]) -> int:
        with self.database.transaction(readonly=True) as session:
            return len(session.scalars(select(table)).all())

    def held(self) -> list[tuple[str, str, str]]:
        """Curriculum code, from when, until when of everything that stands, by person."""
        with self.database.transaction(readonly=True) as session:
            rows = session.execute(
                select(Curriculum.code, Qualification.earned_on, Qualification.expires_on)
                .join(Curriculum, Curriculum.id == Qualification.curriculum_id)
                .where(Qualification.current)
                .order_by(Qualification.person_id, Curriculum.code)
            )
            return [(code, str(begins), str(ends)) for code, begins, ends in rows]


@pytest.fixture
def desk(database: Database, settings: Settings) -> Desk:
    desk = Desk(database, settings)
    for kind, table in FILES.items():
        desk.take(kind, table)
    return desk


@pytest.mark.parametrize(("kind", "rows"), [("curricula", 3), ("requirements", 2)])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_export__imported_again__changes_nothing(
    desk: Desk, kind: str, rows: int, ending: str
) -> None:
    content = desk.export(kind, ending)
    report = imports.check(desk.database, desk.clock, desk.settings, kind, "file", content)
    assert (report.faults, report.counts.new, report.counts.changed) == ((), 0, 0)
    assert report.counts.unchanged == rows


def test_curricula__named_before_they_stand__renew_each_other(desk: Desk) -> None:
    with desk.database.transaction(readonly=True) as session:
        rows = {row.code: row for row in session.scalars(select(Curriculum))}
        assert rows["VALUER"].renewed_by_id == rows["REFRESH"].id
        assert rows["FIRST-AID"].renewed_by_id == rows["FIRST-AID"].id
        assert rows["VALUER"].titles == {"km": "អ្នកវាយតម្លៃ"}
        assert (rows["REFRESH"].window_days, rows["REFRESH"].min_months) == (90, 0)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("X,Ten,VAL-9,,,,", (2, "items", "bad-items")),
        ("X,Ten,VAL-1; VAL-1?,,,,", (2, "items", "bad-items")),
        ("X,Ten,VAL-1; LAW-1,1,,,", (2, "needed", "needed-wrong")),
        ("X,Ten,VAL-1?; LAW-1?,3,,,", (2, "needed", "needed-wrong")),
        ("X,Ten,VAL-1,,12,fixed,", (2, "expiry_rule", "rule-unfinished")),
        ("X,Ten,VAL-1,,,previous,", (2, "expiry_rule", "rule-unfinished")),
        ("X,Ten,VAL-1,,12,,12-31", (2, "expiry_rule", "rule-unfinished")),
        ("X,Ten,VAL-1,,12,,13-31", (2, "fixed_day", "bad-day-of-year")),
        ("X,Ten,VAL-1,,twelve,,", (2, "valid_months", "bad-number")),
        ("X,Ten,,,,,", (2, "items", "value-missing")),
    ],
    ids=str,
)
def test_curricula__what_cannot_be__is_told_with_its_cell(
    desk: Desk, row: str, fault: tuple[int, str, str]
) -> None:
    heads = "code,title,items,needed,valid_months,expiry_rule,fixed_day"
    assert desk.faults("curricula", f"{heads}\n{row}\n") == [fault]


def test_curricula__partial_file__contradicts_what_is_there__refused(desk: Desk) -> None:
    table = "code,title,items,fixed_day\nFIRST-AID,First aid,LAW-1?; HS-1?,\n"
    assert desk.faults("curricula", table) == [(2, "expiry_rule", "rule-unfinished")]


def test_curricula__renewed_by_nothing_known__becomes_blank_with_a_warning(desk: Desk) -> None:
    table = "code,title,items,renewed_by\nX,Ten,VAL-1,REFRESHER\n"
    (fault,) = desk.check("curricula", table).faults
    assert (fault.code, fault.column) == ("name-unknown", "renewed_by")
    assert "If REFRESH is meant" in render(fault.sentence, "en")


def test_curricula__only_items_differ__counts_as_changed_and_can_be_undone(desk: Desk) -> None:
    desk.work()
    before = desk.everything()
    table = "code,title,items\nVALUER,Valuer,LAW-1; VAL-1; REF-1?\nREFRESH,Refresher,REF-1\n"
    applied = desk.take("curricula", table)
    assert (applied.counts["changed"], applied.counts["unchanged"]) == (1, 1)
    assert b"LAW-1; VAL-1; REF-1?" in desk.export("curricula")
    desk.undo(applied.run_id)
    assert desk.everything() == before


def test_everything__undone_in_reverse__nothing_left(desk: Desk) -> None:
    for run in (4, 3, 2, 1):
        desk.undo(run)
    assert desk.everything() == [[], [], [], [], []]


def test_curricula__undone_once_somebody_earned_them__refused(desk: Desk) -> None:
    desk.take("records", RECORDS)
    desk.undo(4)
    with pytest.raises(Refusal) as refusal:
        desk.undo(3)
    assert "3 qualifications were earned" in render(refusal.value.sentence, "en")
    assert len(desk.held()) == 3


def test_requirements__unknown_curriculum_and_post_of_nobody__told(desk: Desk) -> None:
    head = "position,curriculum"
    assert desk.faults("requirements", f"{head}\nValuer,VALUERS\n") == [
        (2, "curriculum", "key-unknown")
    ]
    assert desk.faults("requirements", f"{head}\nPilot,VALUER\n") == [
        (2, "position", "post-of-nobody")
    ]


def test_records__taken_and_undone__earn_and_take_back(desk: Desk) -> None:
    applied = desk.take("records", RECORDS)
    earned = [
        ("FIRST-AID", "2025-06-01", "2025-12-31"),
        ("VALUER", "2025-06-01", "2027-06-01"),
        ("FIRST-AID", "2025-10-15", "2026-12-31"),
    ]
    assert desk.held() == earned
    desk.undo(applied.run_id)
    assert desk.held() == []


def test_enrolments__completed_by_file_and_undone__earn_and_take_back(desk: Desk) -> None:
    desk.take(
        "classes",
        "class_code,course_code,starts_on,ends_on,seats\nREF-A,REF-1,2026-01-05,2026-01-06,9\n",
    )
    applied = desk.take("enrolments", "class_code,staff_no,status\nREF-A,00002,completed\n")
    assert desk.held() == [("REFRESH", "2026-01-06", "None")]
    changed = desk.take("enrolments", "class_code,staff_no,status\nREF-A,00002,no-show\n")
    assert desk.held() == []
    desk.undo(changed.run_id)
    assert desk.held() == [("REFRESH", "2026-01-06", "None")]
    desk.undo(applied.run_id)
    assert desk.held() == []


def test_curricula__taken_after_the_records__are_earned_by_long_work(
    database: Database, settings: Settings
) -> None:
    desk = Desk(database, settings)
    for kind in ("people", "courses"):
        desk.take(kind, FILES[kind])
    desk.take("records", RECORDS)
    desk.take("curricula", CURRICULA)
    assert (desk.held(), desk.count(WorkItem)) == ([], 1)
    assert desk.work() == 1
    assert len(desk.held()) == 3
    desk.take("curricula", CURRICULA)
    assert desk.count(WorkItem) == 1


@pytest.mark.parametrize("most_read", [1_000, 100])
def test_records__of_many__are_looked_at_by_long_work_in_steps(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch, most_read: int
) -> None:
    monkeypatch.setattr(following_earning, "MOST_READ", most_read)
    desk = Desk(database, settings)
    numbers = [f"{number:05}" for number in range(1, 251)]
    people = "\n".join(f"{one},Officer {one},Meru Port" for one in numbers)
    desk.take("people", f"staff_no,full_name,unit\n{people}\n")
    desk.take("courses", COURSES)
    desk.take("curricula", "code,title,items,valid_months\nV,Valuer,VAL-1,24\n")
    desk.work()
    lines = "\n".join(f"{one},VAL-1,2025-05-01" for one in numbers)
    applied = desk.take("records", f"staff_no,course_code,completed_on\n{lines}\n")
    assert desk.count(Qualification) == 0
    desk.work()
    assert desk.held() == [("V", "2025-05-01", "2027-05-01")] * 250
    desk.undo(applied.run_id)
    desk.work()
    assert desk.held() == []


@pytest.mark.postgres
def test_all_kinds__on_postgres__as_on_sqlite(postgres_url: str, desk: Desk) -> None:
    database = Database(postgres_url)
    SQLModel.metadata.create_all(database.engine)
    other = Desk(database, Settings(_env_file=None, database_url=postgres_url))
    for kind, table in FILES.items():
        other.take(kind, table)
    for kind in FILES:
        assert sorted(other.export(kind).splitlines()) == sorted(desk.export(kind).splitlines())
    for one in (desk, other):
        one.take("records", RECORDS)
        one.work()
    assert other.held() == desk.held() != []
    other.undo(5)
    for run in (4, 3, 2, 1):
        other.undo(run)
    assert other.everything() == [[], [], [], [], []]
    database.close()
