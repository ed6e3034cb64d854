"""Whatever the roster holds: its own export changes nothing, edits give exactly themselves,
and undoing restores every row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

import bot.people.roster_import  # noqa: F401  (registers the kind)
from bot import imports
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.imports import KINDS, Applied, Report
from bot.imports.cleaning import clean
from bot.imports.exporting import as_csv, as_workbook
from bot.imports.kinds import Exported
from bot.models.people import FocalPoint, Person, Posting, Unit
from tests import databases
from tests.conftest import START

Row = dict[str, Any]

LETTERS = "abcXYZéñ 0123',;\"-/=+#&<>សុខដារ៉ា\u200bمحمد\u200cاسلم"
words = st.text(LETTERS, min_size=1, max_size=12).map(clean).filter(bool)
dates = st.dates(dt.date(1950, 1, 1), dt.date(2060, 12, 31))
staff_numbers = st.text("0123456789AEX-/", min_size=1, max_size=6)
units = st.sampled_from(
    ("Meru Port", "Border/Sila Post", "North/Border/Sila Post", "/Gate 4", "West/Gate 4")
)
optional = {
    "rank": st.one_of(st.just(""), words),
    "position": st.one_of(st.just(""), words),
    "gender": st.sampled_from(("", "f", "m", "x")),
    "phone": st.sampled_from(("", "+85512345678", "+85523456789", "+923001234567")),
    "language": st.sampled_from(("", "en", "km", "ur")),
    "hired_on": st.one_of(st.none(), dates),
    "active": st.booleans(),
    "full_name::Khmer (km)": st.one_of(st.just(""), words),
}
people = st.fixed_dictionaries({"full_name": words, "unit": units, **optional})
rosters = st.dictionaries(staff_numbers, people, min_size=1, max_size=8)


@dataclass
class Desk:
    database: Database
    configured: Settings
    clock: FixedClock

    def check(self, content: bytes) -> Report:
        return imports.check(
            self.database, self.clock, self.configured, "people", "people", content
        )

    def take(self, content: bytes) -> Applied:
        report = self.check(content)
        refused = [fault for fault in report.faults if fault.severity == "refused"]
        assert refused == []
        assert report.run_id is not None
        return imports.apply(
            self.database, self.clock, self.configured, report.run_id, SYSTEM, yes=True
        )

    def undo(self, run_id: int) -> None:
        with self.database.transaction() as session:
            imports.undo(Ctx(session, self.clock, SYSTEM, self.configured), run_id)

    def export(self, ending: str) -> bytes:
        with self.database.transaction(readonly=True) as session:
            return imports.export(session, "people", f"people.{ending}")

    def rows(self) -> dict[str, Row]:
        """The export, by staff number."""
        exporter = KINDS["people"].export
        assert exporter is not None
        with self.database.transaction(readonly=True) as session:
            table = exporter(session)
            rows = [dict(zip(table.headings, row, strict=True)) for row in table.rows]
        return {row["staff_no"]: row for row in rows}

    def everything(self) -> list[list[Any]]:
        """Every row an import of people may write."""
        with self.database.transaction(readonly=True) as session:
            return [
                sorted(row.model_dump_json() for row in session.scalars(select(table)))
                for table in (Unit, Person, Posting, FocalPoint)
            ]


@contextmanager
def opened(tables: str) -> Iterator[Desk]:
    with databases.another(tables) as address:
        configured = Settings(_env_file=None, database_url=address, country="KH")
        database = Database(configured.database_url)
        yield Desk(database, configured, FixedClock(START))
        database.close()


def table_of(roster: dict[str, Row], leaders: list[int] | None = None) -> Exported:
    """A roster as a file; `leaders` names a supervisor by position, perhaps in circles."""
    numbers = list(roster)
    columns = ("full_name", "unit", *optional)
    rows = []
    for place, (staff_no, values) in enumerate(roster.items()):
        leader = numbers[leaders[place] % len(numbers)] if leaders else ""
        rows.append([staff_no, *(values[column] for column in columns), leader])
    return Exported(("staff_no", *columns, "supervisor_staff_no"), iter(rows))


HARMLESS = {"supervisor-inactive", "phone-shared"}
lightly = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
leaderships = st.lists(st.integers(0, 7), min_size=8, max_size=8)


@lightly
@given(roster=rosters, leaders=leaderships, ending=st.sampled_from(("csv", "xlsx")))
def test_export__imported_again__changes_nothing(
    tables: str, roster: dict[str, Row], leaders: list[int], ending: str
) -> None:
    with opened(tables) as desk:
        desk.take(as_csv(table_of(roster, leaders)))
        before = desk.everything()
        report = desk.check(desk.export(ending))
        assert report.counts.unchanged == len(roster)
        assert report.counts.new + report.counts.changed == 0
        assert [fault.code for fault in report.faults if fault.code not in HARMLESS] == []
        assert desk.everything() == before


@lightly
@given(roster=rosters, ending=st.sampled_from(("csv", "xlsx")))
def test_import__into_nothing__holds_exactly_the_file(
    tables: str, roster: dict[str, Row], ending: str
) -> None:
    with opened(tables) as desk:
        table = table_of(roster)
        desk.take(as_csv(table) if ending == "csv" else as_workbook(table, "people"))
        held = desk.rows()
        assert set(held) == set(roster)
        for staff_no, values in roster.items():
            for heading in set(values) - {"unit", "full_name::Khmer (km)"}:
                assert held[staff_no][heading] == values[heading]
            assert (
                held[staff_no].get("full_name::Khmer (km)", "")
                == (values["full_name::Khmer (km)"])
            )
            assert held[staff_no]["unit"].lstrip("/").endswith(values["unit"].lstrip("/"))


@lightly
@given(
    roster=rosters,
    leaders=leaderships,
    edits=st.dictionaries(st.integers(0, 7), st.fixed_dictionaries({}, optional=optional)),
    added=st.dictionaries(staff_numbers, people, max_size=3),
)
def test_edits__applied_and_undone__exactly_these_and_then_none(
    tables: str,
    roster: dict[str, Row],
    leaders: list[int],
    edits: dict[int, Row],
    added: dict[str, Row],
) -> None:
    with opened(tables) as desk:
        desk.take(as_csv(table_of(roster, leaders)))
        before, rows = desk.everything(), desk.rows()
        wanted = edited(rows, edits, added)
        desk.clock.advance(days=1)
        headings = list(next(iter(wanted.values())))
        changed = Exported(headings, ([row[h] for h in headings] for row in wanted.values()))
        applied = desk.take(as_csv(changed))
        new = set(added) - set(rows)
        differing = {staff_no for staff_no in rows if wanted[staff_no] != padded(rows[staff_no])}
        assert applied.counts["new"] == len(applied.new) == len(new)
        assert applied.counts["changed"] == len(differing)
        held = {staff_no: padded(row) for staff_no, row in desk.rows().items()}
        assert {n: held[n] for n in rows} == {n: wanted[n] for n in rows}
        desk.undo(applied.run_id)
        assert desk.everything() == before


def edited(rows: dict[str, Row], edits: dict[int, Row], added: dict[str, Row]) -> dict[str, Row]:
    """The export with some cells changed and some people added."""
    wanted = {staff_no: padded(row) for staff_no, row in rows.items()}
    numbers = list(rows)
    for place, values in edits.items():
        wanted[numbers[place % len(numbers)]].update(values)
    blank = dict.fromkeys(padded(next(iter(rows.values()))), "")
    for staff_no, values in added.items():
        wanted.setdefault(staff_no, {**blank, **values, "staff_no": staff_no})
    return wanted


def padded(row: Row) -> Row:
    """A row with its Khmer name, which an export leaves out where nobody has one, and with a
    unit that stays without doubt when the file brings in another of its name.
    """
    unit = "/Gate 4" if row["unit"] == "Gate 4" else row["unit"]
    return {**row, "full_name::Khmer (km)": row.get("full_name::Khmer (km)", ""), "unit": unit}
