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
        self._listeners: list[tuple[int | None, asyncio.Queue[Json]]] = []
        self._watchers: list[Callable[[Json], None]] = []

    def publish(self, kind: str, **fields: object) -> None:
        event = {"type": kind, **fields}
        for watcher in self._watchers:
            watcher(event)
        about = phone_of(event)
        for phone, queue in self._listeners:
            if phone in (None, about) or about == 0:
                _put(queue, event)

    def watch(self, watcher: Callable[[Json], None]) -> None:
        """Call `watcher` with every event from now on, in order; for written records of a play."""
        self._watchers.append(watcher)

    def close(self) -> None:
        """Let go of all who watch: the web server's caches hold on to a world that has ended."""
        self._watchers.clear()
        self._listeners.clear()

    @contextmanager
    def listen(self, phone: int | None = None) -> Iterator[asyncio.Queue[Json]]:
        """A queue that gets every event from now on; with `phone`, none of other phones."""
        listener = (phone, asyncio.Queue[Json](LONGEST_QUEUE))
        self._listeners.append(listener)
        try:
            yield listener[1]
        finally:
            self._listeners[:] = [one for one in self._listeners if one is not listener]


def phone_of(event: Json) -> int:
    """The phone an event is about, 0 if it is about none."""
    phone = event.get("phone") or 0
    return int(phone["id"]) if isinstance(phone, dict) else int(phone)


def _put(queue: asyncio.Queue[Json], event: Json) -> None:
    if queue.full():
        while not queue.empty():
            queue.get_nowait()
        event = {"type": "reload"}
    queue.put_nowait(event)
