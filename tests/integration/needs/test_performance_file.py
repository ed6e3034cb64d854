"""Files of figures of performance: taken, exported, taken back, refused row by row."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlmodel import select

from bot import imports
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.imports import Verdict
from bot.models.needs import Competency, NeedsRound, PerformanceFigure
from bot.models.people import Person, Unit
from bot.needs.imports.performance import PERFORMANCE

HEADER = "kind,staff_no,unit,competency,count,remark"
ROWS = (
    "errors,1011,,HS,7,March report",
    "appraisal,1011,,HS,1,",
    "errors,,Mekong/Poipet,HS,40,",
)


class Desk:
    """Sends tables to an administration of one office and one officer, in a planned survey."""

    def __init__(self, database: Database, clock: FixedClock, settings: Settings) -> None:
        self.database, self.clock, self.settings = database, clock, settings
        with database.transaction() as session:
            unit = Unit(name="Poipet", path="Mekong/Poipet")
            session.add(unit)
            session.flush()
            session.add(Person(staff_no="1011", full_name="Sok Dara", unit_id=unit.id))
            session.add(Competency(code="HS", name="Classification"))

    def plan(self) -> None:
        first = dt.date(2027, 1, 1)
        with self.database.transaction() as session:
            session.add(NeedsRound(plan_year=first, opens_on=first, closes_on=first))

    def check(self, *rows: str) -> imports.Report:
        content = "\n".join((HEADER, *rows)).encode()
        return imports.check(
            self.database, self.clock, self.settings, PERFORMANCE.name, "f.csv", content
        )

    def take(self, *rows: str) -> int:
        report = self.check(*rows)
        assert report.faults == ()
        assert report.run_id is not None
        imports.apply(self.database, self.clock, self.settings, report.run_id, SYSTEM)
        return report.run_id

    def exported(self) -> list[str]:
        assert PERFORMANCE.export is not None
        with self.database.transaction(readonly=True) as session:
            return [",".join(map(str, row)) for row in PERFORMANCE.export(session).rows]


@pytest.fixture
def desk(database: Database, clock: FixedClock, settings: Settings) -> Desk:
    return Desk(database, clock, settings)


def test_import__its_own_export__changes_nothing(desk: Desk) -> None:
    desk.plan()
    desk.take(*ROWS)
    assert sorted(desk.exported()) == sorted(ROWS)
    again = desk.check(*desk.exported())
    assert (again.counts.new, again.counts.changed, again.counts.unchanged) == (0, 0, 3)


def test_import__another_count__is_a_change_and_can_be_undone(desk: Desk) -> None:
    desk.plan()
    desk.take(*ROWS)
    before = desk.exported()
    run = desk.take("errors,1011,,HS,9,April report")
    assert desk.exported() != before
    with desk.database.transaction() as session:
        imports.undo(Ctx(session, desk.clock, SYSTEM, desk.settings), run)
    assert desk.exported() == before


def test_import__without_a_survey__is_refused(desk: Desk) -> None:
    report = desk.check(*ROWS)
    assert report.verdict is Verdict.REFUSED
    assert [fault.code for fault in report.faults] == ["no-survey"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("mistakes,1011,,HS,1,", "bad-choice"),
        ("errors,9999,,HS,1,", "key-unknown"),
        ("errors,,Bavet,HS,1,", "key-unknown"),
        ("errors,1011,,IPR,1,", "key-unknown"),
        ("errors,1011,Poipet,HS,1,", "one-of-both"),
        ("errors,,,HS,1,", "one-of-both"),
        ("errors,,Poipet,HS,2,", "figure-doubled"),
    ],
)
def test_import__a_bad_row__refuses_the_file(desk: Desk, row: str, code: str) -> None:
    desk.plan()
    report = desk.check(*ROWS, row)
    assert report.verdict is Verdict.REFUSED
    assert [(fault.code, fault.row) for fault in report.faults] == [(code, 5)]
    with desk.database.transaction(readonly=True) as session:
        assert session.exec(select(PerformanceFigure)).first() is None
