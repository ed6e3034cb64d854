"""Task books as files: taken, taken again, changed, exported, taken back."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlmodel import select

from bot import imports
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.errors import Refusal
from bot.evaluation.task_books import books, file, issues
from bot.imports import Report, Verdict, exporting
from bot.models.on_the_job import Signer, TaskBook, TaskItem
from bot.models.people import Grant, Person, Role, Unit
from bot.sandbox.demo import on_the_job
from tests.conftest import START

HEAD = "book,title,section,task,signer,within_hours,evidence,positions"
FIRST = (
    "VES,Vessel,Log,Sign on,,24,,Mate; Boarding Officer",
    "VES,Vessel,Cabin,Find the cabin,supervisor or their supervisor,24,yes,",
    "AIR,Airport,,Find the gate,trainer,,no,",
)


def table(*rows: str, head: str = HEAD) -> bytes:
    return "\n".join([head, *rows]).encode()


class Desk:
    """Sends files of task books, as a clerk does."""

    def __init__(self, database: Database, clock: FixedClock, settings: Settings) -> None:
        self.database, self.clock, self.settings = database, clock, settings

    def check(self, content: bytes, name: str = "books.csv") -> Report:
        return imports.check(
            self.database, self.clock, self.settings, file.TASK_BOOKS.name, name, content
        )

    def take(self, content: bytes, name: str = "books.csv") -> Report:
        report = self.check(content, name)
        assert report.run_id is not None, report.faults
        imports.apply(self.database, self.clock, self.settings, report.run_id, SYSTEM)
        return report

    def undo(self, report: Report) -> None:
        with self.database.transaction() as session:
            imports.undo(Ctx(session, self.clock, SYSTEM, self.settings), report.run_id)

    def tasks(self) -> list[tuple[str, str, int | None]]:
        with self.database.transaction(readonly=True) as session:
            rows = session.exec(
                select(TaskBook.code, TaskItem.task, TaskItem.place)
                .join(TaskItem, TaskItem.book_id == TaskBook.id)
                .order_by(TaskBook.code, TaskItem.id)
            )
            return [tuple(row) for row in rows]


@pytest.fixture
def desk(database: Database, clock: FixedClock, settings: Settings) -> Desk:
    return Desk(database, clock, settings)


def test_file__new_books__are_as_they_stand_in_it(desk: Desk) -> None:
    report = desk.take(table(*FIRST))
    assert (report.counts.new, report.counts.changed) == (3, 0)
    assert desk.tasks() == [
        ("AIR", "Find the gate", 1),
        ("VES", "Sign on", 1),
        ("VES", "Find the cabin", 2),
    ]
    with desk.database.transaction(readonly=True) as session:
        book = session.exec(select(TaskBook).where(TaskBook.code == "VES")).one()
        first, second = books.items_of(session, book.id)
        assert book.positions == ["Mate", "Boarding Officer"]
        assert (first.signer, first.within_hours) == (Signer.SUPERVISOR, 24)
        assert (second.signer, second.needs_evidence) == (Signer.SUPERIOR, True)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_file__exported_and_sent_again__changes_nothing(desk: Desk, ending: str) -> None:
    rows = on_the_job.task_books()
    head = list(rows[0])
    lines = [",".join(f'"{row[name]}"' for name in head) for row in rows]
    desk.take(table(*lines, head=",".join(head)))
    desk.take(table(*FIRST))
    name = f"books.{ending}"
    with desk.database.transaction(readonly=True) as session:
        content = exporting.export(session, "task_books", name)
    again = desk.check(content, name)
    assert (again.verdict, again.faults) == (Verdict.READY, ())
    counts = again.counts
    assert (counts.new, counts.changed, counts.missing) == (0, 0, 0)
    assert counts.unchanged == len(rows) + len(FIRST)


def test_file__without_a_task__takes_it_out_of_the_book_and_can_be_undone(desk: Desk) -> None:
    desk.take(table(*FIRST))
    report = desk.take(table("VES,Vessel,Log,Sign on,,12,,Mate; Boarding Officer"))
    assert (report.counts.changed, report.counts.missing) == (2, 1)
    assert desk.tasks()[1:] == [("VES", "Sign on", 1), ("VES", "Find the cabin", None)]
    desk.undo(report)
    assert desk.tasks()[1:] == [("VES", "Sign on", 1), ("VES", "Find the cabin", 2)]


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("VES,Vessels,,Eat,,,,", "title", "book-differs"),
        ("VES,Vessel,,Eat,,,,Cook", "positions", "book-differs"),
        ("VES,Vessel,,Sign on,,,,", "task", "key-doubled"),
        ("VES,Vessel,,,,,,", "task", "value-missing"),
        (",Vessel,,Eat,,,,", "book", "value-missing"),
    ],
)
def test_file__that_contradicts_itself__is_refused(
    desk: Desk, row: str, column: str, code: str
) -> None:
    report = desk.check(table(*FIRST, row))
    assert report.verdict is Verdict.REFUSED
    assert {(fault.column, fault.code) for fault in report.faults} >= {(column, code)}
    assert desk.tasks() == []


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [("captain,24,", "signer", "bad-choice"), (",0,", "within_hours", "bad-number"),
     (",,perhaps", "evidence", "bad-yes-no")],
)  # fmt: skip
def test_file__bad_values__become_blank(desk: Desk, cells: str, column: str, code: str) -> None:
    report = desk.take(table(f"VES,Vessel,Log,Sign on,{cells},"))
    assert [(fault.column, fault.code) for fault in report.faults] == [(column, code)]


def test_undo__of_a_book_that_somebody_has__is_refused(desk: Desk) -> None:
    report = desk.take(table(*FIRST))
    with desk.database.transaction() as session:
        office = Unit(name="Cape", path="Cape")
        session.add(office)
        session.flush()
        people = [Person(staff_no=f"{n}", full_name=f"P{n}", unit_id=office.id) for n in (1, 2)]
        session.add_all(people)
        session.flush()
        session.add(Grant(person_id=people[0].id, role=Role.UNIT, granted_at=START))
        book = session.exec(select(TaskBook).where(TaskBook.code == "VES")).one()
        ctx = Ctx(session, desk.clock, SYSTEM, desk.settings)
        joined = desk.clock.now() - dt.timedelta(hours=1)
        issues.hand_out(ctx, book.id, [(people[1].id, joined)])
    with pytest.raises(Refusal):
        desk.undo(report)
    assert len(desk.tasks()) == len(FIRST)
