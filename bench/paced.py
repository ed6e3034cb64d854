"""Presses at a steady pace, whatever the bot makes of them, and how long each reply took."""

from __future__ import annotations

import asyncio
import re
import time
from collections import deque
from collections.abc import Callable

from bench.officers import Officers, chat_of

_FROM = re.compile(rb'"from":\{"id":(\d+)')


class Paced:
    """Lets one of the officers' presses out every `seconds`; `on_press` is told of each.

    A reply's time counts from the moment its press was let out, so that a bot that falls behind
    is seen to.
    """

    def __init__(self, officers: Officers, seconds: float, on_press: Callable[[], None]) -> None:
        self._officers = officers
        self._seconds = seconds
        self._on_press = on_press
        self._out: deque[bytes] = deque()
        self._since: dict[int, float] = {}
        self._task: asyncio.Task[None] | None = None
        self.took: list[float] = []

    def begin(self) -> None:
        """From now on; a second call changes nothing."""
        if self._task is None:
            self._task = asyncio.ensure_future(self._let_out())

    @property
    def waiting(self) -> bool:
        return bool(self._out)

    def take(self) -> bytes:
        """What was let out and not taken, as the result of getUpdates."""
        taken = list(self._out)
        self._out.clear()
        return b"[" + b",".join(taken) + b"]"

    def replied(self, body: bytes) -> None:
        """An edit has come: the reply to the last press of its chat."""
        since = self._since.pop(chat_of(body), None)
        if since is not None:
            self.took.append(time.perf_counter() - since)

    async def _let_out(self) -> None:
        due = time.perf_counter()
        while True:
            due += self._seconds
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            if not self._officers.presses:
                continue
            press = self._officers.presses.pop(0)
            found = _FROM.search(press)
            assert found is not None, "every press says whose it is"
            self._since[int(found[1])] = time.perf_counter()
            self._out.append(press)
            self._on_press()
