"""Brings updates to the webhook as Telegram does: in order within a lane, lanes side by side."""

from __future__ import annotations

import asyncio
import contextlib
import random

from bot.sandbox.records import Lane, PendingUpdate, Webhook
from bot.sandbox.updates import LOOK_SECONDS
from bot.sandbox.webhook_post import Outcome, Post
from bot.sandbox.world import World

LONGEST_PAUSE = 60
READ_SECONDS = 60.0


class WebhookSender:
    """A 2xx confirms an update; anything else is tried again until the update expires.

    First at once, then after 2, 4, 8 … seconds up to 60 to 120, or after what the answer's
    Retry-After says, up to an hour. `second` is how long one of those seconds lasts here,
    `read_seconds` how long an answer may take, in real time.
    """

    def __init__(
        self, world: World, second: float = 1.0, read_seconds: float = READ_SECONDS
    ) -> None:
        self._world = world
        self._second = second
        self._post = Post(read_seconds)
        self._open = 0
        self._freed = asyncio.Condition()
        self._webhook = world.webhook
        self._changed = asyncio.Event()
        self._lanes: dict[Lane, asyncio.Task[None]] = {}
        self._main: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Bring what waits, and what comes, until stopped."""
        await self._post.open()
        self._world.updates.on_add = self._changed.set
        self._main = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """End all requests; what was not confirmed stays."""
        tasks = [task for task in (self._main, *self._lanes.values()) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._post.close()

    async def _watch(self) -> None:
        while True:
            self._changed.clear()
            self._begin_anew_if_changed()
            if self._webhook.url:
                self._occupy_lanes()
            held = self._webhook.url and self._world.updates.holds_any
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), LOOK_SECONDS if held else None)

    def _begin_anew_if_changed(self) -> None:
        if self._webhook is not self._world.webhook:
            self._webhook = self._world.webhook
            for task in self._lanes.values():
                task.cancel()

    def _occupy_lanes(self) -> None:
        for update in self._world.updates.heads(self._lanes):
            self._lanes[update.lane] = asyncio.create_task(self._empty_lane(update.lane))

    async def _empty_lane(self, lane: Lane) -> None:
        """Bring the lane's updates one after the other, each until it is taken or too old."""
        try:
            while (update := self._world.updates.head(lane)) is not None:
                await self._bring(update)
        finally:
            del self._lanes[lane]
            self._changed.set()

    async def _bring(self, update: PendingUpdate) -> None:
        webhook, pause, failures = self._webhook, 1.0, 0
        while self._world.updates.head(update.lane) is update:
            outcome = await self._attempt(webhook, update)
            if outcome.taken:
                self._world.updates.confirm(update)
                return
            self._note(webhook, outcome)
            wait = outcome.retry_after
            if not wait and failures:
                pause = wait = min(pause * 2, longest_pause(update, failures))
            failures += 1
            await asyncio.sleep(wait * self._second)

    async def _attempt(self, webhook: Webhook, update: PendingUpdate) -> Outcome:
        """One request, or two at once where a fault wants that; one that is taken is enough."""
        requests = [self._request(webhook, update) for _ in range(2 if update.twice else 1)]
        update.twice = False
        outcomes = await asyncio.gather(*requests)
        return next((one for one in outcomes if one.taken), outcomes[0])

    async def _request(self, webhook: Webhook, update: PendingUpdate) -> Outcome:
        async with self._freed:
            await self._freed.wait_for(lambda: self._open < webhook.max_connections)
            self._open += 1
        try:
            return await self._post.send(webhook, update.as_update())
        finally:
            self._open -= 1
            async with self._freed:
                self._freed.notify()

    def _note(self, webhook: Webhook, outcome: Outcome) -> None:
        webhook.last_error_at = self._world.timestamp()
        webhook.last_error = outcome.trouble
        self._world.webhook_changed()


def longest_pause(update: PendingUpdate, failures: int) -> float:
    """Anything from one to two minutes, the same for the same update and count."""
    return LONGEST_PAUSE * (1 + random.Random(f"{update.id} {failures}").random())
