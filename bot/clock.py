"""The two clocks: business time, which a sandbox may move, and monotonic time for limits.

Nothing else in Rollcall reads the machine's clock.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

OFFSET_AGE_SECONDS = 0.2


class Clock(Protocol):
    """Business time: aware UTC."""

    def now(self) -> dt.datetime: ...


class SystemClock:
    """The machine's own time."""

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC)


class MovableClock:
    """System time plus an offset that `read_offset` gives, in seconds."""

    def __init__(self, read_offset: Callable[[], float]) -> None:
        self._read_offset = read_offset
        self._offset = 0.0
        self._read_at = -OFFSET_AGE_SECONDS

    def now(self) -> dt.datetime:
        if monotonic() - self._read_at >= OFFSET_AGE_SECONDS:
            self._offset = self._read_offset()
            self._read_at = monotonic()
        return dt.datetime.now(dt.UTC) + dt.timedelta(seconds=self._offset)


class FixedClock:
    """A clock that stands until it is set; for rehearsals and tests."""

    def __init__(self, at: dt.datetime) -> None:
        self.set(at)

    def now(self) -> dt.datetime:
        return self._at

    def set(self, at: dt.datetime) -> None:
        """Move to `at`, which must be aware."""
        if at.tzinfo is None:
            raise ValueError("a clock takes aware times only")
        self._at = at.astimezone(dt.UTC)

    def advance(self, **delta: float) -> None:
        """Move by a timedelta's arguments, such as `days=1`."""
        self._at += dt.timedelta(**delta)


def offset_in(database: Path) -> Callable[[], float]:
    """A reader of the offset row that the sandbox keeps in its own SQLite file."""

    def read() -> float:
        try:
            with sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=1) as connection:
                row = connection.execute(
                    "SELECT seconds FROM clock_offset WHERE id = 1"
                ).fetchone()
        except sqlite3.OperationalError:
            return 0.0
        return float(row[0]) if row else 0.0

    return read


def monotonic() -> float:
    """Seconds that only ever grow; for limits, leases and timeouts."""
    return time.monotonic()


async def rest(until: asyncio.Event, seconds: float) -> bool:
    """Wait until the event is set, at most so many seconds; whether it is set."""
    with suppress(TimeoutError):
        await asyncio.wait_for(until.wait(), seconds)
    return until.is_set()
