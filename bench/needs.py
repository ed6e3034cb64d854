"""A round of needs of 100,000 officers with 30 ratings each: the analysis against bare SQL, and
the memory of a process that makes its heat map and workbooks.
"""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text

from bench import prepared, runs
from bench.answers import Void
from bench.figures import Target, figure, in_turns, median_ratio, say, spread
from bench.runs import Size
from bot.clock import SystemClock
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.models.needs import Competency, NeedsRound, PositionLevel, RoundState
from bot.models.people import Unit, UnitKind
from bot.needs import analysis
from bot.needs.analysis import Cut, GapTable

OFFICERS, QUICK_OFFICERS = 100_000, 10_000
OFFICES, CLUSTERS, POSITIONS, COMPETENCIES = 500, 5, 10, 15
CHUNK = 2_000
MOST, MOST_MEMORY = Target(most=3), Target(most=400)
ROUND = 1
Rows = dict[tuple[str, str], tuple[int, ...]]

KEYS = {Cut.POSITION: "p.position", Cut.UNIT: "u.name"}
BARE = """
SELECT c.code, {key},
sum(r.source = 'supervisor'),
sum(CASE WHEN r.source = 'supervisor' THEN r.level ELSE 0 END),
sum(CASE WHEN r.source = 'supervisor' THEN l.level ELSE 0 END),
sum(CASE WHEN r.source = 'supervisor' AND r.level < l.level THEN l.level - r.level ELSE 0 END),
sum(r.source = 'supervisor' AND r.level < l.level),
sum(r.source = 'self'),
sum(CASE WHEN r.source = 'self' THEN r.level ELSE 0 END)
FROM competency_rating r
JOIN person p ON p.id = r.person_id JOIN unit u ON u.id = p.unit_id
JOIN competency c ON c.id = r.competency_id
JOIN position_level l ON l.position = p.position AND l.competency_id = r.competency_id
WHERE r.round_id = 1 AND r.level > 0 AND p.active AND NOT p.guest
GROUP BY c.code, {key}
"""
_RATING = """INSERT INTO competency_rating
(round_id, person_id, competency_id, source, level, rated_at) VALUES (?, ?, ?, ?, ?, ?)"""
_PERSON = "UPDATE person SET position = :position, unit_id = :unit WHERE id = :person"


def against_sql(folder: Path, size: Size) -> None:
    """Every cut in its own transaction, then the reports in a process of their own."""
    url = runs.sqlite(folder / "needs.db")
    officers = OFFICERS if size is runs.FULL else QUICK_OFFICERS
    prepared.make(url, officers)
    database = Database(url, statement_seconds=None)
    _fill(database, officers)
    say(f"A round of needs of {officers:,} officers, 30 ratings each, against bare SQL")
    for cut in KEYS:
        _compare(database, url, cut, size.pairs)
    database.close()
    for name in ("competency_gaps", "needs_export"):
        figure(f"memory of making {name}, MB", _memory(url, name), MOST_MEMORY)


def _compare(database: Database, url: str, cut: Cut, pairs: int) -> None:
    sql = BARE.format(key=KEYS[cut])
    _print_plan(database, cut, sql)
    found = in_turns(partial(_bare, database, sql), partial(_own, database, url, cut), pairs)
    if any(_of_bare(bare[1]) != _of_table(own[1]) for bare, own in found):
        raise Void("the results differ")
    times = [(bare[0], own[0]) for bare, own in found]
    figure(f"gaps by {cut}, against bare SQL", median_ratio(times), MOST)
    say(f"    all pairs: {spread(times)}; bare {times[0][0]:.2f} s of processor time")


def _bare(database: Database, sql: str) -> tuple[float, list[Any]]:
    with database.transaction(readonly=True) as session:
        began = time.process_time()
        found = [tuple(row) for row in session.connection().exec_driver_sql(sql)]
        return time.process_time() - began, found


def _own(database: Database, url: str, cut: Cut) -> tuple[float, GapTable]:
    settings, clock = prepared.settings_for(url), SystemClock()
    with database.transaction(readonly=True) as session:
        ctx = Ctx(session, clock, SYSTEM, settings)
        began = time.process_time()
        found = analysis.gaps(ctx, ROUND, cut)
        return time.process_time() - began, found


def _of_bare(rows: list[Any]) -> Rows:
    return {(code, key): tuple(sums) for code, key, *sums in rows}


def _of_table(table: GapTable) -> Rows:
    return {
        (row.code, str(name)): (
            cell.count, cell.levels, cell.required, cell.missing, cell.below, cell.own,
            cell.own_levels,
        )
        for row in table.rows
        for name, cell in zip(table.columns, row.cells, strict=True)
        if cell is not None
    }  # fmt: skip


def _memory(url: str, report: str) -> float:
    """The most memory, in MB, of a process that makes this report and does nothing else."""
    command = [sys.executable, "-m", "bench.needs_report", url, report, str(ROUND)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout.split()[-1])


def _print_plan(database: Database, cut: Cut, sql: str) -> None:
    with database.transaction(readonly=True) as session:
        rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")
        say(f"    {cut}: " + "; ".join(str(row[3]) for row in rows))


def _fill(database: Database, officers: int) -> None:
    """Offices in five clusters, ten positions that require fifteen competencies each, and a
    rating by the supervisor and one by everybody themselves for each of them.
    """
    with database.transaction() as session:
        session.execute(insert(Unit), list(_units()))
        session.execute(
            insert(Competency),
            [{"id": number, "code": f"C{number:02}", "name": f"Competency {number}"}
             for number in range(1, COMPETENCIES + 1)],
        )  # fmt: skip
        session.execute(
            insert(PositionLevel),
            [
                {
                    "position": f"Post {post}",
                    "competency_id": number,
                    "level": 2 + (post + number) % 3,
                }
                for post in range(POSITIONS)
                for number in range(1, COMPETENCIES + 1)
            ],
        )
        today = dt.date(2026, 1, 1)
        session.execute(
            insert(NeedsRound),
            [{"id": ROUND, "plan_year": today, "opens_on": today, "closes_on": today,
              "state": RoundState.CLOSED}],
        )  # fmt: skip
    for start in range(1, officers + 1, CHUNK):
        people = range(start, min(start + CHUNK, officers + 1))
        with database.transaction() as session:
            session.execute(text(_PERSON), [_place(person) for person in people])
            session.connection().exec_driver_sql(_RATING, list(_ratings(people)))


def _units() -> Iterator[dict[str, Any]]:
    for cluster in range(CLUSTERS):
        name = f"Cluster {cluster}"
        yield {"id": 10 + cluster, "name": name, "path": name, "kind": UnitKind.CLUSTER,
               "parent_id": None}  # fmt: skip
    for office in range(OFFICES):
        above = office % CLUSTERS
        name = f"Office {office}"
        yield {"id": 100 + office, "name": name, "path": f"Cluster {above}/{name}",
               "kind": UnitKind.UNIT, "parent_id": 10 + above}  # fmt: skip


def _place(person: int) -> dict[str, Any]:
    return {
        "person": person,
        "position": f"Post {person % POSITIONS}",
        "unit": 100 + person * 7_919 % OFFICES,
    }


def _ratings(people: range) -> Iterator[tuple[Any, ...]]:
    now = "2026-01-01 08:00:00.000000"
    for person in people:
        for competency in range(1, COMPETENCIES + 1):
            for place, source in enumerate(("self", "supervisor")):
                level = (person * 31 + competency * 17 + place * 5) % 6
                yield (ROUND, person, competency, source, level, now)
