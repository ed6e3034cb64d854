"""An audience of 100,000 officers counted and written down, against the same in bare SQL."""

from __future__ import annotations

import datetime as dt
import time
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert, select, update

from bench import prepared, runs, season
from bench.answers import Void
from bench.figures import Target, figure, in_turns, median_ratio, say, spread
from bench.runs import Size
from bot.campaigns.audiences import counting, gathering
from bot.campaigns.audiences.expanding import read
from bot.clock import SystemClock
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.models.broadcasts import Broadcast, BroadcastRecipient
from bot.models.people import Person
from bot.models.qualifications import Curriculum, Qualification
from bot.models.records import TrainingRecord

OFFICERS = 100_000
MOST = Target(most=2)
CHUNK = 5_000
RULE = (
    'unit "Port" and position "Inspector" and language en and lacks VAL-Q '
    "and not completed PORT within 2 years and not in class PORT-1 completed"
)
WHO = """
    FROM person p LEFT JOIN chat c ON c.person_id = p.id
    WHERE p.active AND NOT p.guest AND p.unit_id IN (1) AND p.position = 'Inspector'
    AND coalesce(nullif(c.language, ''), nullif(p.language, ''), 'en') = 'en'
    AND NOT EXISTS (SELECT 1 FROM qualification q
        WHERE q.person_id = p.id AND q.curriculum_id = 1 AND q.current
        AND (q.expires_on IS NULL OR date(q.expires_on, '+' || q.grace_days || ' days') >= :today))
    AND NOT EXISTS (SELECT 1 FROM enrolment e JOIN training_class t ON t.id = e.class_id
        WHERE e.person_id = p.id AND e.state = 'completed' AND t.course_id = 1
        AND coalesce(e.completed_on, t.ends_on) BETWEEN :since AND :today)
    AND NOT EXISTS (SELECT 1 FROM training_record r
        WHERE r.person_id = p.id AND r.course_id = 1 AND r.completed_on BETWEEN :since AND :today)
    AND NOT EXISTS (SELECT 1 FROM enrolment e
        WHERE e.person_id = p.id AND e.class_id = 1 AND e.state = 'completed')
"""
REACH = """CASE WHEN c.user_id IS NULL THEN 'never started'
    WHEN c.blocked_at IS NOT NULL THEN 'blocked'
    WHEN coalesce(c.decided_at, c.shown_at) < :silent THEN 'silent' ELSE 'linked' END"""
COUNTED = f"SELECT {REACH}, count(*) {WHO} GROUP BY 1"
WRITTEN = f"""INSERT INTO broadcast_recipient
    (broadcast_id, person_id, unit_id, reach, state, reason, told_correction)
    SELECT 1, p.id, p.unit_id, {REACH}, 'waiting', '', 0 {WHO}"""
Found = tuple[dict[str, int], list[tuple[Any, ...]]]


def against_sql(folder: Path, size: Size) -> None:
    """Counted once, then written down; Rollcall commits each thousand, bare SQL all at once."""
    url = runs.sqlite(folder / "audience.db")
    officers = OFFICERS if size is runs.FULL else OFFICERS // 10
    prepared.make(url, officers)
    season.make(url, 1, officers)
    _fill(url, officers)
    database = Database(url, statement_seconds=None)
    values = _values()
    say(f"An audience of {officers:,} officers, against bare SQL")
    _print_plan(database, values)
    pairs = in_turns(partial(_bare, database, values), partial(_own, database, url), size.pairs)
    for bare, own in pairs:
        if bare[1] != own[1] or sum(own[1][0].values()) != officers:
            raise Void("the results differ")
    for place, name in enumerate(("counted", "counted and written down")):
        times = [(bare[0][place], own[0][place]) for bare, own in pairs]
        figure(f"an audience {name}, against bare SQL", median_ratio(times), MOST)
        say(f"    all pairs: {spread(times)}; {times[0][0]:.2f} s bare")
    database.close()


def _fill(url: str, officers: int) -> None:
    """A tenth had the qualification and lost it, a fifth had the course long ago."""
    database, now = Database(url, statement_seconds=None), SystemClock().now()
    ended = now.date() - dt.timedelta(days=400)
    with database.transaction() as session:
        session.execute(update(Person).values(position="Inspector"))
        session.add(Curriculum(id=1, code="VAL-Q", title="Valuation officer"))
        session.add(Broadcast(id=1, title="Call", made_at=now))
        session.flush()
        for start in range(1, officers + 1, CHUNK):
            people = range(start, min(start + CHUNK, officers + 1))
            held = [_held(person, ended, now) for person in people if person % 10 == 0]
            session.execute(insert(Qualification), held)
            records = [_record(person, ended) for person in people if person % 5 == 0]
            session.execute(insert(TrainingRecord), records)
    database.close()


def _held(person: int, ended: dt.date, now: dt.datetime) -> dict[str, Any]:
    earned = ended - dt.timedelta(days=730)
    return {
        "person_id": person, "curriculum_id": 1, "through_id": 1, "earned_on": earned,
        "expires_on": ended, "window_on": ended, "grace_days": person % 30, "made_at": now,
    }  # fmt: skip


def _record(person: int, ended: dt.date) -> dict[str, Any]:
    day = ended - dt.timedelta(days=2000 + person % 100)
    return {"person_id": person, "course_id": 1, "title": "", "completed_on": day}


def _values() -> dict[str, Any]:
    now = SystemClock().now()
    today = now.date()
    return {
        "today": today.isoformat(),
        "since": today.replace(year=today.year - 2, day=min(today.day, 28)).isoformat(),
        "silent": f"{now - dt.timedelta(days=60):%Y-%m-%d %H:%M:%S.%f}",
    }


def _print_plan(database: Database, values: dict[str, Any]) -> None:
    with database.transaction(readonly=True) as session:
        for sql in (COUNTED, WRITTEN):
            rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
            say("    " + "; ".join(str(row[3]) for row in rows))


def _bare(database: Database, values: dict[str, Any]) -> tuple[tuple[float, float], Found]:
    _empty(database)
    began = time.process_time()
    with database.transaction(readonly=True) as session:
        counted = dict(session.connection().exec_driver_sql(COUNTED, values).tuples().all())
    took = time.process_time() - began
    with database.transaction() as session:
        session.connection().exec_driver_sql(WRITTEN, values)
    return (took, time.process_time() - began), (counted, _rows(database))


def _own(database: Database, url: str) -> tuple[tuple[float, float], Found]:
    _empty(database)
    settings, clock, rule = prepared.settings_for(url), SystemClock(), read(RULE)
    began = time.process_time()
    with database.transaction(readonly=True) as session:
        by = counting.count(Ctx(session, clock, SYSTEM, settings), rule).by
    took = time.process_time() - began
    with database.transaction(readonly=True) as session:
        made = gathering.prepare(Ctx(session, clock, SYSTEM, settings), 1, rule)
    after: int | None = 0
    while after is not None:
        with database.transaction() as session:
            after = gathering.gather(Ctx(session, clock, SYSTEM, settings), made, after).after
    counted = {way.value: count for way, count in by.items()}
    return (took, time.process_time() - began), (counted, _rows(database))


def _rows(database: Database) -> list[tuple[Any, ...]]:
    query = select(
        BroadcastRecipient.person_id, BroadcastRecipient.unit_id, BroadcastRecipient.reach
    )
    with database.transaction(readonly=True) as session:
        rows = session.execute(query.order_by(BroadcastRecipient.person_id))
        return [tuple(row) for row in rows]


def _empty(database: Database) -> None:
    with database.transaction() as session:
        session.execute(delete(BroadcastRecipient))
