"""The movable clock: its offset stands in Rollcall's sandbox database, and only this moves it."""

from __future__ import annotations

import asyncio
import datetime as dt
import inspect
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

from bot.calendar import add_months
from bot.clock import SystemClock, offset_in
from bot.sandbox.errors import PageError
from bot.sandbox.records import Json

NextDue: TypeAlias = Callable[[dt.datetime, dt.datetime], Awaitable[dt.datetime | None]]
Settled: TypeAlias = Callable[[dt.datetime], "bool | Awaitable[bool]"]
SETTLE_POLL_SECONDS = 0.1
SETTLE_LIMIT_SECONDS = 30.0
PAST_DUE = dt.timedelta(seconds=1)


async def nothing_due(after: dt.datetime, until: dt.datetime) -> dt.datetime | None:
    """For a sandbox that cannot ask Rollcall what is due."""
    return None


def always_settled(moment: dt.datetime) -> bool:
    """For a sandbox that cannot ask Rollcall what it has done."""
    return True


class ClockControl:
    """A Clock whose offset is kept in `database`; with None it is kept in memory only.

    `zone` is the one whose date and time the page shows.
    """

    def __init__(
        self,
        database: Path | None,
        next_due: NextDue = nothing_due,
        settled: Settled = always_settled,
        zone: str = "UTC",
    ) -> None:
        self._database = database
        self._zone = zone
        self._next_due = next_due
        self._settled = settled
        self._system = SystemClock()
        self._offset = 0.0 if database is None else offset_in(database)()
        self._target: dt.datetime | None = None
        self._stopping = False
        self.on_change: Callable[[], None] = lambda: None
        self.others_settled: Callable[[], bool] = lambda: True
        self.others_due: Callable[[], dt.datetime | None] = lambda: None

    def now(self) -> dt.datetime:
        return self._system.now() + dt.timedelta(seconds=self._offset)

    def state(self) -> Json:
        """The clock as the page shows it."""
        return {
            "now": self.now().isoformat(),
            "offset_seconds": self._offset,
            "playing": self._target is not None,
            "target": self._target.isoformat() if self._target else None,
            "zone": self._zone,
        }

    def set_offset(self, seconds: float) -> None:
        """Move the clock; refuses when Rollcall's database is not there yet."""
        if self._database is not None:
            _write_offset(self._database, seconds)
        self._offset = seconds
        self.on_change()

    def jump(self, target: dt.datetime) -> None:
        """Straight to `target`, as after an outage; refuses to go back."""
        if target < self.now():
            raise PageError("The clock only goes forward.", 400)
        self.set_offset(self._offset + (target - self.now()).total_seconds())

    def check_free(self) -> None:
        """Refuses while time is already being played."""
        if self._target is not None:
            raise PageError("Time is already moving; stop it first.")

    def stop(self) -> None:
        """Stop playing at the next moment."""
        self._stopping = True

    async def play(self, target: dt.datetime) -> None:
        """Go to `target` from one due moment to the next, letting Rollcall do its work at each."""
        self.check_free()
        self._target, self._stopping = target, False
        self.on_change()
        try:
            await self._play_moments(target)
        finally:
            self._target = None
            self.on_change()

    async def _play_moments(self, target: dt.datetime) -> None:
        after = self.now()
        await self._wait_settled(after)
        while not self._stopping:
            moments = (await self._next_due(after, target), self.others_due())
            due = min((moment for moment in moments if moment is not None), default=None)
            if due is None or due > target:
                break
            after = max(due, after + PAST_DUE)
            await self._arrive(after)
        if not self._stopping:
            await self._arrive(target)

    async def _arrive(self, moment: dt.datetime) -> None:
        if moment > self.now():
            self.jump(moment)
        await self._wait_settled(moment)

    async def _wait_settled(self, moment: dt.datetime) -> None:
        """Wait until Rollcall has done what is due; give up when it takes too long."""
        try:
            async with asyncio.timeout(SETTLE_LIMIT_SECONDS):
                while not await self._is_settled(moment) and not self._stopping:
                    await asyncio.sleep(SETTLE_POLL_SECONDS)
        except TimeoutError:
            self.on_change()

    async def _is_settled(self, moment: dt.datetime) -> bool:
        if not self.others_settled():
            return False
        answer = self._settled(moment)
        return await answer if inspect.isawaitable(answer) else answer


def _write_offset(database: Path, seconds: float) -> None:
    try:
        address = f"file:{database}?mode=rw"
        with closing(sqlite3.connect(address, uri=True, timeout=5)) as connection, connection:
            connection.execute(
                "INSERT INTO clock_offset (id, seconds) VALUES (1, ?)"
                " ON CONFLICT (id) DO UPDATE SET seconds = excluded.seconds",
                (seconds,),
            )
    except sqlite3.OperationalError as error:
        words = f"Rollcall's database cannot take the time yet ({error}); try again."
        raise PageError(words) from error


def later(
    moment: dt.datetime, hours: int = 0, days: int = 0, weeks: int = 0, months: int = 0
) -> dt.datetime:
    """`moment` so much later; a month that has no such day ends on its last one."""
    day = add_months(moment.date(), months) + dt.timedelta(days=days, weeks=weeks)
    return dt.datetime.combine(day, moment.timetz()) + dt.timedelta(hours=hours)
