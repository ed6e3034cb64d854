"""Every file of the table: what is said about it, and that the database holds what it should."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel

from bot import imports
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM
from bot.db import Database
from bot.errors import Fault, Refusal
from bot.i18n import render
from bot.imports import KINDS, Report, Verdict
from tests.bad_files import (
    cases_hostile,
    cases_people_blank,
    cases_people_clean,
    cases_people_refused,
    cases_qualifications,
    cases_training,
)
from tests.bad_files.case import Case

CASES = (
    *cases_people_refused.CASES,
    *cases_people_blank.CASES,
    *cases_people_clean.CASES,
    *cases_training.CASES,
    *cases_qualifications.CASES,
    *cases_hostile.CASES,
)
SENTENCES = Path(__file__).parent / "sentences.json"
OWN_BOOKS = frozenset({"import_run", "import_chunk", "blob", "audit_entry"})
each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)

Cells = dict[tuple[str, str], object]


def test_table__it_is_large_and_names_nothing_twice() -> None:
    assert len(CASES) >= 60
    assert len({case.name for case in CASES}) == len(CASES)


@each_case
def test_file__checked_and_taken__only_what_may_be_written_is(
    case: Case, database: Database, clock: FixedClock, settings: Settings
) -> None:
    before = everything(database)
    report = check(case, database, clock, settings)
    found = sorted((fault.row or 0, fault.column or "", fault.code) for fault in report.faults)
    expected = sorted((row or 0, column or "", code) for row, column, code in case.faults)
    assert found == expected
    assert report.verdict == case.verdict
    assert report.run_id is not None
    if case.verdict is not Verdict.READY:
        with pytest.raises(Refusal):
            imports.apply(database, clock, settings, report.run_id, SYSTEM)
    if case.verdict is Verdict.REFUSED:
        with pytest.raises(Refusal):
            imports.apply(database, clock, settings, report.run_id, SYSTEM, yes=True)
    assert everything(database) == before
    if case.verdict is not Verdict.REFUSED:
        imports.apply(database, clock, settings, report.run_id, SYSTEM, yes=True)
        counts = report.counts
        assert (everything(database) == before) == (counts.new + counts.changed == 0)
        shown = exported(database, case.kind)
        assert {cell: shown[cell] for cell in case.after} == dict(case.after)


def test_sentences__all_cases__read_as_in_the_golden_file(
    database: Database, clock: FixedClock, settings: Settings, request: pytest.FixtureRequest
) -> None:
    said = {
        case.name: [line(fault) for fault in check(case, database, clock, settings).faults]
        for case in CASES
        if case.faults
    }
    if request.config.getoption("--update"):
        SENTENCES.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert said == json.loads(SENTENCES.read_text("utf-8"))


def check(case: Case, database: Database, clock: FixedClock, settings: Settings) -> Report:
    return imports.check(database, clock, settings, case.kind, "file.xlsx", case.build())


def line(fault: Fault) -> str:
    """A fault as the command line prints it."""
    place = [f"row {fault.row}" if fault.row else "", fault.column or ""]
    where = ", ".join(part for part in place if part)
    return f"{fault.severity.value} {where}: {render(fault.sentence, 'en')}"


def everything(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables but those an import keeps for itself."""
    with database.transaction(readonly=True) as session:
        return {
            table.name: sorted(map(repr, session.execute(table.select())))
            for table in SQLModel.metadata.sorted_tables
            if table.name not in OWN_BOOKS
        }


def exported(database: Database, kind: str) -> Cells:
    """Every cell of the kind's export, by the row's key and the heading."""
    chosen = KINDS[kind]
    assert chosen.export is not None
    with database.transaction(readonly=True) as session:
        table = chosen.export(session)
        return dict(_cells(table.headings, table.rows, chosen.key))


def _cells(headings: Any, rows: Any, key: tuple[str, ...]) -> Iterator[tuple[Any, object]]:
    for row in rows:
        values = dict(zip(headings, row, strict=True))
        name = " ".join(str(values[column]) for column in key)
        yield from (((name, heading), value) for heading, value in values.items())
