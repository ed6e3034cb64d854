"""A day's reminders among 1,000,000 qualifications of 100,000 officers, against bare SQL."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, update

from bench import prepared, runs, season
from bench.answers import Void
from bench.figures import Target, figure, in_turns, median_ratio, say, spread
from bench.runs import Size
from bot.calendar import DAY
from bot.campaigns import qualification_reminders
from bot.clock import SystemClock
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.models.delivery import OutboxItem
from bot.models.people import Person
from bot.models.qualifications import Curriculum, Qualification
from bot.models.system import PolicyValue
from bot.training.qualifications import stages

OFFICERS, EACH = 100_000, 10
MOST = Target(most=3)
CHUNK = 2_000
DAYS, GRACES, RETURN_DAYS = (7, 30, 90), (0, 30), 30
LASTS = 3 * 365
Found = list[tuple[Any, ...]]
ENDED = "coalesce(q.extended_until, q.expires_on)"
STEPS = (("IS NULL", 90), ("= 90", 30), ("= 30", 7), ("= 7", 0))
"""What was told last, and how many days before the end the next stage comes."""


def against_sql(folder: Path, size: Size) -> None:
    """The whole day's scan, tick after tick, each time in a transaction that is undone."""
    url = runs.sqlite(folder / "qualifications.db")
    officers = OFFICERS if size is runs.FULL else OFFICERS // 10
    prepared.make(url, officers)
    now = SystemClock().now()
    _fill(url, officers, now)
    database = Database(url, statement_seconds=None)
    say(f"A day's reminders among {officers * EACH:,} qualifications, against bare SQL")
    _print_plan(database, now.date())
    pairs = in_turns(
        partial(_bare, database, now.date()), partial(_own, database, url), size.pairs
    )
    for bare, own in pairs:
        if bare[1] != own[1] or not bare[1]:
            raise Void("the results differ")
    for place, name in enumerate(("found and written", "a tick that finds nothing")):
        times = [(bare[0][0], own[0][place]) for bare, own in pairs]
        target = MOST if place == 0 else Target()
        figure(f"a day's reminders {name}, against bare SQL", median_ratio(times), target)
        say(
            f"    all pairs: {spread(times)}; {len(pairs[0][1][1])} rows, {times[0][0]:.3f} s bare"
        )
    database.close()


def _fill(url: str, officers: int, now: dt.datetime) -> None:
    """Everybody holds ten: three that were renewed since, one that never ends, six that end
    within three years or ended lately. All was told of them until yesterday.
    """
    database = Database(url, statement_seconds=None)
    with database.transaction() as session:
        session.execute(update(Person).values(timezone=season.where_it_is_noon(now)))
        session.merge(PolicyValue(name="go_live", value="2000-01-01"))
        session.execute(
            insert(Curriculum),
            [{"id": number, "code": f"C{number}", "title": f"Curriculum {number}"}
             for number in range(1, EACH + 1)],
        )  # fmt: skip
        for start in range(1, officers + 1, CHUNK):
            people = range(start, min(start + CHUNK, officers + 1))
            session.execute(insert(Qualification), list(_rows(people, now)))
    database.close()


def _rows(people: range, now: dt.datetime) -> Iterator[dict[str, Any]]:
    today = now.date()
    for person in people:
        for place in range(EACH):
            left = (person * 7_919 + place * 104_729) % (LASTS + 60) - 60
            ends = None if place == 3 else today + left * DAY
            grace = GRACES[(person + place) % 2]
            yield {
                "person_id": person,
                "curriculum_id": place + 1,
                "through_id": place + 1,
                "earned_on": today + (left - LASTS) * DAY,
                "expires_on": ends,
                "window_on": ends - 90 * DAY if ends else None,
                "grace_days": grace,
                "made_at": now,
                "current": place > 2,
                "told_stage": _told(ends, grace, today - DAY),
            }


def _told(ends: dt.date | None, grace: int, yesterday: dt.date) -> int | None:
    if ends is None:
        return None
    if ends + grace * DAY < yesterday:
        return -1
    return stages.days_left(ends, DAYS, yesterday)


def _bare(database: Database, today: dt.date) -> tuple[tuple[float], Found]:
    with database.engine.connect() as connection, connection.begin() as transaction:
        began = time.process_time()
        for sql, values in _statements(today):
            connection.exec_driver_sql(sql, values)
        took = time.process_time() - began
        keys = select(OutboxItem.unique_key, OutboxItem.notice)
        found = sorted(tuple(row) for row in connection.execute(keys))
        transaction.rollback()
    return (took,), found


class _Undone(Exception):
    """Ends a transaction whose work nobody keeps."""


def _own(database: Database, url: str) -> tuple[tuple[float, float], Found]:
    settings, clock = prepared.settings_for(url), SystemClock()
    times, found = [0.0, 0.0], []
    try:
        with database.transaction() as session:
            ctx = Ctx(session, clock, SYSTEM, settings)
            before = -1
            while before != (before := _count(ctx)):
                began = time.process_time()
                qualification_reminders.remind(ctx)
                session.flush()
                session.expunge_all()
                times[1] = time.process_time() - began
                times[0] += times[1]
            keys = select(OutboxItem.unique_key, OutboxItem.notice)
            found = sorted(tuple(row) for row in session.execute(keys))
            raise _Undone
    except _Undone:
        return (times[0], times[1]), found


def _count(ctx: Ctx) -> int:
    return len(ctx.session.scalars(select(OutboxItem.id)).all())


def _statements(today: dt.date) -> list[tuple[str, dict[str, Any]]]:
    """Each stage by itself, as the index has it: written to the outbox, then noted as told."""
    found = []
    for told, days in STEPS:
        latest = today + days * DAY
        where = f"q.current = 1 AND q.told_stage {told} AND q.grace_days IN (0, 30)"
        where += " AND q.expires_on <= :latest"
        found += _both(where, str(days), "q.expires_on", {"latest": latest.isoformat()})
    for grace in GRACES:
        latest = today - grace * DAY
        where = f"q.current = 1 AND q.told_stage = 0 AND q.grace_days = {grace}"
        where += " AND q.expires_on < :latest"
        found += _both(where, "-1", ENDED, {"latest": latest.isoformat()})
    now = f"{SystemClock().now():%Y-%m-%d %H:%M:%S.%f}"
    return [(sql, {**values, "now": now}) for sql, values in reversed(found)]


def _both(where: str, stage: str, occasion: str, values: dict[str, Any]) -> list[Any]:
    notice = "qualification_lapsed" if stage == "-1" else "qualification_ends"
    where += """ AND (q.away_until IS NULL OR q.away_until < :latest)
        AND (q.extended_until IS NULL OR q.extended_until < :latest)"""
    return [
        (f"UPDATE qualification AS q SET told_stage = {stage} WHERE {where}", values),
        (
            f"""INSERT OR IGNORE INTO outbox_item (unique_key, person_id, notice, params, urgency,
            rank, due_at, merge, state, reason, attempts, made_at)
            SELECT 'qualification:' || q.id || ':stage:{stage}:' || {occasion}, q.person_id,
            '{notice}', json_object('qualification', q.id, 'stage', {stage}, 'occasion',
            {occasion}), 'ordinary', 2, :now, 'qualifications', 'queued', '', 0, :now
            FROM qualification q JOIN person p ON p.id = q.person_id
            WHERE {where} AND p.active AND NOT p.guest""",
            values,
        ),
    ]


def _print_plan(database: Database, today: dt.date) -> None:
    with database.engine.connect() as connection:
        for sql, values in _statements(today):
            if sql.startswith("INSERT"):
                rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
                say("    bare: " + "; ".join(str(row[3]) for row in rows))
