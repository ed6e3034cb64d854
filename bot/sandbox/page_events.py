"""Tells every open page what happened, in order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.sandbox.records import Json

LONGEST_QUEUE = 2000


class PageEvents:
    """Events to listeners; one that falls too far behind is told to reload."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[Json]] = set()
        self._watchers: list[Callable[[Json], None]] = []

    def publish(self, kind: str, **fields: object) -> None:
        event = {"type": kind, **fields}
        for watcher in self._watchers:
            watcher(event)
        for queue in self._listeners:
            _put(queue, event)

    def watch(self, watcher: Callable[[Json], None]) -> None:
        """Call `watcher` with every event from now on, in order; for written records of a play."""
        self._watchers.append(watcher)

    @contextmanager
    def listen(self) -> Iterator[asyncio.Queue[Json]]:
        """A queue that gets every event from now on."""
        queue: asyncio.Queue[Json] = asyncio.Queue(LONGEST_QUEUE)
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)


def _put(queue: asyncio.Queue[Json], event: Json) -> None:
    if queue.full():
        while not queue.empty():
            queue.get_nowait()
        event = {"type": "reload"}
    queue.put_nowait(event)
