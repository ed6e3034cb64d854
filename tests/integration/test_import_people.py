"""What importing people does beyond bad files: postings, hooks, audit, undo, a changed world."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from sqlalchemy import select, update

import bot.people.roster_import  # noqa: F401  (registers the kind)
from bot import imports
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.errors import Refusal
from bot.i18n import render
from bot.imports import Applied, Report, Verdict
from bot.imports.hooks import HOOKS
from bot.models.chats import Chat
from bot.models.imports import ImportChunk
from bot.models.people import FocalPoint, Person, Posting, Unit
from bot.models.system import AuditEntry

ROSTER = """staff_no,full_name,unit,directorate,position,supervisor_staff_no,in_post_since
00001,Dara Sok,Meru Port,Border,Chief,,2025-01-06
00002,Vuth Chan,Meru Port,Border,Inspector,00001,
00003,Bopha Keo,Sila Post,Border,Inspector,00001,2099-01-01
00004,Rith Nov,Sila Post,Border,Inspector,00003,
"""
TODAY = dt.date(2026, 3, 2)


class Desk:
    """Somebody at the desk who imports one file after the other."""

    def __init__(self, database: Database, clock: FixedClock, settings: Settings) -> None:
        self.database, self.clock, self.settings = database, clock, settings

    def check(self, table: str, *, rehearsal: bool = False) -> Report:
        return imports.check(
            self.database,
            self.clock,
            self.settings,
            "people",
            "people.csv",
            table.encode(),
            rehearsal=rehearsal,
        )

    def apply(self, report: Report, *, yes: bool = True) -> Applied:
        assert report.run_id is not None
        return imports.apply(
            self.database, self.clock, self.settings, report.run_id, SYSTEM, yes=yes
        )

    def take(self, table: str) -> Applied:
        return self.apply(self.check(table))

    def undo(self, run_id: int) -> Applied:
        with self.database.transaction() as session:
            return imports.undo(Ctx(session, self.clock, SYSTEM, self.settings), run_id)

    def export(self) -> bytes:
        with self.database.transaction(readonly=True) as session:
            return imports.export(session, "people", "people.csv")

    def postings(self, staff_no: str) -> list[tuple[object, ...]]:
        """Unit, position, from and until of somebody's postings, the oldest first."""
        with self.database.transaction(readonly=True) as session:
            query = (
                select(Unit.name, Posting.position, Posting.from_on, Posting.until_on)
                .join(Unit, Unit.id == Posting.unit_id)
                .join(Person, Person.id == Posting.person_id)
                .where(Person.staff_no == staff_no)
                .order_by(Posting.id)
            )
            return [tuple(row) for row in session.execute(query)]


@pytest.fixture
def desk(database: Database, clock: FixedClock, settings: Settings) -> Desk:
    desk = Desk(database, clock, settings)
    desk.take(ROSTER)
    return desk


@pytest.fixture
def told() -> Iterator[list[Applied]]:
    """What a listener hears about imports of people."""
    heard: list[Applied] = []

    def hook(_ctx: Ctx, applied: Applied) -> None:
        heard.append(applied)

    imports.after_apply("people", hook)
    yield heard
    HOOKS["people"].remove(hook)


def sentence(refusal: pytest.ExceptionInfo[Refusal]) -> str:
    return render(refusal.value.sentence, "en")


def test_posting__first_import__from_the_day_given_or_today(desk: Desk) -> None:
    assert desk.postings("00001") == [("Meru Port", "Chief", dt.date(2025, 1, 6), None)]
    assert desk.postings("00002") == [("Meru Port", "Inspector", TODAY, None)]
    assert desk.postings("00003") == [("Sila Post", "Inspector", TODAY, None)]


def test_posting__moved_later__one_closed_and_one_opened(desk: Desk) -> None:
    desk.clock.advance(days=30)
    desk.take("staff_no,full_name,unit\n00002,Vuth Chan,Sila Post\n")
    day = TODAY + dt.timedelta(days=30)
    assert desk.postings("00002") == [
        ("Meru Port", "Inspector", TODAY, day),
        ("Sila Post", "Inspector", day, None),
    ]


def test_posting__other_supervisor_since_a_date__closed_on_that_date(desk: Desk) -> None:
    desk.clock.advance(days=30)
    desk.take(
        "staff_no,full_name,unit,supervisor_staff_no,in_post_since\n"
        "00004,Rith Nov,Sila Post,00001,2026-03-16\n"
    )
    day = dt.date(2026, 3, 16)
    assert desk.postings("00004") == [
        ("Sila Post", "Inspector", TODAY, day),
        ("Sila Post", "Inspector", day, None),
    ]


def test_posting__leaves_and_returns__a_gap_between(desk: Desk) -> None:
    header = "staff_no,full_name,unit,active\n"
    desk.clock.advance(days=10)
    desk.take(header + "00004,Rith Nov,Sila Post,no\n")
    desk.clock.advance(days=10)
    desk.take(header + "00004,Rith Nov,Sila Post,yes\n")
    assert [row[2:] for row in desk.postings("00004")] == [
        (TODAY, TODAY + dt.timedelta(days=10)),
        (TODAY + dt.timedelta(days=20), None),
    ]


def test_posting__name_corrected__none_touched(desk: Desk) -> None:
    before = desk.postings("00002")
    applied = desk.take("staff_no,full_name,unit\n00002,Vuth Channa,Meru Port\n")
    assert applied.counts["changed"] == 1
    assert desk.postings("00002") == before


def test_hook__moved_left_returned_new__ids_by_what_happened(
    desk: Desk, told: list[Applied]
) -> None:
    header = "staff_no,full_name,unit,active\n"
    desk.take(
        header + "00002,Vuth Chan,Sila Post,\n00004,Rith Nov,Sila Post,no\n"
        "00005,Mere Tora,New Post,\n"
    )
    desk.take(header + "00004,Rith Nov,Sila Post,yes\n")
    with desk.database.transaction(readonly=True) as session:
        ids = dict(session.execute(select(Person.staff_no, Person.id)).all())
    first, second = told
    assert first.moved == (ids["00002"],)
    assert first.left == (ids["00004"],)
    assert first.new == (ids["00005"],)
    assert second.returned == (ids["00004"],)


def test_hook__same_one_twice__refused(told: list[Applied]) -> None:
    with pytest.raises(ValueError, match="twice"):
        imports.after_apply("people", HOOKS["people"][-1])


def test_audit__import_and_undo__one_entry_each_with_counts(desk: Desk) -> None:
    run = desk.take("staff_no,full_name,unit\n00005,Mere Tora,Meru Port\n").run_id
    desk.undo(run)
    with desk.database.transaction(readonly=True) as session:
        entries = session.scalars(
            select(AuditEntry).where(AuditEntry.object_id == run).order_by(AuditEntry.id)
        ).all()
    assert [entry.action for entry in entries] == ["import.applied", "import.undone"]
    assert entries[0].details["counts"]["new"] == 1


def test_units__made_on_the_fly__with_everything_above(desk: Desk) -> None:
    desk.take("staff_no,full_name,unit,cluster\n00005,Mere Tora,Gate 4,West\n")
    with desk.database.transaction(readonly=True) as session:
        kinds = {unit.path: unit.kind.value for unit in session.scalars(select(Unit))}
    assert kinds == {
        "Border": "directorate",
        "Border/Meru Port": "unit",
        "Border/Sila Post": "unit",
        "West": "cluster",
        "West/Gate 4": "unit",
    }


def test_focal_points__listed_anew__old_ones_dropped(desk: Desk) -> None:
    desk.take("staff_no,full_name,unit,focal_for\n00001,Dara Sok,Meru Port,Meru Port\n")
    desk.take("staff_no,full_name,unit,focal_for\n00001,Dara Sok,Meru Port,Sila Post\n")
    with desk.database.transaction(readonly=True) as session:
        units = session.scalars(
            select(Unit.name).join(FocalPoint, FocalPoint.unit_id == Unit.id)
        ).all()
    assert units == ["Sila Post"]


def test_columns__absent_from_the_file__stay_as_they_are(desk: Desk) -> None:
    before = desk.export()
    report = desk.check("unit,staff_no,full_name\nMeru Port,00001,Dara Sok\n")
    assert (report.counts.unchanged, report.counts.missing) == (1, 3)
    desk.apply(report)
    assert desk.export() == before


def test_rehearsal__nothing_kept(desk: Desk) -> None:
    with desk.database.transaction(readonly=True) as session:
        before = session.scalars(select(ImportChunk.id)).all()
    report = desk.check("staff_no,full_name,unit\n00005,Mere Tora,Meru Port\n", rehearsal=True)
    assert (report.run_id, report.verdict, report.counts.new) == (None, Verdict.READY, 1)
    with desk.database.transaction(readonly=True) as session:
        assert session.scalars(select(ImportChunk.id)).all() == before


def test_report__read_again__the_same(desk: Desk) -> None:
    report = desk.check(
        "staff_no,full_name,unit,phone,active\n00004,Rith Nov,Sila Post,12,no\n"
        "00003,Bopha Keo,Meru Port,,\n"
    )
    assert report.run_id is not None
    with desk.database.transaction(readonly=True) as session:
        assert imports.report_of(session, report.run_id) == report
        kept = imports.original_of(session, report.run_id)
    assert kept is not None
    assert kept.startswith(b"staff_no")


def test_apply__twice__refused(desk: Desk) -> None:
    report = desk.check("staff_no,full_name,unit\n00005,Mere Tora,Meru Port\n")
    desk.apply(report)
    with pytest.raises(Refusal) as refusal:
        desk.apply(report)
    assert "taken already" in sentence(refusal)


def test_apply__another_file_in_between__check_again(desk: Desk) -> None:
    first = desk.check("staff_no,full_name,unit\n00005,Mere Tora,Meru Port\n")
    second = desk.check("staff_no,full_name,unit\n00006,Jone Vuki,Meru Port\n")
    desk.apply(first)
    with pytest.raises(Refusal) as refusal:
        desk.apply(second)
    assert "Send the file again" in sentence(refusal)


def test_apply__row_edited_in_between__check_again_and_nothing_written(desk: Desk) -> None:
    report = desk.check(
        "staff_no,full_name,unit,rank\n00002,Vuth Chan,Meru Port,Chief\n"
        "00005,Mere Tora,Meru Port,Clerk\n"
    )
    edit(desk, "00002", rank="Officer")
    before = desk.export()
    with pytest.raises(Refusal) as refusal:
        desk.apply(report)
    assert "changed after the file was checked" in sentence(refusal)
    assert desk.export() == before


def test_apply__new_number_taken_in_between__check_again(desk: Desk) -> None:
    report = desk.check("staff_no,full_name,unit\n00005,Mere Tora,Meru Port\n")
    with desk.database.transaction() as session:
        session.add(Person(staff_no="00005", full_name="Somebody", unit_id=1))
    with pytest.raises(Refusal) as refusal:
        desk.apply(report)
    assert "changed after the file was checked" in sentence(refusal)


def test_undo__nothing_depends_on_it__all_as_before(desk: Desk, told: list[Applied]) -> None:
    before = desk.export(), desk.postings("00002")
    run = desk.take(
        "staff_no,full_name,unit,supervisor_staff_no,active,focal_for\n"
        "00002,Vuth Chan,New Post,00009,,\n00009,Mere Tora,New Post,,,New Post\n"
        "00004,Rith Nov,Sila Post,,no,\n00001,Dara Sok,Meru Port,,,Sila Post\n"
    ).run_id
    assert desk.export() != before[0]
    desk.undo(run)
    assert (desk.export(), desk.postings("00002")) == before
    assert [applied.undone for applied in told] == [False, True]


def test_undo__twice__refused(desk: Desk) -> None:
    run = desk.take("staff_no,full_name,unit\n00005,Mere Tora,Meru Port\n").run_id
    desk.undo(run)
    with pytest.raises(Refusal) as refusal:
        desk.undo(run)
    assert "not in force" in sentence(refusal)


def test_undo__new_person_linked_a_chat__refused_and_why(desk: Desk) -> None:
    run = desk.take("staff_no,full_name,unit\n00005,Mere Tora,Meru Port\n").run_id
    with desk.database.transaction() as session:
        person_id = session.scalars(select(Person.id).where(Person.staff_no == "00005")).one()
        session.add(Chat(user_id=77, person_id=person_id))
    before = desk.export()
    with pytest.raises(Refusal) as refusal:
        desk.undo(run)
    assert "1 person has linked a chat" in sentence(refusal)
    assert desk.export() == before


def test_undo__later_import_of_the_same_row__refused(desk: Desk) -> None:
    run = desk.take("staff_no,full_name,unit,rank\n00002,Vuth Chan,Meru Port,Chief\n").run_id
    desk.take("staff_no,full_name,unit,rank\n00002,Vuth Chan,Meru Port,Officer\n")
    with pytest.raises(Refusal) as refusal:
        desk.undo(run)
    assert "1 row it wrote was changed since" in sentence(refusal)


def test_undo__later_import_leads_to_its_new_people__refused(desk: Desk) -> None:
    run = desk.take("staff_no,full_name,unit\n00005,Mere Tora,Meru Port\n").run_id
    desk.take("staff_no,full_name,unit,supervisor_staff_no\n00002,Vuth Chan,Meru Port,00005\n")
    with pytest.raises(Refusal) as refusal:
        desk.undo(run)
    assert "1 other person is tied to it" in sentence(refusal)


def test_undo__other_column_edited_since__allowed_and_kept(desk: Desk) -> None:
    run = desk.take("staff_no,full_name,unit,rank\n00002,Vuth Chan,Meru Port,Chief\n").run_id
    edit(desk, "00002", grade="7")
    desk.undo(run)
    with desk.database.transaction(readonly=True) as session:
        person = session.scalars(select(Person).where(Person.staff_no == "00002")).one()
        assert (person.rank, person.grade) == ("", "7")


def edit(desk: Desk, staff_no: str, **values: str) -> None:
    with desk.database.transaction() as session:
        session.execute(update(Person).where(Person.staff_no == staff_no).values(**values))
