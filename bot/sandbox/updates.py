"""The bot's queue of updates: numbered, filtered when made, waited for, confirmed by offset."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence

from bot.clock import Clock
from bot.sandbox.errors import OTHER_POLLER, ApiError
from bot.sandbox.records import Json, PendingUpdate
from bot.sandbox.store import Store

MESSAGE_SECONDS = 24 * 3600
PRESS_SECONDS = 150
MOST_AT_ONCE = 100
LONGEST_WAIT = 50
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class UpdateQueue:
    """At least once: an update stays until a higher offset confirms it, or until it is too old."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        rows = [PendingUpdate.from_json(row) for row in store.bodies("update")]
        self._waiting = {update.id: update for update in sorted(rows, key=lambda row: row.id)}
        self._next_id: int = store.get("setting", "next_update_id") or 1 + secrets.randbelow(2**29)
        self._allowed: list[str] = store.get("setting", "allowed_updates") or []
        self._poller: asyncio.Future[None] | None = None

    @property
    def allowed(self) -> list[str]:
        return self._allowed

    def add(self, kind: str, payload: Json) -> None:
        """Queue an update, unless the bot has said it does not want this kind."""
        if not self._wanted(kind):
            return
        seconds = PRESS_SECONDS if kind == "callback_query" else MESSAGE_SECONDS
        expires_at = self._clock.now().timestamp() + seconds
        update = PendingUpdate(self._next_id, kind, payload, expires_at)
        self._next_id += 1
        self._waiting[update.id] = update
        self._store.put("update", update.id, update.to_json())
        self._store.put("setting", "next_update_id", self._next_id)
        self._wake()

    def count(self) -> int:
        """How many updates wait."""
        return len(self._ready(len(self._waiting)))

    def clear(self) -> None:
        self._forget(list(self._waiting))

    async def fetch(
        self, offset: int, limit: int, timeout: int, allowed: Sequence[str] | None
    ) -> list[Json]:
        """What getUpdates answers; waits up to `timeout` real seconds while there is nothing.

        A poll that is still waiting is ended with 409.
        """
        self._end_other_poller()
        self._confirm(offset)
        if allowed is not None:
            self._allowed = list(allowed)
            self._store.put("setting", "allowed_updates", self._allowed)
        limit = min(max(limit, 1), MOST_AT_ONCE)
        ready = self._ready(limit)
        if ready or timeout <= 0:
            return ready
        await self._wait(min(timeout, LONGEST_WAIT))
        return self._ready(limit)

    def _wanted(self, kind: str) -> bool:
        return kind in self._allowed if self._allowed else kind not in NOT_BY_DEFAULT

    async def _wait(self, seconds: int) -> None:
        poller = asyncio.get_running_loop().create_future()
        self._poller = poller
        try:
            async with asyncio.timeout(seconds):
                await poller
        except TimeoutError:
            pass
        finally:
            if self._poller is poller:
                self._poller = None

    def _wake(self) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)

    def _end_other_poller(self) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(ApiError(409, OTHER_POLLER))

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self._forget(list(self._waiting)[:offset])
        else:
            self._forget([number for number in self._waiting if number < offset])

    def _ready(self, limit: int) -> list[Json]:
        now = self._clock.now().timestamp()
        self._forget([u.id for u in self._waiting.values() if u.expires_at <= now])
        chosen = list(self._waiting.values())[:limit]
        return [{"update_id": update.id, update.kind: update.payload} for update in chosen]

    def _forget(self, numbers: list[int]) -> None:
        for number in numbers:
            del self._waiting[number]
            self._store.remove("update", number)
