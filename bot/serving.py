"""The bot's own process, joined together: polling, replies, courier, scheduler.

Apart from `app`, because the operator's commands need none of it and start faster without.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from bot.clock import Clock
from bot.committer import Committer
from bot.config import Settings
from bot.db import Database
from bot.delivery.budget import Budget
from bot.delivery.courier import Courier
from bot.delivery.failures import Failure
from bot.delivery.telegram import Deliverer
from bot.errors import Refusal
from bot.i18n import _
from bot.people import invites
from bot.scheduler.runner import Scheduler
from handlers.edge.desk import FrontDesk
from handlers.edge.middleware import Desk
from handlers.edge.poll import Poller
from handlers.edge.profile import introduce
from handlers.edge.replier import Replier
from handlers.edge.session import CallFailed, LeanSession

log = logging.getLogger(__name__)

TICK_SECONDS = 15.0
SANDBOX_TICK_SECONDS = 1.0


class Rollcall:
    """The bot's own process: polling, replies, courier, scheduler."""

    def __init__(self, settings: Settings, database: Database, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._token = settings.token.get_secret_value()
        self.committer = Committer(database, clock, settings)
        self.budget = Budget(settings.send_rate)
        self.session = LeanSession(self._token, settings.api_url)
        self.deliverer = Deliverer(self._token, settings.api_url, self.budget)
        self.courier = Courier(self.committer.hop, self.deliverer)
        tick = SANDBOX_TICK_SECONDS if settings.sandbox else TICK_SECONDS
        self.scheduler = Scheduler(self.committer.hop, tick, every_tick=settings.sandbox)

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set; what was taken in by then is finished first."""
        poller = await self._poller_unless(stop)
        if poller is None:
            await self._close()
            return
        await self.deliverer.start()
        self.scheduler.start()
        parts = [
            asyncio.ensure_future(poller.run(stop)),
            asyncio.ensure_future(self.courier.run(stop)),
        ]
        try:
            await _until_first_ends(parts)
        finally:
            stop.set()
            self.scheduler.stop()
            await asyncio.gather(*parts, return_exceptions=True)
            await self.deliverer.stop()
            await self._close()

    async def _poller_unless(self, stop: asyncio.Event) -> Poller | None:
        """The poller; None if `stop` was set before the server answered."""
        making = asyncio.ensure_future(self.make_poller())
        stopped = asyncio.ensure_future(stop.wait())
        await asyncio.wait({making, stopped}, return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        if making.done():
            return making.result()
        making.cancel()
        return None

    async def _close(self) -> None:
        await self.session.close()
        self.committer.close()

    async def identify(self) -> dict[str, object]:
        """Who the token says we are; waits for a server that does not answer yet.

        Refuses a token that the server does not know.
        """
        while True:
            try:
                me: dict[str, object] = await self.session.call("getMe", {})
            except CallFailed as failed:
                if failed.result.failure is Failure.BAD_TOKEN:
                    raise Refusal(
                        _("The server does not know this token. Check ROLLCALL_TOKEN.")
                    ) from failed
                log.warning("the Bot API server does not answer: %s", failed)
                await asyncio.sleep(2)
            else:
                return me

    async def make_poller(self) -> Poller:
        """The poller, ready to run; what was decided before a restart is shown first."""
        me = await self.identify()
        name = str(me["username"])
        await self.committer.hop(lambda ctx: invites.remember_bot_name(ctx.session, name))
        await introduce(self.session, self.committer)
        desk = Desk(int(str(me["id"])), self._clock, self._settings)
        replier = Replier(self.session, self.budget, self.committer)
        self.front = FrontDesk(desk, self.session, self.committer, replier)
        self.front.after_commit = self.courier.wake.set
        await self.front.show_unshown()
        return Poller(self.session, self.front, self.committer, desk)


async def _until_first_ends(parts: Sequence[asyncio.Future[None]]) -> None:
    done, _pending = await asyncio.wait(parts, return_when=asyncio.FIRST_COMPLETED)
    for part in done:
        part.result()
