"""What the scheduler looks for among 100,000 officers, and the year's report, against bare SQL."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlmodel import Session, select

from bench import prepared, runs, season
from bench.answers import Void
from bench.figures import Target, figure, in_turns, median_ratio, say, spread
from bench.runs import Size
from bot.campaigns import nudges
from bot.clock import SystemClock
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.evaluation import class_end, closing, year
from bot.models.delivery import OutboxItem
from bot.models.evaluation import Assignment, AssignmentState

OFFICERS = 100_000
MOST = Target(most=3)
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Scan:
    """One thing looked for: how Rollcall does it, and the statements that find the same.

    The result of the last statement is compared with what `own` returns.
    """

    name: str
    own: Callable[[Ctx], Rows]
    bare: tuple[str, ...]


def against_sql(folder: Path, size: Size) -> None:
    """Every scan in its own transaction, which is undone; nothing else in the process runs."""
    url = runs.sqlite(folder / "season.db")
    officers = OFFICERS if size is runs.FULL else OFFICERS // 10
    prepared.make(url, officers)
    season.make(url, 1, officers)
    season.make_due(url)
    database, now = Database(url, statement_seconds=None), SystemClock().now()
    say(f"Daily scans and the year among {officers:,} officers, against bare SQL")
    for scan in SCANS:
        values = _values(now)
        _print_plan(database, scan, values)
        pairs = in_turns(
            partial(_bare, database, scan, values),
            partial(_own, database, scan, url),
            size.pairs,
        )
        if any(bare != own for (_took, bare), (_own_took, own) in pairs):
            raise Void(f"{scan.name}: the results differ")
        times = [(bare[0], own[0]) for bare, own in pairs]
        figure(f"{scan.name}, against bare SQL", median_ratio(times), MOST)
        say(f"    all pairs: {spread(times)}; {len(pairs[0][0][1])} rows")
    database.close()


def _values(now: dt.datetime) -> dict[str, Any]:
    """What the statements name."""
    return {
        "zone": season.where_it_is_noon(now),
        "now": f"{now:%Y-%m-%d %H:%M:%S.%f}",
        "settled": f"{now - dt.timedelta(days=1):%Y-%m-%d %H:%M:%S.%f}",
        "today": now.date().isoformat(),
        "oldest": (now.date() - dt.timedelta(days=5)).isoformat(),
        "nudged": (now.date() - dt.timedelta(days=season.NUDGED_DAYS)).isoformat(),
        "since": (now.date() - dt.timedelta(days=365)).isoformat(),
    }


def _bare(database: Database, scan: Scan, values: dict[str, Any]) -> tuple[float, Rows]:
    found: Rows = []
    with database.transaction(readonly=True) as session:
        began = time.process_time()
        for sql in scan.bare:
            found = [tuple(row) for row in session.connection().exec_driver_sql(sql, values)]
        took = time.process_time() - began
    return took, sorted(found)


class _Undone(Exception):
    """Ends a transaction whose work nobody keeps."""


def _own(database: Database, scan: Scan, url: str) -> tuple[float, Rows]:
    took, found = 0.0, []
    settings, clock = prepared.settings_for(url), SystemClock()
    try:
        with database.transaction() as session:
            ctx = Ctx(session, clock, SYSTEM, settings)
            began = time.process_time()
            found = scan.own(ctx)
            took = time.process_time() - began
            raise _Undone
    except _Undone:
        return took, sorted(found)


def _print_plan(database: Database, scan: Scan, values: dict[str, Any]) -> None:
    with database.transaction(readonly=True) as session:
        for sql in scan.bare:
            rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
            say(f"    {scan.name}: " + "; ".join(str(row[3]) for row in rows))


def _newly_asked(ctx: Ctx) -> Rows:
    before = _last_assignment(ctx.session)
    class_end.arrange(ctx)
    ctx.session.flush()
    query = select(Assignment.class_id, Assignment.person_id).where(Assignment.id > before)
    return [tuple(row) for row in ctx.session.execute(query)]


def _last_assignment(session: Session) -> int:
    last = session.execute(select(Assignment.id).order_by(Assignment.id.desc()).limit(1))
    return int(last.scalar_one())


def _reminded(ctx: Ctx) -> Rows:
    nudges.remind(ctx)
    ctx.session.flush()
    query = select(OutboxItem.unique_key).where(OutboxItem.notice == "reaction_nudge")
    return [tuple(row) for row in ctx.session.execute(query)]


def _closed(ctx: Ctx) -> Rows:
    closing.close_due(ctx)
    ctx.session.flush()
    query = select(Assignment.id).where(Assignment.state == AssignmentState.CLOSED)
    return [tuple(row) for row in ctx.session.execute(query)]


def _year(ctx: Ctx) -> Rows:
    return [(one.code, one.asked, one.answered) for one in year.last_year(ctx)]


_DEPARTED = """
SELECT a.id FROM assignment a
WHERE a.state = 'open' AND a.stage = 'reaction_trainee' AND NOT EXISTS (
    SELECT 1 FROM enrolment e WHERE e.class_id = a.class_id AND e.person_id = a.person_id
    AND e.state IN ('enrolled', 'attended', 'partly attended', 'completed'))
"""
_TO_BE_ASKED = """
SELECT c.id, e.person_id FROM training_class c
JOIN enrolment e ON e.class_id = c.id JOIN person p ON p.id = e.person_id
WHERE c.ends_on BETWEEN :oldest AND :today AND c.cancelled_at IS NULL AND p.active
AND e.state IN ('enrolled', 'attended', 'partly attended', 'completed') AND NOT EXISTS (
    SELECT 1 FROM assignment a WHERE a.class_id = c.id AND a.person_id = e.person_id
    AND a.stage = 'reaction_trainee')
"""
_TO_BE_REMINDED = """
SELECT 'task:' || a.id || ':nudge:2' FROM assignment a JOIN person p ON p.id = a.person_id
WHERE p.timezone = :zone AND a.state = 'open' AND a.occasion = :nudged AND a.opens_at <= :settled
AND a.closes_at > :now AND NOT EXISTS (
    SELECT 1 FROM outbox_item o WHERE o.unique_key = 'task:' || a.id || ':nudge:2')
"""
_FINISHED_CLASSES = """
SELECT k.class_id FROM class_closure k
WHERE k.outcome = 'asked' AND NOT k.closed_results AND NOT EXISTS (
    SELECT 1 FROM assignment a WHERE a.class_id = k.class_id
    AND (a.state = 'open' OR (a.state = 'answered' AND a.closes_at > :now)))
"""
_OVER = "SELECT id FROM assignment WHERE state = 'open' AND closes_at <= :now"
_YEAR = """
SELECT c.code, count(*), count(*) FILTER (WHERE a.state = 'answered')
FROM training_class c JOIN class_closure k ON k.class_id = c.id
JOIN assignment a ON a.class_id = c.id
WHERE c.ends_on >= :since AND a.stage = 'reaction_trainee' AND a.state <> 'recalled'
GROUP BY c.id
"""
SCANS = (
    Scan("classes that ended and who is asked", _newly_asked, (_DEPARTED, _TO_BE_ASKED)),
    Scan("reminders that are due", _reminded, (_TO_BE_REMINDED,)),
    Scan("questionnaires whose time is over", _closed, (_FINISHED_CLASSES, _OVER)),
    Scan("the year's report", _year, (_YEAR,)),
)
