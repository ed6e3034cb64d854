"""The movable clock: its row in Rollcall's database, leaps, and playing from due to due."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.clock import offset_in
from bot.sandbox.clock_control import ClockControl, later
from bot.sandbox.errors import PageError


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "rollcall.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE clock_offset (id INTEGER PRIMARY KEY, seconds FLOAT)")
    return path


def test_offset__once_set__is_what_rollcall_reads_and_a_restart_keeps(database: Path) -> None:
    ClockControl(database).set_offset(3600)
    ClockControl(database).set_offset(7200)
    assert offset_in(database)() == 7200
    assert ClockControl(database).state()["offset_seconds"] == 7200


def test_offset__before_rollcall_has_a_database__is_refused(tmp_path: Path) -> None:
    clock = ClockControl(tmp_path / "rollcall.db")
    with pytest.raises(PageError, match="cannot take the time yet"):
        clock.set_offset(60)
    assert clock.state()["offset_seconds"] == 0
    assert not (tmp_path / "rollcall.db").exists()


def test_jump__backwards__is_refused() -> None:
    clock = ClockControl(None)
    with pytest.raises(PageError, match="only goes forward"):
        clock.jump(clock.now() - dt.timedelta(days=1))


def days(clock: ClockControl, moment: dt.datetime, start: dt.datetime) -> float:
    return round((moment - start).total_seconds() / 86400, 3)


async def test_play__with_work_due__stops_at_each_moment_until_it_is_done() -> None:
    start = ClockControl(None).now()
    due = [start + dt.timedelta(days=1), start + dt.timedelta(days=3)]
    visited: list[float] = []

    async def next_due(after: dt.datetime, until: dt.datetime) -> dt.datetime | None:
        return next((moment for moment in due if after < moment <= until), None)

    async def settled(moment: dt.datetime) -> bool:
        visited.append(days(clock, clock.now(), start))
        return visited.count(visited[-1]) == 2

    clock = ClockControl(None, next_due, settled)
    await clock.play(start + dt.timedelta(days=7))
    assert visited == [0, 0, 1, 1, 3, 3, 7, 7]
    assert clock.state()["playing"] is False


async def test_play__when_stopped__stays_where_it_is() -> None:
    start = ClockControl(None).now()

    async def next_due(after: dt.datetime, until: dt.datetime) -> dt.datetime | None:
        clock.stop()
        return start + dt.timedelta(days=1)

    clock = ClockControl(None, next_due)
    await clock.play(start + dt.timedelta(days=7))
    assert days(clock, clock.now(), start) == 1


async def test_play__when_the_same_moment_is_due_for_ever__still_arrives() -> None:
    clock = ClockControl(None)
    start = clock.now()

    async def next_due(after: dt.datetime, until: dt.datetime) -> dt.datetime | None:
        return start if after < until else None

    clock = ClockControl(None, next_due)
    await clock.play(start + dt.timedelta(seconds=30))
    assert clock.now() >= start + dt.timedelta(seconds=30)


def test_later__a_month_from_the_31st__is_the_last_day_at_the_same_hour() -> None:
    moment = dt.datetime(2027, 1, 31, 9, 30, tzinfo=dt.UTC)
    assert later(moment, months=1) == dt.datetime(2027, 2, 28, 9, 30, tzinfo=dt.UTC)
    assert later(moment, weeks=1, days=1) == dt.datetime(2027, 2, 8, 9, 30, tzinfo=dt.UTC)
    assert later(moment, hours=20) == dt.datetime(2027, 2, 1, 5, 30, tzinfo=dt.UTC)
