"""Long polling that confirms an update only after the commit that holds its effect."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from bot.committer import Committer
from bot.delivery.failures import Failure
from bot.errors import Retry
from bot.vitals import Vitals
from handlers.edge import set_aside
from handlers.edge.desk import FrontDesk
from handlers.edge.intake import ALLOWED
from handlers.edge.middleware import Desk
from handlers.edge.poll_watch import PollWatch
from handlers.edge.session import CallFailed, LeanSession
from handlers.edge.set_aside import Begun

log = logging.getLogger(__name__)

WAIT_SECONDS = 25
BATCH = 100
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
NOTHING_BEGUN = Begun(frozenset(), frozenset())


class Poller:
    """Fetches, has dealt with, confirms."""

    def __init__(
        self,
        session: LeanSession,
        front: FrontDesk,
        committer: Committer,
        desk: Desk,
        vitals: Vitals,
    ) -> None:
        self._session = session
        self._front = front
        self._committer = committer
        self._desk = desk
        self._vitals = vitals
        self._watch = PollWatch(session, committer)
        self._offset = 0
        self._highest = -1

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until `stop` is set; then what was fetched is finished before it returns."""
        pause = FIRST_PAUSE
        while not stop.is_set():
            try:
                await self._round(stop)
                pause = FIRST_PAUSE
            except (CallFailed, Retry) as trouble:
                log.warning("polling: %s", trouble)
                await self._watch.failed(trouble)
                pause = await self._rest(trouble, pause, stop)
        await self._front.idle()

    async def _round(self, stop: asyncio.Event) -> None:
        updates = await self._fetch(stop)
        if not updates:
            return
        begun = await self._begun(updates)
        self._highest = max(self._highest, updates[-1]["update_id"])
        if begun.before:
            await self._one_by_one(updates, begun.ended)
        else:
            await self._together(updates)

    async def _together(self, updates: list[dict[str, Any]]) -> None:
        outcomes = await asyncio.gather(
            *(self._front.take(raw) for raw in updates), return_exceptions=True
        )
        for raw, outcome in zip(updates, outcomes, strict=True):
            self._confirm(raw, outcome)

    async def _one_by_one(self, updates: list[dict[str, Any]], ended: frozenset[int]) -> None:
        """One of these may have ended the process: it must not take the others with it again."""
        for raw in updates:
            if raw["update_id"] in ended or await self._begin_again(raw["update_id"]):
                taken = self._front.take(raw)
            else:
                taken = self._front.put_aside(raw)
            await asyncio.wait({taken})
            self._confirm(raw, taken.exception())

    def _confirm(self, raw: dict[str, Any], outcome: Any) -> None:
        """The next fetch confirms it, unless it could not be committed."""
        if isinstance(outcome, BaseException):
            raise Retry(f"update {raw['update_id']} is not committed") from outcome
        self._offset = raw["update_id"] + 1

    async def _fetch(self, stop: asyncio.Event) -> list[dict[str, Any]]:
        payload = {
            "offset": self._offset,
            "limit": BATCH,
            "timeout": WAIT_SECONDS,
            "allowed_updates": ALLOWED,
        }
        call = asyncio.ensure_future(
            self._session.call("getUpdates", payload, seconds=WAIT_SECONDS + 15)
        )
        ended = asyncio.ensure_future(stop.wait())
        await asyncio.wait({call, ended}, return_when=asyncio.FIRST_COMPLETED)
        ended.cancel()
        if not call.done():
            call.cancel()
            return []
        updates: list[dict[str, Any]] = call.result()
        self._vitals.heard()
        await self._watch.came()
        return updates

    async def _begun(self, updates: list[dict[str, Any]]) -> Begun:
        """Only what may be a re-delivery is counted: the first batch, and what came before."""
        again = [raw for raw in updates if self._highest < 0 or raw["update_id"] <= self._highest]
        if not again:
            return NOTHING_BEGUN
        begun: Begun = await self._committer.run(
            lambda session: set_aside.begun(session, self._desk, again)
        )
        return begun

    async def _begin_again(self, update_id: int) -> bool:
        allowed: bool = await self._committer.run(
            lambda session: set_aside.begin_again(session, self._desk, update_id)
        )
        return allowed

    async def _rest(self, trouble: Exception, pause: float, stop: asyncio.Event) -> float:
        if isinstance(trouble, CallFailed) and trouble.result.failure is Failure.THROTTLED:
            pause = max(pause, trouble.result.retry_after)
        try:
            await asyncio.wait_for(stop.wait(), pause)
        except TimeoutError:
            return min(pause * 2, LONGEST_PAUSE)
        return pause
