"""The messages in hand: sent side by side, those of one chat one after another."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

from bot.delivery.claim import Claimed
from bot.delivery.failures import NOT_SENT, Failure, SendResult

log = logging.getLogger(__name__)

Sent: TypeAlias = list[tuple[Claimed, SendResult]]


class Sending:
    """Takes claimed messages and keeps what became of each until it is written down.

    `on_empty` is called whenever nothing is in hand any more.
    """

    def __init__(
        self,
        send: Callable[[Claimed], Awaitable[SendResult]],
        most_at_once: int,
        on_empty: Callable[[], None],
    ) -> None:
        self._send = send
        self._on_empty = on_empty
        self._slots = asyncio.Semaphore(most_at_once)
        self._chats: dict[int, deque[Claimed]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._ended = asyncio.Event()
        self.in_hand = 0
        self.outcome: Sent = []
        self.held_back = False

    def take(self, messages: Sequence[Claimed]) -> None:
        """Begin to send, each after what its chat has before it."""
        self.in_hand += len(messages)
        for message in messages:
            waiting = self._chats.get(message.user_id)
            if waiting is not None:
                waiting.append(message)
                continue
            self._chats[message.user_id] = deque([message])
            task = asyncio.get_running_loop().create_task(self._drive(message.user_id))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def forget(self, written: int) -> None:
        """The first so many outcomes have been written down."""
        del self.outcome[:written]

    async def until_fewer(self, than: int) -> None:
        """Wait until fewer than so many are in hand."""
        while self.in_hand >= than:
            self._ended.clear()
            await self._ended.wait()

    async def _drive(self, user_id: int) -> None:
        waiting = self._chats[user_id]
        while waiting:
            message = waiting.popleft()
            result = await self._surely(message)
            self.outcome.append((message, result))
            self.in_hand -= 1
            self.held_back = self.held_back or result.failure in NOT_SENT
            self._ended.set()
            if not self.in_hand:
                self._on_empty()
        del self._chats[user_id]

    async def _surely(self, message: Claimed) -> SendResult:
        try:
            async with self._slots:
                return await self._send(message)
        except Exception:
            log.exception("message %s: sending broke off", message.message_id)
            return SendResult(failure=Failure.UNKNOWN)
