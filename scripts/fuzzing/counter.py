"""A front desk whose commits are undone, at which one update after the other is handed in."""

from __future__ import annotations

import asyncio
import json
import logging
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlmodel import Session

from bot.context import SYSTEM, Ctx
from bot.db import savepoint
from bot.delivery.failures import Failure, SendResult
from bot.vitals import Vitals
from handlers.edge.desk import FrontDesk
from handlers.edge.middleware import Outgoing
from handlers.edge.session import CallFailed
from scripts.trespass import watch
from scripts.trespass.walker import buttons
from scripts.trespass.world import World

MOST_SECONDS = 5.0
MOST_TOLD = 1500
UNREADABLE = "it could not be read"


class Crashed(Exception):
    """An update had an end that no update may have."""


class _Committer:
    """Units of work on one session, each in a savepoint; whoever has them run undoes them."""

    def __init__(self, world: World, session: Session) -> None:
        self._world, self._session = world, session

    async def run(self, unit: Callable[[Session], Any], *_who: object) -> Any:
        with savepoint(self._session):
            outcome = unit(self._session)
        self._session.expunge_all()
        return outcome

    async def hop(self, work: Callable[[Ctx], Any], *_who: object) -> Any:
        world = self._world
        return await self.run(
            lambda session: work(Ctx(session, world.clock, SYSTEM, world.settings))
        )


class _NoNetwork:
    """Where the Bot API would be."""

    async def download(self, file_id: str, _most_bytes: int) -> bytes:
        if file_id.startswith("gone"):
            raise CallFailed(SendResult(failure=Failure.REFUSED))
        return b"staff_no,full_name\n"


class _Replier:
    """Shows nothing, but only what a server would take."""

    async def show(self, outgoing: Outgoing) -> None:
        outgoing.toast.encode()
        if outgoing.encoded is None:
            return
        json.dumps(outgoing.encoded.to_json()).encode()
        outgoing.encoded.text.encode()
        if not outgoing.encoded.text.strip():
            raise Crashed("a screen without words")
        for label, data in buttons(outgoing.encoded):
            if not label or not 1 <= len(data.encode()) <= 64:
                raise Crashed(f"a button that no server takes: {label!r} {data!r}")

    async def idle(self) -> None:
        return None


class _Bugs(logging.Handler):
    """Remembers the last bug that the desk has logged."""

    last = ""

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info:
            self.last = "".join(traceback.format_exception(*record.exc_info))[-MOST_TOLD:]


class Counter:
    """Hands updates in and says how each ended; `unreadable` counts those set aside as such."""

    def __init__(self, world: World, session: Session) -> None:
        watch.install(session)
        self._committer = _Committer(world, session)
        self._replier = _Replier()
        outside: Any = (_NoNetwork(), self._committer, self._replier, Vitals())
        self._front = FrontDesk(world.desk, *outside)
        self._session = session
        self._bugs = _Bugs()
        logging.getLogger("handlers.edge.desk").addHandler(self._bugs)
        self._loop = asyncio.new_event_loop()
        self.handed_in = self.unreadable = 0

    def close(self) -> None:
        logging.getLogger("handlers.edge.desk").removeHandler(self._bugs)
        self._loop.close()

    def hand_in(self, raw: dict[str, Any]) -> None:
        """Have one update dealt with and shown; raises Crashed for an end it may not have."""
        self.handed_in += 1
        with watch.undone(self._session), _no_longer_than(MOST_SECONDS):
            watch.forget(self._session)
            outcome = self._loop.run_until_complete(self._taken(raw))
            changes = watch.changes(self._session)
        if isinstance(outcome, Outgoing):
            self._loop.run_until_complete(self._replier.show(outcome))
        for change in changes:
            if change.table == "set_aside":
                self._judge(change.row["reason"])

    async def _taken(self, raw: dict[str, Any]) -> Any:
        outcome = await self._front.take(raw)
        await self._front.idle()
        return outcome

    def _judge(self, reason: str) -> None:
        if reason != UNREADABLE:
            raise Crashed(f"{reason}: {self._bugs.last}")
        self.unreadable += 1


@contextmanager
def _no_longer_than(seconds: float) -> Iterator[None]:
    def over(_signal: int, _frame: object) -> None:
        raise Crashed(f"it took longer than {seconds} seconds")

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
