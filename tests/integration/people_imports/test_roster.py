"""What importing people does beyond bad files: postings, hooks, audit, units."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from bot import imports
from bot.imports import Applied, Verdict
from bot.imports.hooks import HOOKS
from bot.models.imports import ImportChunk
from bot.models.people import FocalPoint, Person, Unit
from bot.models.system import AuditEntry
from tests.roster_desk import Desk

TODAY = dt.date(2026, 3, 2)


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
