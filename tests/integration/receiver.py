"""A webhook that answers as it is told, and remembers what it was brought."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Self

from aiohttp import web

from bot.clock import monotonic

Judge = Callable[[dict[str, Any], int], web.Response | None]
PATIENCE_SECONDS = 60.0


class Receiver:
    """`judge(update, visit)` gives the answer to the n-th visit of an update; None is 200."""

    def __init__(self, judge: Judge = lambda update, visit: None) -> None:
        self.judge = judge
        self.visits: list[tuple[float, int]] = []
        self.taken: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.busiest = 0
        self._busy = 0
        self._gate = asyncio.Event()
        self._gate.set()
        self._come = asyncio.Condition()

    async def __aenter__(self) -> Self:
        application = web.Application()
        application.router.add_post("/hook", self._receive)
        self._runner = web.AppRunner(application, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return self

    async def __aexit__(self, *exc: object) -> None:
        self._gate.set()
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}/hook"

    @property
    def texts(self) -> list[str]:
        """What was taken, in order."""
        return [words_of(update) for update in self.taken]

    def close_gate(self) -> None:
        """Keep every visitor waiting for an answer."""
        self._gate.clear()

    def open_gate(self) -> None:
        self._gate.set()

    def pauses(self, update_id: int) -> list[float]:
        """Seconds between the visits of one update."""
        times = [at for at, number in self.visits if number == update_id]
        return [later - earlier for earlier, later in zip(times, times[1:], strict=False)]

    async def wait_until(self, seen: Callable[[Receiver], bool]) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS), self._come:
            await self._come.wait_for(lambda: seen(self))

    async def _receive(self, request: web.Request) -> web.StreamResponse:
        update = await request.json()
        number = update["update_id"]
        self.visits.append((monotonic(), number))
        self.headers.append(dict(request.headers))
        self._busy += 1
        self.busiest = max(self.busiest, self._busy)
        await self._tell()
        await self._gate.wait()
        self._busy -= 1
        visit = sum(1 for _, one in self.visits if one == number)
        answer = self.judge(update, visit)
        if answer is None:
            self.taken.append(update)
        await self._tell()
        return answer or web.Response()

    async def _tell(self) -> None:
        async with self._come:
            self._come.notify_all()


def words_of(update: dict[str, Any]) -> str:
    """The text of a message, the data of a press."""
    if "callback_query" in update:
        return str(update["callback_query"]["data"])
    return str(update.get("message", {}).get("text"))
