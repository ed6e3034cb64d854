"""Group commit: units of work from the event loop, run on one thread, several to a commit.

Each unit has its own savepoint, so one that fails takes nothing from the others. Where
a whole group fails, its units are run again one by one. Where several processes serve,
units about the same person wait for each other by the keys they name.

What nobody waits for at a phone, the courier's work and the jobs', comes after all replies that
wait, one unit to a commit. A reply that is asked for while such a unit is at work joins its
commit: it would wait for that one, and then for its own.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import text
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlmodel import Session

from bot.clock import Clock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database, savepoint
from bot.errors import Retry

T = TypeVar("T")
Unit = Callable[[Session], Any]
Keys = Callable[[], Iterable[int]]
MOST_IN_GROUP = 64
MOST_PASSED_OVER = 3
"""Groups that come before a unit that was put aside: it has its turn however many press."""
BUGS = (DataError, IntegrityError, ProgrammingError)
"""What the database refuses however often it is tried, once a unit is alone in its commit."""


_LOCK = text("SELECT pg_advisory_xact_lock(key) FROM unnest(CAST(:keys AS bigint[])) AS key")


def no_keys() -> Iterable[int]:
    """For units that cannot meet those of another process."""
    return ()


@dataclass(slots=True)
class _Pending:
    unit: Unit
    asks_keys: Keys
    done: asyncio.Future[Any]


Late = Callable[[], Iterable[_Pending]]


def no_latecomers() -> Iterable[_Pending]:
    """Nobody else joins the commit."""
    return ()


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
        self._waiting: deque[_Pending] = deque()
        self._aside: deque[_Pending] = deque()
        self._drainer: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="rollcall-db")

    async def run(self, unit: Unit, keys: Keys = no_keys) -> Any:
        """What `unit` returned, once committed.

        Raises what the unit raised, or Retry if the database could not be reached.
        """
        return await self.submit(unit, keys)

    def submit(self, unit: Unit, keys: Keys = no_keys) -> asyncio.Future[Any]:
        """Queue `unit` behind all that is queued already; the future ends as `run` does.

        Of all processes on one PostgreSQL only one at a time runs units with the same key;
        `keys` is asked on the database's thread, when the unit's turn has come.
        """
        pending = _Pending(unit, keys, asyncio.get_running_loop().create_future())
        self._waiting.append(pending)
        self._see_to_it()
        return pending.done

    async def hop(self, work: Callable[[Ctx], T], keys: Keys = no_keys) -> T:
        """Run `work` with a context of the system itself."""
        result: T = await self.run(self._as_system(work), keys)
        return result

    async def hop_aside(self, work: Callable[[Ctx], T]) -> T:
        """The same in a commit of its own, when nothing else waits or it has waited for long
        enough: for what nobody waits for.
        """
        loop = asyncio.get_running_loop()
        pending = _Pending(self._as_system(work), no_keys, loop.create_future())
        self._aside.append(pending)
        self._see_to_it()
        result: T = await pending.done
        return result

    def close(self) -> None:
        """Wait for the unit under way, and take no more."""
        self._thread.shutdown(wait=True)

    def _as_system(self, work: Callable[[Ctx], T]) -> Callable[[Session], T]:
        def unit(session: Session) -> T:
            return work(Ctx(session, self._clock, SYSTEM, self._settings))

        return unit

    def _see_to_it(self) -> None:
        if self._drainer is None or self._drainer.done():
            self._drainer = asyncio.get_running_loop().create_task(self._drain())

    async def _drain(self) -> None:
        passed_over = 0
        while self._waiting or self._aside:
            if self._aside and (not self._waiting or passed_over == MOST_PASSED_OVER):
                await self._settle([self._aside.popleft()], self._latecomers)
                passed_over = 0
            else:
                passed_over += bool(self._aside)
                await self._settle(list(self._taken(MOST_IN_GROUP)))

    async def _settle(self, group: list[_Pending], late: Late = no_latecomers) -> None:
        outcomes = await self._on_thread(group, late)
        for pending, outcome in zip(group, outcomes, strict=True):
            _resolve(pending.done, outcome)

    async def _on_thread(self, group: list[_Pending], late: Late) -> list[_Outcome]:
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._thread, self._commit, group, late)
        except Exception as error:  # noqa: BLE001  nobody who waits for a unit may wait for ever
            return [_Outcome(error=error) for _unit in group]

    def _commit(self, group: list[_Pending], late: Late) -> list[_Outcome]:
        try:
            return self._together(group, late)
        except DBAPIError:
            return [self._alone(pending) for pending in group]

    def _together(self, group: list[_Pending], late: Late = no_latecomers) -> list[_Outcome]:
        """Run the group, and who comes late as a part of it, in one commit."""
        with self._database.transaction() as session:
            self._lock(session, group)
            outcomes = [_in_savepoint(session, pending.unit) for pending in group]
            for pending in late():
                group.append(pending)
                outcomes.append(_in_savepoint(session, pending.unit))
            return outcomes

    def _latecomers(self) -> Iterator[_Pending]:
        """Replies asked for meanwhile. PostgreSQL's locks are taken in one order and at the
        beginning: there a reply waits for its own commit.
        """
        return self._taken(MOST_IN_GROUP if self._database.is_sqlite else 0)

    def _taken(self, most: int) -> Iterator[_Pending]:
        """The first that wait; the loop takes none while the database's thread does."""
        for _one in range(most):
            if not self._waiting:
                return
            yield self._waiting.popleft()

    def _lock(self, session: Session, group: list[_Pending]) -> None:
        """Wait for other processes, always in the same order: no two wait for each other."""
        if self._database.is_sqlite:
            return
        keys = {key for pending in group for key in pending.asks_keys()}
        if keys:
            session.execute(_LOCK, {"keys": sorted(keys)})

    def _alone(self, pending: _Pending) -> _Outcome:
        try:
            return self._together([pending])[0]
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
