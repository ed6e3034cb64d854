"""Files of competencies, of what posts require and of frameworks: taken, exported, taken back."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot import imports
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.errors import Refusal
from bot.imports import Report, Verdict, exporting
from bot.models.needs import Competency, CompetencyLevel, FrameworkCourse, PositionLevel
from bot.models.people import Person, Unit
from bot.models.training import Course
from bot.needs.imports import competencies, framework, position_levels

COMPETENCIES = competencies.COMPETENCIES.name
LEVELS = position_levels.POSITION_LEVELS.name
FRAMEWORK = framework.FRAMEWORK.name
HEAD = "code,name,name::Khmer (km),kind,field,level_1,level_1::Urdu (ur),level_2,level_3"
FIRST = (
    "HS,Tariff,ពន្ធគយ,functional,Tariff,Finds a heading,سرخی ڈھونڈتا ہے,Applies the rules,Teaches",
    "TALK,Communication,,behavioural,,Listens,,Explains,",
)


def table(head: str, *rows: str) -> bytes:
    return "\n".join([head, *rows]).encode()


class Desk:
    """Sends files, as a clerk does."""

    def __init__(self, database: Database, clock: FixedClock, settings: Settings) -> None:
        self.database, self.clock, self.settings = database, clock, settings

    def check(self, kind: str, content: bytes, name: str = "file.csv") -> Report:
        return imports.check(self.database, self.clock, self.settings, kind, name, content)

    def take(self, kind: str, content: bytes, name: str = "file.csv") -> Report:
        report = self.check(kind, content, name)
        assert report.run_id is not None, report.faults
        imports.apply(self.database, self.clock, self.settings, report.run_id, SYSTEM)
        return report

    def undo(self, report: Report) -> None:
        with self.database.transaction() as session:
            imports.undo(Ctx(session, self.clock, SYSTEM, self.settings), report.run_id)

    def rename(self, position: str) -> None:
        """The roster spells the post of everybody otherwise from now on."""
        with self.database.transaction() as session:
            for person in session.exec(select(Person)):
                person.position = position

    def rows(self, *columns):
        with self.database.transaction(readonly=True) as session:
            return [tuple(row) for row in session.execute(select(*columns).order_by(*columns))]

    def described(self) -> list[tuple[str, int, str]]:
        with self.database.transaction(readonly=True) as session:
            query = (
                select(Competency.code, CompetencyLevel.level, CompetencyLevel.behaviour)
                .join(CompetencyLevel, CompetencyLevel.competency_id == Competency.id)
                .order_by(Competency.code, CompetencyLevel.level)
            )
            return [tuple(row) for row in session.execute(query)]


@pytest.fixture
def desk(database: Database, clock: FixedClock, settings: Settings) -> Desk:
    with database.transaction() as session:
        session.add(Unit(name="Port", path="Port"))
        session.flush()
        office = session.exec(select(Unit.id)).one()
        session.add(Person(staff_no="1", full_name="A", unit_id=office, position="Examiner"))
        session.add_all([Course(code=code, title=code) for code in ("VAL", "HS")])
    return Desk(database, clock, settings)


def codes(report: Report) -> list[tuple[int | None, str | None, str]]:
    return [(fault.row, fault.column, fault.code) for fault in report.faults]


def test_competencies__new__are_as_they_stand_in_the_file(desk: Desk) -> None:
    report = desk.take(COMPETENCIES, table(HEAD, *FIRST))
    assert (report.counts.new, report.counts.changed) == (2, 0)
    assert desk.described() == [
        ("HS", 1, "Finds a heading"), ("HS", 2, "Applies the rules"), ("HS", 3, "Teaches"),
        ("TALK", 1, "Listens"), ("TALK", 2, "Explains"),
    ]  # fmt: skip
    with desk.database.transaction(readonly=True) as session:
        row = session.exec(select(Competency).where(Competency.code == "HS")).one()
        assert (row.names, row.field, row.active) == ({"km": "ពន្ធគយ"}, "Tariff", True)
        first = session.exec(
            select(CompetencyLevel.behaviours).where(CompetencyLevel.competency_id == row.id)
        ).all()
        assert first == [{"ur": "سرخی ڈھونڈتا ہے"}, {}, {}]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_competencies__exported_and_sent_again__change_nothing(desk: Desk, ending: str) -> None:
    desk.take(COMPETENCIES, table(HEAD, *FIRST))
    name = f"file.{ending}"
    with desk.database.transaction(readonly=True) as session:
        content = exporting.export(session, COMPETENCIES, name)
    again = desk.check(COMPETENCIES, content, name)
    assert (again.verdict, again.faults) == (Verdict.READY, ())
    counts = again.counts
    assert (counts.new, counts.changed, counts.missing, counts.unchanged) == (0, 0, 0, 2)


def test_competencies__other_levels__count_as_changed_and_can_be_undone(desk: Desk) -> None:
    desk.take(COMPETENCIES, table(HEAD, *FIRST))
    before = desk.described()
    report = desk.take(
        COMPETENCIES,
        table(
            "code,name,level_1,level_3", "HS,Tariff,Knows headings,", "TALK,Communication,,Leads"
        ),
    )
    counts = report.counts
    assert (counts.new, counts.changed, counts.unchanged) == (0, 2, 0)
    assert desk.described()[0] == ("HS", 1, "Knows headings")
    assert desk.described()[-1] == ("TALK", 3, "Leads")
    desk.undo(report)
    assert desk.described() == before


def test_competencies__undone__are_gone_with_their_levels(desk: Desk) -> None:
    report = desk.take(COMPETENCIES, table(HEAD, *FIRST))
    desk.undo(report)
    assert desk.described() == []
    assert desk.rows(Competency.code) == []


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("X,Other,,functional,,One,,,Three", (4, "level_3", "level-gap")),
        ("X,,,functional,,One,,,", (4, "name", "value-missing")),
        ("HS,Again,,,,,,,", (4, "code", "key-doubled")),
    ],
)
def test_competencies__with_a_fault__are_refused_whole(
    desk: Desk, row: str, fault: tuple[int, str, str]
) -> None:
    report = desk.check(COMPETENCIES, table(HEAD, *FIRST, row))
    assert report.verdict is Verdict.REFUSED
    assert fault in codes(report)
    assert desk.described() == []


def test_position_levels__taken__spell_posts_as_the_roster_does(desk: Desk) -> None:
    desk.take(COMPETENCIES, table(HEAD, *FIRST))
    report = desk.take(
        LEVELS,
        table("position,competency,level,importance", "examiner,HS,3,5", "Archivist,TALK,1,"),
    )
    assert codes(report) == [(3, "position", "post-of-nobody")]
    assert desk.rows(PositionLevel.position, PositionLevel.level, PositionLevel.importance) == [
        ("Archivist", 1, 3), ("Examiner", 3, 5),
    ]  # fmt: skip
    with desk.database.transaction(readonly=True) as session:
        content = exporting.export(session, LEVELS, "again.csv")
    again = desk.check(LEVELS, content, "again.csv")
    assert (again.counts.new, again.counts.changed, again.counts.unchanged) == (0, 0, 2)
    desk.rename("EXAMINER")
    later = desk.take(LEVELS, table("position,competency,level,importance", "EXAMINER,HS,2,5"))
    assert (later.counts.new, later.counts.changed) == (0, 1)
    desk.undo(later)
    desk.undo(report)
    assert desk.rows(PositionLevel.position) == []


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("Examiner,TALK,3,", (3, "level", "level-unknown")),
        ("Examiner,TALL,1,", (3, "competency", "key-unknown")),
        ("EXAMINER,HS,1,", (3, "competency", "post-doubled")),
        ("Examiner,TALK,,", (3, "level", "value-missing")),
    ],
)
def test_position_levels__with_a_fault__are_refused_whole(
    desk: Desk, row: str, fault: tuple[int, str, str]
) -> None:
    desk.take(COMPETENCIES, table(HEAD, *FIRST))
    head = "position,competency,level,importance"
    report = desk.check(LEVELS, table(head, "Examiner,HS,3,5", row))
    assert report.verdict is Verdict.REFUSED
    assert fault in codes(report)
    assert desk.rows(PositionLevel.position) == []


def test_framework__without_places__keeps_the_order_of_the_file(desk: Desk) -> None:
    report = desk.take(
        FRAMEWORK, table("position,course,kind", "Examiner,VAL,", "Examiner,HS,enhanced")
    )
    columns = (FrameworkCourse.place, FrameworkCourse.position, FrameworkCourse.kind)
    assert desk.rows(*columns) == [(1, "Examiner", "core"), (2, "Examiner", "enhanced")]
    with desk.database.transaction(readonly=True) as session:
        content = exporting.export(session, FRAMEWORK, "again.xlsx")
    again = desk.check(FRAMEWORK, content, "again.xlsx")
    assert (again.counts.new, again.counts.changed, again.counts.unchanged) == (0, 0, 2)
    assert desk.check(FRAMEWORK, table("position,course", "Examiner,XX")).verdict is (
        Verdict.REFUSED
    )
    desk.undo(report)
    assert desk.rows(FrameworkCourse.position) == []


def test_competencies__that_a_post_requires__cannot_be_undone(desk: Desk) -> None:
    report = desk.take(COMPETENCIES, table(HEAD, *FIRST))
    desk.take(LEVELS, table("position,competency,level", "Examiner,HS,3"))
    with pytest.raises(Refusal):
        desk.undo(report)
    assert len(desk.described()) == 5
