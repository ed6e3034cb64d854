"""Nominations as a file: taken, refused where they do not fit, exported, undone."""

from __future__ import annotations

import pytest
from sqlmodel import select

import bot.training.imports  # noqa: F401  (importing it registers the kinds)
from bot import imports
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.i18n import render
from bot.imports import Report, Verdict
from bot.models.people import Person, Unit
from bot.models.training import Enrolment, EnrolmentChange, EnrolmentState
from bot.reports import nominations
from bot.training import list_cards, nomination_lists
from tests.integration.training.conftest import School
from tests.integration.training.nominating import open_round

HEADER = "class_code,staff_no,rank,reserve\n"


class Desk:
    """A round that is stored, and files about it."""

    def __init__(self, database: Database, clock: FixedClock, settings: Settings) -> None:
        self.database, self.clock, self.settings = database, clock, settings
        with database.transaction() as session:
            school = School(Ctx(session, clock, SYSTEM, settings), clock)
            here = open_round(school)
            self.ids, self.code, self.quota_id = school.ids, here.held.code, here.poipet.id
            self.class_id = here.class_id
            self.staff = {key: school.person(key).staff_no for key in school.ids}
            nomination_lists.name(school.acting("maly"), here.poipet.id, school.ids["dara"])

    def check(self, *rows: tuple[str, str, str]) -> Report:
        """Check a file of (key or number, rank, reserve)."""
        lines = [f"{self.code},{self.staff.get(key, key)},{r},{s}" for key, r, s in rows]
        content = (HEADER + "\n".join(lines) + "\n").encode()
        return self.check_file(content)

    def check_file(self, content: bytes) -> Report:
        return imports.check(
            self.database, self.clock, self.settings, "nominations", "names.csv", content
        )

    def take(self, *rows: tuple[str, str, str]) -> int:
        report = self.check(*rows)
        assert report.verdict is Verdict.READY, report.faults
        assert report.run_id is not None
        imports.apply(self.database, self.clock, self.settings, report.run_id, SYSTEM)
        return report.run_id

    def undo(self, run_id: int) -> None:
        with self.database.transaction() as session:
            imports.undo(Ctx(session, self.clock, SYSTEM, self.settings), run_id)

    def listed(self) -> list[str]:
        """The list of Poipet by key: names, a bar, reserves."""
        with self.database.transaction() as session:
            ctx = Ctx(session, self.clock, SYSTEM, self.settings)
            card = list_cards.show(ctx, self.quota_id)
        keys = {person_id: key for key, person_id in self.ids.items()}
        names = [keys[one.person_id] for one in card.names]
        return [*names, "|", *(keys[one.person_id] for one in card.reserves)]

    def steps(self) -> int:
        with self.database.transaction(readonly=True) as session:
            return len(session.exec(select(EnrolmentChange.id)).all())


@pytest.fixture
def desk(database: Database, clock: FixedClock, settings: Settings) -> Desk:
    return Desk(database, clock, settings)


def test_file__names_and_reserves__stand_on_the_list_in_the_order_of_ranks(desk: Desk) -> None:
    run = desk.take(("bilal", "2", "yes"), ("rith", "", "no"), ("bopha", "1", "yes"))
    assert desk.listed() == ["dara", "rith", "|", "bopha", "bilal"]
    assert desk.steps() == 4
    desk.undo(run)
    assert desk.listed() == ["dara", "|"]
    assert desk.steps() == 1


def test_file__of_who_is_on_the_list__changes_the_rank(desk: Desk) -> None:
    run = desk.take(("dara", "2", ""), ("rith", "1", ""))
    assert desk.listed() == ["rith", "dara", "|"]
    desk.undo(run)
    assert desk.listed() == ["dara", "|"]


def test_file__exported__taken_back_without_a_change(desk: Desk) -> None:
    desk.take(("rith", "", ""), ("bopha", "", "yes"))
    with desk.database.transaction(readonly=True) as session:
        content = imports.export(session, "nominations", "names.csv")
    report = desk.check_file(content)
    assert (report.faults, report.counts.unchanged) == ((), 3)
    assert (report.counts.new, report.counts.changed) == (0, 0)


def test_file__naming_who_was_struck__names_them_again(desk: Desk) -> None:
    with desk.database.transaction() as session:
        ctx = Ctx(session, desk.clock, SYSTEM, desk.settings)
        row = session.exec(select(Enrolment)).one()
        nomination_lists.strike(ctx, row.id)
    run = desk.take(("dara", "", ""))
    assert desk.listed() == ["dara", "|"]
    desk.undo(run)
    with desk.database.transaction(readonly=True) as session:
        row = session.exec(select(Enrolment)).one()
        assert (row.state, row.quota_id) == (EnrolmentState.CANCELLED, None)


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([("nobody", "", "")], "key-unknown"),
        ([("maly", "", ""), ("rith", "", "")], "too-many-names"),
        ([("left", "", "")], "not-active"),
        ([("elsewhere", "", "")], "no-quota"),
        ([("rith", "many", "")], "bad-number"),
    ],
)
def test_file__with_a_row_that_does_not_fit__says_which_and_what_to_do(
    desk: Desk, rows: list[tuple[str, str, str]], code: str
) -> None:
    with desk.database.transaction() as session:
        school_ctx = Ctx(session, desk.clock, SYSTEM, desk.settings)
        _add_odd_people(desk, school_ctx)
    report = desk.check(*rows)
    assert code in {fault.code for fault in report.faults}
    assert all(render(fault.sentence, "en") for fault in report.faults)
    assert (report.verdict is Verdict.REFUSED) is (code != "bad-number")


def test_file__for_a_class_without_a_round__is_refused(desk: Desk) -> None:
    desk.code = "VAL-9"
    assert {fault.code for fault in desk.check(("rith", "", "")).faults} == {"key-unknown"}


def _add_odd_people(desk: Desk, ctx: Ctx) -> None:
    office = ctx.session.get_one(Person, desk.ids["dara"]).unit_id
    away = Unit(name="Aflao", path="Aflao")
    ctx.session.add(away)
    ctx.session.flush()
    for key, unit_id, active in (("left", office, False), ("elsewhere", away.id, True)):
        person = Person(staff_no=f"9-{key}", full_name=key, unit_id=unit_id, active=active)
        ctx.session.add(person)
        desk.staff[key] = person.staff_no


def test_workbook__of_the_round__can_be_sent_back_as_it_is(desk: Desk) -> None:
    desk.take(("rith", "", ""), ("bopha", "", "yes"))
    with desk.database.transaction(readonly=True) as session:
        ctx = Ctx(session, desk.clock, SYSTEM, desk.settings)
        data = nominations.read(ctx, {"class": desk.class_id})
    (file,) = nominations.files(data, "km")
    report = desk.check_file(file.content)
    assert (report.faults, report.counts.unchanged, report.counts.changed) == ((), 3, 0)
    (screen,) = nominations.screens(data)
    assert "2 of 2 seats named, 1 in reserve" in render(screen.body[2], "en")
