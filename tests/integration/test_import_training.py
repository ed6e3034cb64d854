"""Courses, classes and enrolments: taken, exported, undone; the same on PostgreSQL."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlmodel import SQLModel

import bot.people.roster_import
import bot.training.imports  # noqa: F401  (importing them registers the kinds)
from bot import imports
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.errors import Refusal
from bot.i18n import render
from bot.imports import Applied, Verdict
from bot.models.training import Course, Enrolment, Trainer, TrainingClass
from tests.conftest import START

PEOPLE = (
    "staff_no,full_name,unit,supervisor_staff_no,full_name::Khmer (km)\n"
    "00002,Vuth Chan,Meru Port,00001,\n00001,Dara Sok,Meru Port,,សុខ ដារ៉ា\n"
    "00003,Bopha Keo,Sila Post,00002,\n"
)
COURSES = (
    "code,title,hours,title::Urdu (ur)\nHS-1,Harmonized System,12.5,ایچ ایس\nVAL-1,Valuation,,\n"
)
CLASSES = (
    "class_code,course_code,starts_on,ends_on,start_time,weekdays,seats,trainer,"
    "coordinator_staff_no,entry\n"
    "HS-26A,HS-1,2026-04-06,2026-04-10,08:30,Mon-Fri,20,00001,00002,nominated\n"
    "VAL-26A,VAL-1,,,,,15,,,\n"
)
ENROLMENTS = "class_code,staff_no,status\nHS-26A,00002,\nHS-26A,00003,requested\n"
FILES = {"people": PEOPLE, "courses": COURSES, "classes": CLASSES, "enrolments": ENROLMENTS}


class Desk:
    def __init__(self, database: Database, settings: Settings) -> None:
        self.database, self.settings, self.clock = database, settings, FixedClock(START)

    def take(self, kind: str, table: str) -> Applied:
        report = imports.check(
            self.database, self.clock, self.settings, kind, f"{kind}.csv", table.encode()
        )
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

    def count(self, table: type[SQLModel]) -> int:
        with self.database.transaction(readonly=True) as session:
            return len(session.scalars(select(table)).all())


@pytest.fixture
def desk(database: Database, settings: Settings) -> Desk:
    desk = Desk(database, settings)
    for kind, table in FILES.items():
        desk.take(kind, table)
    return desk


@pytest.mark.parametrize("kind", ["courses", "classes", "enrolments"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_export__imported_again__changes_nothing(desk: Desk, kind: str, ending: str) -> None:
    content = desk.export(kind, ending)
    report = imports.check(desk.database, desk.clock, desk.settings, kind, "file", content)
    assert (report.faults, report.counts.new, report.counts.changed) == ((), 0, 0)
    assert report.counts.unchanged == 2


@pytest.mark.parametrize("kind", ["folders", "people.csv"])
def test_export__unknown_kind_or_ending__refused(desk: Desk, kind: str) -> None:
    with pytest.raises(Refusal):
        desk.export(kind, "csv")
    with pytest.raises(Refusal):
        desk.export("people", "pdf")


def test_class__trainer_by_staff_number__joins_the_pool_once(desk: Desk) -> None:
    desk.take("classes", "class_code,course_code,seats,trainer\nHS-26B,HS-1,9,00001\n")
    assert desk.count(Trainer) == 1


def test_class__partial_file__other_columns_stay(desk: Desk) -> None:
    applied = desk.take("classes", "class_code,course_code,seats\nHS-26A,HS-1,25\n")
    assert applied.counts["changed"] == 1
    with desk.database.transaction(readonly=True) as session:
        held = session.scalars(select(TrainingClass).where(TrainingClass.code == "HS-26A")).one()
    assert (held.seats, held.weekdays, str(held.starts_on)) == (25, "Mon-Fri", "2026-04-06")


def test_enrolments__undone__class_and_people_stay(desk: Desk) -> None:
    run = desk.take("enrolments", "class_code,staff_no,status\nHS-26A,00001,\n").run_id
    desk.undo(run)
    assert desk.count(Enrolment) == 2


def test_enrolment__changed_by_hand_since__undo_refused(desk: Desk) -> None:
    run = desk.take("enrolments", "class_code,staff_no,status\nHS-26A,00001,\n").run_id
    with desk.database.transaction() as session:
        session.scalars(select(Enrolment).order_by(Enrolment.id.desc())).first().reason = "ill"
    with pytest.raises(Refusal) as refusal:
        desk.undo(run)
    assert "1 row it wrote was changed since" in render(refusal.value.sentence, "en")


def test_course__undone_while_a_class_needs_it__refused(desk: Desk) -> None:
    with pytest.raises(Refusal) as refusal:
        desk.undo(2)
    assert "2 classes need it" in render(refusal.value.sentence, "en")
    assert desk.count(Course) == 2


def test_everything__undone_in_reverse__nothing_left(desk: Desk) -> None:
    for run in (4, 3, 2, 1):
        desk.undo(run)
    assert [desk.count(table) for table in (Course, TrainingClass, Enrolment, Trainer)] == [0] * 4


@pytest.mark.postgres
def test_all_kinds__on_postgres__as_on_sqlite(postgres_url: str, desk: Desk) -> None:
    database = Database(postgres_url)
    SQLModel.metadata.create_all(database.engine)
    settings = Settings(_env_file=None, database_url=postgres_url)
    other = Desk(database, settings)
    for kind, table in FILES.items():
        other.take(kind, table)
    for kind in FILES:
        assert sorted(other.export(kind).splitlines()) == sorted(desk.export(kind).splitlines())
    moved = other.take("people", "staff_no,full_name,unit\n00003,Bopha Keo,New Post\n")
    assert moved.counts["moved"] == 1
    for run in (5, 4, 3, 2, 1):
        other.undo(run)
    assert other.count(Course) == other.count(Trainer) == 0
    assert other.take("courses", COURSES).counts["new"] == 2
    database.close()
