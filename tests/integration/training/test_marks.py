"""Marks: entered by form, taken from a file, taken back; never in a class that is closed."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlmodel import select

import bot.training.imports  # noqa: F401  (importing them registers the kinds)
from bot import imports
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Actor, Ctx
from bot.db import Database
from bot.errors import Refusal
from bot.i18n import render
from bot.imports import Applied, Report, Verdict
from bot.models.records import Mark
from bot.models.system import AuditEntry
from bot.models.training import Enrolment, EnrolmentState, TrainingClass
from bot.people.access import OutOfReach
from bot.training import marks, marks_list
from tests.cast import hold_class, settle_cast

HEADINGS = "class_code,staff_no,test,percent\n"


class Desk:
    """A class that is over, and files about it."""

    def __init__(self, database: Database, settings: Settings, clock: FixedClock) -> None:
        self.database, self.settings, self.clock = database, settings, clock
        with database.transaction() as session:
            ctx = self.ctx(session)
            self.ids = settle_cast(ctx)
            self.class_id = hold_class(ctx, self.ids, dt.date(2026, 3, 2))

    def ctx(self, session, who: str = "") -> Ctx:  # type: ignore[no-untyped-def]
        actor = Actor(self.ids[who]) if who else SYSTEM
        return Ctx(session, self.clock, actor, self.settings)

    def enter(self, who: str, whose: str, **typed: object) -> None:
        with self.database.transaction() as session:
            of_person = select(Enrolment.id).where(Enrolment.person_id == self.ids[whose])
            marks.enter(self.ctx(session, who), session.exec(of_person).one() or 0, typed)

    def check(self, rows: str) -> Report:
        content = f"{HEADINGS}{rows}".encode()
        return imports.check(
            self.database, self.clock, self.settings, "marks", "marks.csv", content
        )

    def apply(self, report: Report) -> Applied:
        assert report.run_id is not None, report.faults
        return imports.apply(
            self.database, self.clock, self.settings, report.run_id, SYSTEM, yes=True
        )

    def undo(self, applied: Applied) -> None:
        with self.database.transaction() as session:
            imports.undo(self.ctx(session), applied.run_id)

    def stored(self) -> dict[tuple[str, str], float]:
        names = {person_id: key for key, person_id in self.ids.items()}
        with self.database.transaction(readonly=True) as session:
            query = select(Enrolment.person_id, Mark.test, Mark.percent).join(
                Mark, Mark.enrolment_id == Enrolment.id
            )
            return {(names[who], test): percent for who, test, percent in session.exec(query)}

    def close(self) -> None:
        with self.database.transaction() as session:
            session.get_one(TrainingClass, self.class_id).closed_at = self.clock.now()


@pytest.fixture
def desk(database: Database, settings: Settings, clock: FixedClock) -> Desk:
    return Desk(database, settings, clock)


def sentences(report: Report) -> list[str]:
    return [render(fault.sentence, "en") for fault in report.faults]


def test_form__a_blank_takes_a_mark_away_and_the_audit_keeps_it(desk: Desk) -> None:
    desk.enter("trainer", "dara", practical=80, oral="72.5", paper=None)
    desk.enter("trainer", "dara", practical=85, oral="", paper=60)
    assert desk.stored() == {("dara", "practical"): 85, ("dara", "paper"): 60}
    with desk.database.transaction(readonly=True) as session:
        query = select(AuditEntry).where(AuditEntry.action == "marks.entered")
        last = session.exec(query.order_by(AuditEntry.id.desc())).first()
        assert last is not None
        assert last.details["old"] == {"practical": 80.0, "oral": 72.5}


@pytest.mark.parametrize("typed", [-1, 100.5, "many", "nan"])
def test_form__what_is_no_percentage__is_refused(desk: Desk, typed: object) -> None:
    with pytest.raises(Refusal):
        desk.enter("trainer", "dara", oral=typed)
    assert desk.stored() == {}


def test_form__by_others_or_for_a_closed_class__is_refused(desk: Desk) -> None:
    with pytest.raises(OutOfReach):
        desk.enter("sokha", "dara", oral=50)
    desk.close()
    with pytest.raises(Refusal):
        desk.enter("trainer", "dara", oral=50)
    assert desk.stored() == {}


def test_file__new_changed_and_unchanged__is_taken_and_taken_back(desk: Desk) -> None:
    desk.enter("trainer", "dara", oral=50)
    desk.enter("trainer", "rith", oral=60)
    report = desk.check("VAL-1,1011,oral,55\nVAL-1,1014,oral,60\nVAL-1,1012,Paper,71.5\n")
    counts = report.counts
    assert (counts.new, counts.changed, counts.unchanged) == (1, 1, 1)
    applied = desk.apply(report)
    taken = {("dara", "oral"): 55, ("rith", "oral"): 60, ("bopha", "paper"): 71.5}
    assert desk.stored() == taken
    desk.undo(applied)
    assert desk.stored() == {("dara", "oral"): 50, ("rith", "oral"): 60}


def test_file__taken_twice__changes_the_marks_of_the_first(desk: Desk) -> None:
    desk.apply(desk.check("VAL-1,1011,oral,55\n"))
    second = desk.apply(desk.check("VAL-1,1011,oral,65\n"))
    assert desk.stored() == {("dara", "oral"): 65}
    desk.undo(second)
    assert desk.stored() == {("dara", "oral"): 55}


def test_file__corrected_by_hand_since__is_not_taken_back(desk: Desk) -> None:
    applied = desk.apply(desk.check("VAL-1,1011,oral,55\n"))
    desk.enter("trainer", "dara", oral=56)
    with pytest.raises(Refusal):
        desk.undo(applied)
    assert desk.stored() == {("dara", "oral"): 56}


def test_file__checked_and_changed_by_hand_meanwhile__is_not_taken(desk: Desk) -> None:
    desk.enter("trainer", "dara", oral=50)
    report = desk.check("VAL-1,1011,oral,55\n")
    desk.enter("trainer", "dara", oral=51)
    with pytest.raises(Refusal):
        desk.apply(report)
    assert desk.stored() == {("dara", "oral"): 51}


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("VAL-1,1003,oral,5", "This person has no place in the class."),
        ("VAL-9,1011,oral,5", "There is no class VAL-9."),
        ("VAL-1,9999,oral,5", "Nobody has the staff number 9999."),
        ("VAL-1,1011,sport,5", "“sport” is not known here."),
        ("VAL-1,1011,oral,101", "Write a number from 0 to 100;"),
        ("VAL-1,1011,oral,", ""),
    ],
)
def test_file__with_a_fault__is_refused(desk: Desk, row: str, sentence: str) -> None:
    report = desk.check(f"{row}\n")
    assert report.verdict is Verdict.REFUSED
    assert any(said.startswith(sentence) for said in sentences(report))


def test_file__about_a_closed_class_or_who_left__is_refused(desk: Desk) -> None:
    with desk.database.transaction() as session:
        of_person = select(Enrolment).where(Enrolment.person_id == desk.ids["maly"])
        session.exec(of_person).one().state = EnrolmentState.WITHDRAWN
    assert desk.check("VAL-1,1015,oral,5\n").verdict is Verdict.REFUSED
    desk.close()
    (said,) = sentences(desk.check("VAL-1,1011,oral,5\n"))
    assert said == "The class VAL-1 has been closed. Open it again before its marks are changed."


def test_export__imported_again__changes_nothing(desk: Desk) -> None:
    desk.enter("trainer", "dara", oral=50, paper=66.5)
    with desk.database.transaction(readonly=True) as session:
        content = imports.export(session, "marks", "marks.xlsx")
    report = imports.check(desk.database, desk.clock, desk.settings, "marks", "m.xlsx", content)
    assert (report.faults, report.counts.unchanged, report.counts.changed) == ((), 2, 0)


def test_list__as_it_is_typed__sets_the_marks_of_all(desk: Desk) -> None:
    desk.enter("trainer", "dara", oral=50, paper=40)
    with desk.database.transaction() as session:
        ctx = desk.ctx(session, "trainer")
        assert marks_list.enter(ctx, desk.class_id, "1011 85,5 -\n\n ១០១២\t60 70 80 \n") == 2
    assert desk.stored() == {
        ("dara", "practical"): 85.5,
        ("dara", "oral"): 50,
        ("dara", "paper"): 40,
        ("bopha", "practical"): 60,
        ("bopha", "oral"): 70,
        ("bopha", "paper"): 80,
    }


@pytest.mark.parametrize(
    "line", ["9999 50", "1011", "1011 -", "1011 101", "1011 fine", "1011 1 2 3 4", "1003 50"]
)
def test_list__with_one_line_that_cannot_be_read__sets_nothing(desk: Desk, line: str) -> None:
    with desk.database.transaction() as session, pytest.raises(Refusal) as refused:
        marks_list.enter(desk.ctx(session, "trainer"), desk.class_id, f"1012 60\n{line}")
    assert render(refused.value.sentence, "en").startswith("Line 2: ")
    assert desk.stored() == {}


def test_list__of_somebody_elses_class__is_out_of_reach(desk: Desk) -> None:
    with desk.database.transaction() as session, pytest.raises(OutOfReach):
        marks_list.enter(desk.ctx(session, "sokha"), desk.class_id, "1012 60")
