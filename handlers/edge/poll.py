"""Long polling that confirms an update only after the commit that holds its effect."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, TypeAlias

from bot.clock import rest
from bot.committer import Committer
from bot.delivery.failures import Failure
from bot.errors import Retry
from bot.vitals import Vitals
from handlers.edge.desk import FrontDesk
from handlers.edge.intake import ALLOWED
from handlers.edge.poll_watch import PollWatch
from handlers.edge.session import CallFailed, LeanSession
from handlers.edge.set_aside import Begun, sender

log = logging.getLogger(__name__)

WAIT_SECONDS = 25
BATCH = 100
Outcomes: TypeAlias = dict[int, Any]
"""What became of each update: an exception where it is to be fetched again."""
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
NOTHING_BEGUN = Begun(frozenset(), frozenset())


class Poller:
    """Fetches, has dealt with, confirms."""

    def __init__(
        self,
        session: LeanSession,
        front: FrontDesk,
        committer: Committer,
        vitals: Vitals,
    ) -> None:
        self._session = session
        self._front = front
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
        apart = {sender(raw) for raw in updates if raw["update_id"] in begun.before}
        outcomes = await self._together([raw for raw in updates if sender(raw) not in apart])
        suspects = [raw for raw in updates if sender(raw) in apart]
        outcomes |= await self._one_by_one(suspects, begun.ended)
        self._confirm(updates, outcomes)

    async def _together(self, updates: list[dict[str, Any]]) -> Outcomes:
        ended = await asyncio.gather(
            *(self._front.take(raw) for raw in updates), return_exceptions=True
        )
        return {raw["update_id"]: one for raw, one in zip(updates, ended, strict=True)}

    async def _one_by_one(self, updates: list[dict[str, Any]], ended: frozenset[int]) -> Outcomes:
        """One of these may have ended the process: it must not take others with it again."""
        outcomes: Outcomes = {}
        for raw in updates:
            if raw["update_id"] in ended:
                taken = self._front.take(raw)
            else:
                taken = await self._front.take_suspect(raw)
            await asyncio.wait({taken})
            outcomes[raw["update_id"]] = taken.exception()
            if taken.exception() is not None:
                break
        return outcomes

    def _confirm(self, updates: list[dict[str, Any]], outcomes: Outcomes) -> None:
        """The next fetch confirms what is committed, up to the first that is not."""
        for raw in updates:
            outcome = outcomes.get(raw["update_id"], Retry("it was not begun"))
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
        return await self._front.begun(again) if again else NOTHING_BEGUN

    async def _rest(self, trouble: Exception, pause: float, stop: asyncio.Event) -> float:
        if isinstance(trouble, CallFailed) and trouble.result.failure is Failure.THROTTLED:
            pause = max(pause, trouble.result.retry_after)
        return pause if await rest(stop, pause) else min(pause * 2, LONGEST_PAUSE)
