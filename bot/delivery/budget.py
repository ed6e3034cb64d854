"""One budget of sends per bot token, shared by replies and the courier.

Replies to people who are known go first and are held back only by a pause after a 429;
strangers and the courier take what they leave, the courier at most one message a second to one
chat. Where several processes send, `shared_budget` tells each what the others took.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.clock import monotonic

CHAT_SECONDS = 1.0
CHATS_KEPT = 10_000
PATIENCE_SECONDS = 5.0
"""A reply that has to wait for longer is left: what its reader does next waits behind it."""
CATCH_UP_SECONDS = 0.03
"""So much of what was not sent in time, between two claims, may be sent at once."""


class Budget:
    """`rate` is sends a second over all chats; time is monotonic."""

    def __init__(self, rate: float, tell_time: Callable[[], float] = monotonic) -> None:
        self._gap = 1.0 / rate
        self._time = tell_time
        self._free_at = 0.0
        self._paused_until = 0.0
        self._chat_free_at: dict[int, float] = {}
        self._turn = asyncio.Lock()
        self.taken = 0

    def pause(self, seconds: float) -> None:
        """Hold everything back, as a 429 demands; a longer pause under way stands."""
        self._paused_until = max(self._paused_until, self._time() + seconds)

    @property
    def paused_for(self) -> float:
        """Seconds until sending is allowed again, 0 if it is."""
        return max(0.0, self._paused_until - self._time())

    async def before_reply(self) -> bool:
        """Wait out a pause and count one send; False, at once, if that would take too long."""
        return await self._patiently(lambda: self.paused_for)

    async def before_stranger(self) -> bool:
        """Wait for a free slot, as for a reply: whoever nobody knows takes what others leave."""
        return await self._patiently(self._free_in)

    async def _patiently(self, wait: Callable[[], float]) -> bool:
        end = self._time() + PATIENCE_SECONDS
        while (left := wait()) > 0:
            if self._time() + left > end:
                return False
            await asyncio.sleep(left)
        self._take()
        return True

    async def before_courier(self, user_id: int) -> bool:
        """Wait for this chat's second to be over and then, whoever came first, for a free slot;
        False during a pause.
        """
        while (left := self._chat_free_at.get(user_id, 0.0) - self._time()) > 0:
            if self.paused_for > 0:
                return False
            await asyncio.sleep(left)
        async with self._turn:
            while (left := self._free_in()) > 0:
                if self.paused_for > 0:
                    return False
                await asyncio.sleep(left)
            self._take()
        self._chat_free_at[user_id] = self._time() + CHAT_SECONDS
        if len(self._chat_free_at) > CHATS_KEPT:
            self._forget_old_chats()
        return True

    def _free_in(self) -> float:
        return max(self._free_at, self._paused_until) - self._time()

    def _take(self) -> None:
        self.taken += 1
        self.others_took(1)

    def others_took(self, sends: int) -> None:
        """Count what other processes of this bot have sent."""
        self._free_at = max(self._free_at, self._time() - CATCH_UP_SECONDS) + sends * self._gap

    def _forget_old_chats(self) -> None:
        now = self._time()
        self._chat_free_at = {chat: at for chat, at in self._chat_free_at.items() if at > now}
