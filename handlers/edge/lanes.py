"""Each person's updates one after another, different people's side by side."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

log = logging.getLogger(__name__)

Step = Callable[[], Awaitable[Any]]


@dataclass(slots=True)
class _Work:
    commit: Step
    show: Callable[[Any], Awaitable[None]]
    committed: asyncio.Future[Any]


class Lanes:
    """`add` queues one update; lanes that are empty cost nothing."""

    def __init__(self) -> None:
        self._lanes: dict[int, deque[_Work]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def add(
        self, user_id: int, commit: Step, show: Callable[[Any], Awaitable[None]]
    ) -> asyncio.Future[Any]:
        """Commit, then show, after everything this person did before.

        The future ends with the commit. Where a commit fails, what waits behind it
        fails too, so that nothing is dealt with out of order.
        """
        committed: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        lane = self._lanes.get(user_id)
        if lane is None:
            lane = self._lanes[user_id] = deque()
            task = asyncio.get_running_loop().create_task(self._drive(user_id, lane))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        lane.append(_Work(commit, show, committed))
        return committed

    async def idle(self) -> None:
        """Wait until every lane is empty."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def _drive(self, user_id: int, lane: deque[_Work]) -> None:
        await asyncio.sleep(0)
        while lane:
            work = lane.popleft()
            try:
                outcome = await work.commit()
            except Exception as error:  # noqa: BLE001  whoever fetched the update decides
                self._fail(work, lane, error)
                break
            if not work.committed.done():
                work.committed.set_result(outcome)
            await self._show(user_id, work, outcome)
        del self._lanes[user_id]

    @staticmethod
    async def _show(user_id: int, work: _Work, outcome: Any) -> None:
        """What is committed stays so, and the next update of this person has its turn."""
        try:
            await work.show(outcome)
        except Exception:
            log.exception("chat %s: what was decided could not be shown", user_id)

    @staticmethod
    def _fail(work: _Work, lane: deque[_Work], error: Exception) -> None:
        for waiting in (work, *lane):
            if not waiting.committed.done():
                waiting.committed.set_exception(error)
        lane.clear()
