"""The bot's queue of updates: numbered, filtered when made, in order for each person, confirmed.

A poll takes them in batches (`fetch`), the webhook one of each lane at a time (`heads`).
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Container, Iterator, Sequence

from bot.clock import Clock
from bot.sandbox.errors import OTHER_POLLER, SET_WEBHOOK, ApiError
from bot.sandbox.faults import Faults
from bot.sandbox.holds import Holds
from bot.sandbox.records import Json, Lane, PendingUpdate
from bot.sandbox.store import Store

MESSAGE_SECONDS = 24 * 3600
PRESS_SECONDS = 150
MOST_AT_ONCE = 100
LONGEST_WAIT = 50
LOOK_SECONDS = 0.1
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class UpdateQueue:
    """At least once: an update stays until it is confirmed, or until it is too old."""

    def __init__(self, store: Store, clock: Clock, faults: Faults | None = None) -> None:
        self._store = store
        self._clock = clock
        self._faults = faults or Faults()
        self._faults.end_poll = self._end_other_poller
        rows = [PendingUpdate.from_json(row) for row in store.bodies("update")]
        self._waiting = {update.id: update for update in sorted(rows, key=lambda row: row.id)}
        self._holds = Holds(clock)
        self._given: set[int] = set()
        self._next_id: int = store.get("setting", "next_update_id") or 1 + secrets.randbelow(2**29)
        self._allowed: list[str] = store.get("setting", "allowed_updates") or []
        self._poller: asyncio.Future[None] | None = None
        self.on_add: Callable[[], None] = lambda: None
        self.on_confirmed: Callable[[PendingUpdate], None] = lambda update: None

    @property
    def allowed(self) -> list[str]:
        return self._allowed

    def allow(self, kinds: Sequence[str] | None) -> None:
        """Want these kinds of update from now on; None leaves it as it was."""
        if kinds is not None:
            self._allowed = list(kinds)
            self._store.put("setting", "allowed_updates", self._allowed)

    def add(self, kind: str, payload: Json) -> int | None:
        """Queue an update and give its number; None if the bot does not want this kind."""
        if not self._wanted(kind):
            return None
        seconds = PRESS_SECONDS if kind == "callback_query" else MESSAGE_SECONDS
        expires_at = self._clock.now().timestamp() + seconds
        update = PendingUpdate(self._next_id, kind, payload, expires_at, _person_in(payload))
        self._next_id += 1
        self._befall(update)
        self._waiting[update.id] = update
        self._store.put("update", update.id, update.to_json())
        self._store.put("setting", "next_update_id", self._next_id)
        self.wake()
        return update.id

    def count(self) -> int:
        """How many updates wait, those that are held back included."""
        self._drop_expired()
        return len(self._waiting)

    @property
    def has_ready(self) -> bool:
        """Whether there is anything to give just now."""
        return any(self._deliverable())

    def clear(self) -> None:
        self._forget(list(self._waiting))

    async def fetch(
        self, offset: int, limit: int, timeout: int, allowed: Sequence[str] | None
    ) -> list[Json]:
        """What getUpdates answers; waits up to `timeout` real seconds while there is nothing.

        A poll that is still waiting is ended with 409.
        """
        self._end_other_poller()
        self._confirm_below(offset)
        self.allow(allowed)
        limit = min(max(limit, 1), MOST_AT_ONCE)
        ready = self._batch(limit)
        if ready or timeout <= 0:
            return ready
        await self._wait(min(timeout, LONGEST_WAIT))
        return self._batch(limit)

    def heads(self, busy: Container[Lane]) -> list[PendingUpdate]:
        """The first update of every lane that is not `busy` and has one to give."""
        heads: dict[Lane, PendingUpdate] = {}
        for update in self._deliverable():
            if update.lane not in busy:
                heads.setdefault(update.lane, update)
        return list(heads.values())

    def head(self, lane: Lane) -> PendingUpdate | None:
        """The update of this lane that is to be given now."""
        return next((update for update in self._deliverable() if update.lane == lane), None)

    def confirm(self, update: PendingUpdate) -> None:
        """Forget it, unless a fault wants it given again."""
        self.on_confirmed(update)
        if update.copies <= 0 or update.id not in self._waiting:
            self._forget([update.id])
            return
        update.copies -= 1
        update.is_copy = update.must_be_given = True
        self._given.discard(update.id)
        self._holds.hold(update, update.copy_after, update.copy_business)
        self._store.put("update", update.id, update.to_json())

    @property
    def holds_any(self) -> bool:
        """Whether time alone will bring an update that nobody can be given now."""
        return any(self._holds.is_held(update) for update in self._waiting.values())

    def wake(self) -> None:
        """Let whoever waits look again."""
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)
        self.on_add()

    def end_poll(self) -> None:
        """End the poll that waits, as setWebhook does."""
        self._end_other_poller(SET_WEBHOOK)

    def _wanted(self, kind: str) -> bool:
        return kind in self._allowed if self._allowed else kind not in NOT_BY_DEFAULT

    def _befall(self, update: PendingUpdate) -> None:
        treatment = self._faults.of_update(update.kind, update.person)
        update.copies, update.copy_after = treatment.copies, treatment.copy_after
        update.copy_business, update.twice = treatment.business, treatment.twice
        self._holds.hold(update, treatment.late, treatment.business)
        ahead = (one for one in self._waiting.values() if one.lane == update.lane)
        update.must_be_given = treatment.late > 0 or any(one.must_be_given for one in ahead)

    async def _wait(self, seconds: int) -> None:
        poller = asyncio.get_running_loop().create_future()
        self._poller = poller
        try:
            async with asyncio.timeout(seconds):
                while not poller.done() and not any(self._deliverable()):
                    pause = LOOK_SECONDS if self.holds_any else None
                    await asyncio.wait([poller], timeout=pause)
        except TimeoutError:
            pass
        finally:
            if self._poller is poller:
                self._poller = None
        if poller.done():
            poller.result()

    def _end_other_poller(self, words: str = OTHER_POLLER) -> bool:
        if self._poller is None or self._poller.done():
            return False
        self._poller.set_exception(ApiError(409, words))
        return True

    def _confirm_below(self, offset: int) -> None:
        if offset < 0:
            self._forget(list(self._waiting)[:offset])
        for update in [one for one in self._waiting.values() if one.id < offset]:
            if update.id in self._given or not update.must_be_given:
                self.confirm(update)

    def _batch(self, limit: int) -> list[Json]:
        chosen: list[Json] = []
        for update in self._deliverable():
            if len(chosen) >= limit:
                break
            twice = update.twice and update.id not in self._given
            chosen += [update.as_update()] * (2 if twice else 1)
            self._given.add(update.id)
        return chosen[:limit]

    def _deliverable(self) -> Iterator[PendingUpdate]:
        """What may be given now; what is held keeps its lane waiting, unless it is a copy."""
        self._drop_expired()
        blocked: set[Lane] = set()
        for update in list(self._waiting.values()):
            if self._holds.is_held(update):
                if not update.is_copy:
                    blocked.add(update.lane)
            elif update.lane not in blocked:
                yield update

    def _drop_expired(self) -> None:
        now = self._clock.now().timestamp()
        self._forget([one.id for one in self._waiting.values() if one.expires_at <= now])

    def _forget(self, numbers: list[int]) -> None:
        for number in numbers:
            if self._waiting.pop(number, None) is not None:
                self._given.discard(number)
                self._store.remove("update", number)


def _person_in(payload: Json) -> int:
    """Whose update it is; 0 where the payload says nothing of anybody."""
    sender = payload.get("from") if isinstance(payload, dict) else None
    return int(sender["id"]) if isinstance(sender, dict) and "id" in sender else 0
