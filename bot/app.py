"""The composition root: the only place that builds the real objects and joins them."""

from __future__ import annotations

import asyncio
import importlib
import logging
import pkgutil
import sys
from collections.abc import Sequence
from contextlib import suppress

from bot.clock import Clock, MovableClock, SystemClock, offset_in
from bot.committer import Committer
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.delivery.budget import Budget
from bot.delivery.courier import Courier
from bot.delivery.failures import Failure
from bot.delivery.notices import registry as notices
from bot.delivery.telegram import Deliverer
from bot.errors import Refusal
from bot.forms.library_sync import publish_library
from bot.i18n import _
from bot.migrate import migrate
from bot.scheduler import registry as jobs
from bot.scheduler.runner import Scheduler
from bot.work.queue import Workshop
from handlers.edge.desk import FrontDesk
from handlers.edge.middleware import Desk
from handlers.edge.poll import Poller
from handlers.edge.replier import Replier
from handlers.edge.session import CallFailed, LeanSession

log = logging.getLogger(__name__)

TICK_SECONDS = 15.0
SANDBOX_TICK_SECONDS = 1.0
SPEAKING_ROOMS = ("bot.people", "bot.training", "bot.evaluation", "bot.campaigns", "handlers")
WORKING_ROOMS = (
    "bot.people",
    "bot.training",
    "bot.evaluation",
    "bot.imports",
    "bot.reports",
    "bot.work.kinds",
)
NOT_CONVERSATIONS = ("handlers.edge",)


def clock_for(settings: Settings) -> Clock:
    """The system's clock; in a sandbox, moved by the offset that its database holds."""
    if settings.sandbox and settings.sqlite_path is not None:
        return MovableClock(offset_in(settings.sqlite_path))
    return SystemClock()


def register_speaking() -> None:
    """Fill every registry that the bot's own process asks."""
    for room in SPEAKING_ROOMS:
        _import_all(room)
    notices.load_all()
    jobs.load_all()


def register_working() -> None:
    """Fill every registry that the worker process asks."""
    for room in WORKING_ROOMS:
        _import_all(room)


def prepare(settings: Settings, database: Database, clock: Clock) -> None:
    """Migrate and publish the forms that come with Rollcall."""
    migrate(database, clock, settings)
    with database.transaction() as session:
        publish_library(Ctx(session, clock, SYSTEM, settings))


def workshop(settings: Settings) -> Workshop:
    """What the worker process works with: a database whose statements may run long."""
    database = Database(settings.database_url, statement_seconds=None)
    return Workshop(database, clock_for(settings), settings)


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
        poller = await self.make_poller()
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


async def keep_worker(stop: asyncio.Event) -> None:
    """Run the worker process beside the bot's own, and start it again if it ends."""
    while not stop.is_set():
        process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "work")
        ended = asyncio.ensure_future(process.wait())
        stopped = asyncio.ensure_future(stop.wait())
        await asyncio.wait({ended, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if not ended.done():
            with suppress(ProcessLookupError):
                process.terminate()
            await ended
        stopped.cancel()
        if not stop.is_set():
            log.warning("the worker process ended and is started again")
            await asyncio.sleep(1)


def _import_all(room: str) -> None:
    package = importlib.import_module(room)
    for module in pkgutil.iter_modules(package.__path__, f"{room}."):
        if module.name in NOT_CONVERSATIONS:
            continue
        importlib.import_module(module.name)
        if module.ispkg:
            _import_all(module.name)
