"""Files of classes, enrolments and records: what they may bring, and what follows from them."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlmodel import select

import bot.people.roster_import
import bot.training.imports  # noqa: F401  (importing them registers the kinds)
from bot import imports
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.errors import Refusal
from bot.i18n import render
from bot.imports import Applied, Report, Verdict
from bot.models.approvals import Approval
from bot.models.delivery import OutboxItem
from bot.models.records import TrainingRecord
from bot.models.training import Course, Enrolment, EnrolmentChange, TrainingClass
from bot.models.training import EnrolmentState as S
from bot.training import enrolling
from tests.cast import settle_cast

COURSES = "code,title,mode,prerequisites\nHS,Harmonized System,in person,\nVAL,Valuation,,HS\n"
CLASSES = (
    "class_code,course_code,starts_on,ends_on,seats,least_trainees,cohort,bring,donor,country\n"
    "HS-1,HS,2026-04-06,2026-04-10,2,1,Second,A laptop,Japan,Japan\n"
)
ENROLMENT = "class_code,staff_no,status\n"


class Desk:
    def __init__(self, database: Database, settings: Settings, clock: FixedClock) -> None:
        self.database, self.settings, self.clock = database, settings, clock
        with database.transaction() as session:
            self.ids = settle_cast(self.ctx(session))
        self.take("courses", COURSES)
        self.take("classes", CLASSES)

    def ctx(self, session) -> Ctx:  # type: ignore[no-untyped-def]
        return Ctx(session, self.clock, SYSTEM, self.settings)

    def check(self, kind: str, table: str) -> Report:
        return imports.check(
            self.database, self.clock, self.settings, kind, f"{kind}.csv", table.encode()
        )

    def take(self, kind: str, table: str) -> Applied:
        report = self.check(kind, table)
        assert report.verdict is not Verdict.REFUSED, report.faults
        return self.apply(report)

    def apply(self, report: Report) -> Applied:
        assert report.run_id is not None
        return imports.apply(
            self.database, self.clock, self.settings, report.run_id, SYSTEM, yes=True
        )

    def undo(self, run_id: int) -> None:
        with self.database.transaction() as session:
            imports.undo(self.ctx(session), run_id)

    def states(self) -> dict[str, str]:
        names = {person_id: key for key, person_id in self.ids.items()}
        with self.database.transaction(readonly=True) as session:
            rows = session.exec(select(Enrolment)).all()
            return {names[row.person_id]: row.state.value for row in rows}


@pytest.fixture
def desk(database: Database, settings: Settings, clock: FixedClock) -> Desk:
    return Desk(database, settings, clock)


def said(report: Report) -> list[tuple[int | None, str]]:
    return [(fault.row, render(fault.sentence, "en")) for fault in report.faults]


def test_course__mode_nobody_knows__is_blank_with_a_warning(desk: Desk) -> None:
    report = desk.check("courses", "code,title,mode\nORI,Origin,by post\n")
    assert report.verdict is Verdict.READY
    desk.apply(report)
    with desk.database.transaction(readonly=True) as session:
        assert session.exec(select(Course.mode).where(Course.code == "ORI")).one() == ""
    assert report.faults[0].code == "bad-choice"


def test_course__prerequisites_in_words__are_kept_with_a_warning(desk: Desk) -> None:
    report = desk.check(
        "courses", "code,title,prerequisites\nORI,Origin,some experience\nIPR,IPR,XYZ or QQ\n"
    )
    assert [fault.code for fault in report.faults] == ["no-rule", "no-rule"]
    desk.apply(report)
    with desk.database.transaction(readonly=True) as session:
        kept = session.exec(select(Course.prerequisites).where(Course.code == "ORI")).one()
    assert kept == "some experience"


def test_class__of_a_foreign_offer__keeps_what_the_next_file_leaves_out(desk: Desk) -> None:
    desk.take("classes", "class_code,course_code,seats,country,paid_by\nHS-1,HS,2,,Donor\n")
    with desk.database.transaction(readonly=True) as session:
        held = session.exec(select(TrainingClass)).one()
    assert (held.least_trainees, held.cohort, held.bring) == (1, "Second", "A laptop")
    assert held.offer == {"donor": "Japan", "paid_by": "Donor"}


def test_enrolments__more_than_the_class_has_seats__refused_with_the_row(desk: Desk) -> None:
    rows = "HS-1,1011,\nHS-1,1012,completed\nHS-1,1013,no-show\nHS-1,1014,\n"
    report = desk.check("enrolments", ENROLMENT + rows)
    assert report.verdict is Verdict.REFUSED
    assert said(report) == [
        (
            5,
            (
                "Class HS-1 has 2 seats, and they are taken. Give the class more seats first, or "
                "write “approved” for who waits for one."
            ),
        )
    ]


def test_enrolments__one_leaves_and_another_comes__fit_in_one_file(desk: Desk) -> None:
    desk.take("enrolments", ENROLMENT + "HS-1,1011,\nHS-1,1012,\n")
    desk.take("enrolments", ENROLMENT + "HS-1,1013,\nHS-1,1012,withdrawn\n")
    assert desk.states() == {"dara": "enrolled", "bopha": "withdrawn", "bilal": "enrolled"}


def test_enrolments__taken__are_kept_as_steps_and_gone_when_undone(desk: Desk) -> None:
    run = desk.take("enrolments", ENROLMENT + "HS-1,1011,\n").run_id
    second = desk.take("enrolments", ENROLMENT + "HS-1,1011,no-show\n").run_id
    with desk.database.transaction(readonly=True) as session:
        changes = session.exec(select(EnrolmentChange).order_by(EnrolmentChange.id)).all()
        steps = [(change.act, change.old, change.new) for change in changes]
        approved_at = session.exec(select(Enrolment.approved_at)).one()
    assert steps == [("import", "", "enrolled"), ("import", "enrolled", "no-show")]
    assert approved_at == desk.clock.now()
    desk.undo(second)
    desk.undo(run)
    with desk.database.transaction(readonly=True) as session:
        assert session.exec(select(EnrolmentChange)).all() == []


def test_enrolments__seat_freed_by_a_file__goes_to_who_waits(desk: Desk) -> None:
    desk.take("enrolments", ENROLMENT + "HS-1,1011,\nHS-1,1012,\nHS-1,1013,approved\n")
    assert desk.states()["bilal"] == "approved"
    desk.take("enrolments", ENROLMENT + "HS-1,1011,withdrawn\n")
    assert desk.states()["bilal"] == "enrolled"


def test_enrolments__class_filled_since_the_check__refused_whole(desk: Desk) -> None:
    report = desk.check("enrolments", ENROLMENT + "HS-1,1011,\nHS-1,1012,\n")
    with desk.database.transaction() as session:
        held = session.exec(select(TrainingClass)).one()
        enrolling.admit(desk.ctx(session), held.id, desk.ids["rith"])
    with pytest.raises(Refusal) as refusal:
        desk.apply(report)
    assert "has filled up since" in render(refusal.value.sentence, "en")
    assert desk.states() == {"rith": "enrolled"}


def test_enrolments__request_that_a_file_settles__is_not_decided_any_more(desk: Desk) -> None:
    with desk.database.transaction() as session:
        held = session.exec(select(TrainingClass)).one()
        row = Enrolment(
            class_id=held.id,
            person_id=desk.ids["dara"],
            state=S.REQUESTED,
            changed_at=desk.clock.now(),
        )
        session.add(row)
        session.flush()
        at = desk.clock.now()
        session.add(Approval(enrolment_id=row.id, asked_at=at, passed_on_at=at))
    desk.take("enrolments", ENROLMENT + "HS-1,1011,enrolled\n")
    with desk.database.transaction(readonly=True) as session:
        assert session.exec(select(Approval)).one().ended_how == "imported"


def test_class__seats_below_those_taken__refused_with_the_number(desk: Desk) -> None:
    desk.take("enrolments", ENROLMENT + "HS-1,1011,\nHS-1,1012,\n")
    report = desk.check("classes", "class_code,course_code,seats\nHS-1,HS,1\n")
    assert said(report) == [
        (
            2,
            (
                "Class HS-1 has 2 people with a place. Give at least 2 seats, or take people off "
                "its list first."
            ),
        )
    ]


def test_class__seats_added_by_a_file__are_given_away_and_stay(desk: Desk) -> None:
    desk.take("enrolments", ENROLMENT + "HS-1,1011,\nHS-1,1012,\nHS-1,1013,approved\n")
    run = desk.take("classes", "class_code,course_code,seats\nHS-1,HS,3\n").run_id
    assert desk.states()["bilal"] == "enrolled"
    with pytest.raises(Refusal) as refusal:
        desk.undo(run)
    assert "fewer seats than people" in render(refusal.value.sentence, "en")


def test_class__moved_by_a_file__who_is_in_it_is_told_and_told_again_when_undone(
    desk: Desk,
) -> None:
    desk.take("enrolments", ENROLMENT + "HS-1,1011,\n")
    moved = "class_code,course_code,seats,starts_on,ends_on\nHS-1,HS,2,2026-04-07,2026-04-11\n"
    run = desk.take("classes", moved).run_id
    desk.undo(run)
    desk.take("classes", "class_code,course_code,seats,cohort\nHS-1,HS,2,Third\n")
    with desk.database.transaction(readonly=True) as session:
        told = session.exec(
            select(OutboxItem).where(OutboxItem.notice == "class_moved").order_by(OutboxItem.id)
        ).all()
        before = [item.params["before"]["starts_on"] for item in told]
    assert before == ["2026-04-06", "2026-04-07"]
    assert {item.person_id for item in told} == {desk.ids["dara"]}


RECORD = "staff_no,course_code,title,completed_on,kind,hours,source,sponsor\n"


def test_records__taken_exported_and_undone__are_what_the_file_says(desk: Desk) -> None:
    rows = "1011,HS,Ignored,2025-05-01,,12.5,,\n1012,,CLiKC! Valuation,2024-01-31,abroad,,WCO,JP\n"
    run = desk.take("records", RECORD + rows).run_id
    with desk.database.transaction(readonly=True) as session:
        found = session.exec(select(TrainingRecord).order_by(TrainingRecord.id)).all()
        content = imports.export(session, "records", "records.xlsx")
    assert [(row.title, row.completed_on) for row in found] == [
        ("", dt.date(2025, 5, 1)),
        ("CLiKC! Valuation", dt.date(2024, 1, 31)),
    ]
    again = imports.check(desk.database, desk.clock, desk.settings, "records", "r.xlsx", content)
    assert (again.faults, again.counts.unchanged, again.counts.new) == ((), 2, 0)
    desk.undo(run)
    with desk.database.transaction(readonly=True) as session:
        assert session.exec(select(TrainingRecord)).all() == []


@pytest.mark.parametrize(
    ("rows", "row", "code"),
    [
        ("1011,,,2025-05-01,,,,\n", 2, "record-of-nothing"),
        ("1011,ORI,,2025-05-01,,,,\n", 2, "record-of-nothing"),
        ("1011,HS,,2027-05-01,,,,\n", 2, "day-to-come"),
        ("1011,HS,,2025-05-01,,,,\n1011,HS,,2025-05-01,,,,\n", 3, "record-doubled"),
        ("9999,HS,,2025-05-01,,,,\n", 2, "key-unknown"),
    ],
)
def test_records__that_cannot_be__refused_with_their_row(
    desk: Desk, rows: str, row: int, code: str
) -> None:
    report = desk.check("records", RECORD + rows)
    assert report.verdict is Verdict.REFUSED
    assert (row, code) in [(fault.row, fault.code) for fault in report.faults]
