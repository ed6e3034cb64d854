"""The processes of Rollcall, joined together: `run` is all in one, by polling; `serve` answers by
webhook, as often as needed; `courier` delivers and ticks, one at a time.

Apart from `app`, because the operator's commands need none of it and start faster without.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from bot.clock import Clock
from bot.config import Settings
from bot.db import Database
from bot.errors import Refusal
from bot.i18n import _
from bot.office import Duty, Office
from bot.vitals import Part
from handlers.edge.poll import Poller
from handlers.edge.profile import introduce
from handlers.edge.session import CallFailed
from handlers.edge.web import Listener
from handlers.edge.webhook import Webhook

Process: TypeAlias = Callable[[Settings, Database, Clock], "Rollcall | Replica | Post"]
log = logging.getLogger(__name__)

DRAIN_SECONDS = 20.0


class Rollcall:
    """`rollcall run`: one process that does everything, and fetches its updates itself."""

    def __init__(
        self, settings: Settings, database: Database, clock: Clock, *, takes_over: bool = False
    ) -> None:
        self.office = Office(settings, database, clock, Part.RUN)
        self._takes_over = takes_over
        self.duty = Duty(self.office)
        self.courier, self.scheduler = self.duty.courier, self.duty.scheduler
        self.committer, self.session = self.office.committer, self.office.session

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set; what was taken in by then is finished first."""
        poller = await _unless(stop, self.make_poller())
        if poller is not None:
            await self.duty.start()
            listener = self.office.listener()
            await _listen_if_possible(listener)
            parts = [poller.run(stop), self.front.keep_showing(stop), *self.duty.parts(stop)]
            try:
                await _until_first_ends(stop, parts)
            finally:
                await self.duty.end()
                await listener.stop()
        await self.office.close()

    async def make_poller(self) -> Poller:
        """The poller, ready to run; what was decided before a restart is shown first.

        Refuses while a webhook is set, unless it was told to take over.
        """
        await self.office.identify()
        await self._without_webhook()
        await introduce(self.session, self.committer)
        self.front = self.office.front_desk()
        self.front.after_commit = self.courier.wake.set
        await self.front.show_unshown()
        return Poller(self.session, self.front, self.committer, self.office.vitals)

    async def _without_webhook(self) -> None:
        try:
            host = urlsplit((await self.session.call("getWebhookInfo", {}))["url"]).hostname
            if host and not self._takes_over:
                raise Refusal(
                    _(
                        "This bot's messages go to a webhook at {host}. If nothing serves there "
                        "any more, write: rollcall run --take-over",
                        host=host,
                    )
                )
            if host:
                await self.session.call("deleteWebhook", {})
        except CallFailed as failed:
            log.warning("whether a webhook is set could not be found out: %s", failed)


class Replica:
    """`rollcall serve`: takes what Telegram posts and answers; any number side by side."""

    def __init__(self, settings: Settings, database: Database, clock: Clock) -> None:
        self.office = Office(settings, database, clock, Part.SERVE)
        self.port = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set; what was taken in by then is finished first.

        Refuses to start without address and secret of the webhook.
        """
        if await _unless(stop, self._ready()) is not None:
            front = self.office.front_desk()
            webhook = Webhook(self.office.settings, front, self.office.vitals)
            listener = self.office.listener(webhook.route())
            await _listen(listener)
            self.port = listener.port
            try:
                await webhook.announce(self.office.session)
                parts = [front.keep_showing(stop), self.office.share().run(stop)]
                await _until_first_ends(stop, parts)
            finally:
                webhook.is_ending = True
                await listener.stop()
                with suppress(TimeoutError):
                    await asyncio.wait_for(front.idle(), DRAIN_SECONDS)
        await self.office.close()

    async def _ready(self) -> bool:
        await self.office.identify()
        await introduce(self.office.session, self.office.committer)
        return True


class Post:
    """`rollcall courier`: the outbox, the scheduler and the worker; others stand by."""

    def __init__(self, settings: Settings, database: Database, clock: Clock) -> None:
        self.office = Office(settings, database, clock, Part.COURIER)
        self.duty = Duty(self.office)

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver while the lease is held, until `stop` is set."""
        if await _unless(stop, self._ready()) is not None:
            await self.duty.start()
            listener = self.office.listener()
            await _listen_if_possible(listener)
            try:
                await _until_first_ends(
                    stop, [*self.duty.parts(stop), self.office.share().run(stop)]
                )
            finally:
                await self.duty.end()
                await listener.stop()
        await self.office.close()

    async def _ready(self) -> bool:
        await self.office.identify()
        return True


async def _unless(stop: asyncio.Event, making: Coroutine[Any, Any, Any]) -> Any:
    """What `making` returns; None if `stop` was set first."""
    made = asyncio.ensure_future(making)
    stopped = asyncio.ensure_future(stop.wait())
    await asyncio.wait({made, stopped}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if made.done():
        return made.result()
    made.cancel()
    return None


async def _until_first_ends(
    stop: asyncio.Event, parts: Sequence[Coroutine[Any, Any, None]]
) -> None:
    """Run all until `stop` is set; where one ends before, the others are stopped too, and what
    it raised is raised.
    """
    running = [asyncio.ensure_future(part) for part in parts]
    try:
        done, _pending = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        for part in done:
            part.result()
    finally:
        stop.set()
        await asyncio.gather(*running, return_exceptions=True)


async def _listen(listener: Listener) -> None:
    """Refuses where the address cannot be had: a webhook that hears nothing is none."""
    try:
        await listener.start()
    except OSError as error:
        raise Refusal(
            _("ROLLCALL_LISTEN cannot be had: {reason}", reason=error.strerror or "")
        ) from error


async def _listen_if_possible(listener: Listener) -> None:
    """A port that is taken costs figures, not answers."""
    try:
        await listener.start()
    except OSError as error:
        log.warning("health and figures cannot be had at this address: %s", error.strerror)
