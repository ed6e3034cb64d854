"""How long an import of people takes, against reading every cell and inserting the same columns.

`python -m bench.import_people --rows 100000` prints both and their ratio; pairs alternate.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from python_calamine import CalamineWorkbook
from sqlmodel import SQLModel

import bot.models
import bot.people.roster_import  # noqa: F401  (registers the kind)
from bench import roster
from bench.figures import Target, figure
from bot import imports
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM
from bot.db import Database

CLOCK = FixedClock(dt.datetime(2026, 3, 2, 2, tzinfo=dt.UTC))
TARGET = Target(most=3)
DATES = frozenset({"in_post_since", "hired_on"})


def bare(content: bytes, folder: Path) -> float:
    """Read all cells with python-calamine, insert them with one Core executemany; seconds."""
    database = Database(f"sqlite:///{folder / 'bare.db'}", statement_seconds=None)
    columns = [sa.Column(name, sa.Date if name in DATES else sa.Text) for name in roster.HEADINGS]
    table = sa.Table(
        "bare", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), *columns
    )
    table.create(database.engine)
    began = time.perf_counter()
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    cells = sheet.to_python(skip_empty_area=False)
    values = [dict(zip(roster.HEADINGS, row, strict=True)) for row in cells[1:]]
    with database.transaction() as session:
        session.connection().execute(sa.insert(table), values)
    took = time.perf_counter() - began
    database.close()
    return took


def rollcall(content: bytes, folder: Path) -> float:
    """Check and apply the same workbook into an empty installation; seconds."""
    settings = Settings(_env_file=None, database_url=f"sqlite:///{folder / 'rollcall.db'}")
    database = Database(settings.database_url, statement_seconds=None)
    SQLModel.metadata.create_all(database.engine)
    began = time.perf_counter()
    report = imports.check(database, CLOCK, settings, "people", "people.xlsx", content)
    assert report.run_id is not None
    assert not report.faults, report.faults[:3]
    imports.apply(database, CLOCK, settings, report.run_id, SYSTEM)
    took = time.perf_counter() - began
    database.close()
    return took


def measure(run: Callable[[bytes, Path], float], content: bytes) -> float:
    with tempfile.TemporaryDirectory() as folder:
        return run(content, Path(folder))


def ratio(rows: int, pairs: int) -> float:
    """The median import over the median bare run, both printed."""
    content = roster.workbook(rows)
    times: dict[str, list[float]] = {"bare": [], "import": []}
    for _pair in range(pairs):
        times["bare"].append(measure(bare, content))
        times["import"].append(measure(rollcall, content))
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    found = medians["import"] / medians["bare"]
    print(f"import_people: {rows} rows, {pairs} pairs, medians in seconds")
    print(f"  calamine and one executemany  {medians['bare']:8.2f}")
    print(f"  check, stage and apply        {medians['import']:8.2f}")
    figure(f"{rows:,} people imported, against reading and inserting", found, TARGET)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000)
    parser.add_argument("--pairs", type=int, default=5)
    given = parser.parse_args()
    ratio(given.rows, given.pairs)


if __name__ == "__main__":
    main()
