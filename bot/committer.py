"""Group commit: units of work from the event loop, run on one thread, several to a commit.

Each unit has its own savepoint, so one that fails takes nothing from the others. Where
a whole group fails, its units are run again one by one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlmodel import Session

from bot.clock import Clock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database, savepoint
from bot.errors import Retry

T = TypeVar("T")
Unit = Callable[[Session], Any]
MOST_IN_GROUP = 64
BUGS = (DataError, IntegrityError, ProgrammingError)
"""What the database refuses however often it is tried, once a unit is alone in its commit."""


@dataclass(slots=True)
class _Pending:
    unit: Unit
    done: asyncio.Future[Any]


@dataclass(frozen=True, slots=True)
class _Outcome:
    value: Any = None
    error: BaseException | None = None


class Committer:
    """Runs units of work; `run` returns only after the commit that holds the unit."""

    def __init__(self, database: Database, clock: Clock, settings: Settings) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._waiting: list[_Pending] = []
        self._drainer: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="rollcall-db")

    async def run(self, unit: Unit) -> Any:
        """What `unit` returned, once committed.

        Raises what the unit raised, or Retry if the database could not be reached.
        """
        return await self.submit(unit)

    def submit(self, unit: Unit) -> asyncio.Future[Any]:
        """Queue `unit` behind all that is queued already; the future ends as `run` does."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Any] = loop.create_future()
        self._waiting.append(_Pending(unit, done))
        if self._drainer is None or self._drainer.done():
            self._drainer = loop.create_task(self._drain())
        return done

    async def hop(self, work: Callable[[Ctx], T]) -> T:
        """Run `work` with a context of the system itself."""

        def unit(session: Session) -> T:
            return work(Ctx(session, self._clock, SYSTEM, self._settings))

        result: T = await self.run(unit)
        return result

    def close(self) -> None:
        """Wait for the unit under way, and take no more."""
        self._thread.shutdown(wait=True)

    async def _drain(self) -> None:
        while self._waiting:
            group = self._waiting[:MOST_IN_GROUP]
            del self._waiting[:MOST_IN_GROUP]
            outcomes = await self._on_thread([pending.unit for pending in group])
            for pending, outcome in zip(group, outcomes, strict=True):
                _resolve(pending.done, outcome)

    async def _on_thread(self, units: list[Unit]) -> list[_Outcome]:
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._thread, self._commit, units)
        except Exception as error:  # noqa: BLE001  nobody who waits for a unit may wait for ever
            return [_Outcome(error=error) for _unit in units]

    def _commit(self, units: list[Unit]) -> list[_Outcome]:
        try:
            return self._together(units)
        except DBAPIError:
            return [self._alone(unit) for unit in units]

    def _together(self, units: list[Unit]) -> list[_Outcome]:
        with self._database.transaction() as session:
            return [_in_savepoint(session, unit) for unit in units]

    def _alone(self, unit: Unit) -> _Outcome:
        try:
            return self._together([unit])[0]
        except BUGS as error:
            return _Outcome(error=error)
        except DBAPIError as error:
            retry = Retry("the database did not take the work")
            retry.__cause__ = error
            return _Outcome(error=retry)


def _in_savepoint(session: Session, unit: Unit) -> _Outcome:
    try:
        with savepoint(session):
            value = unit(session)
        session.expunge_all()
        return _Outcome(value)
    except DBAPIError:
        raise
    except Exception as error:  # noqa: BLE001  handed to whoever asked for the unit
        return _Outcome(error=error)


def _resolve(done: asyncio.Future[Any], outcome: _Outcome) -> None:
    if done.cancelled():
        return
    if outcome.error is not None:
        done.set_exception(outcome.error)
    else:
        done.set_result(outcome.value)
