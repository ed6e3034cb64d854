"""The composition root: fills the registries, prepares the database, builds what the processes
work with. The bot's own process is joined together in `serving`.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
import pkgutil
import sys
from contextlib import suppress

from bot.clock import Clock, MovableClock, SystemClock, offset_in
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.delivery.notices import registry as notices
from bot.forms.library_sync import publish_library
from bot.migrate import migrate
from bot.scheduler import registry as jobs
from bot.work.queue import Workshop

log = logging.getLogger(__name__)

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


async def keep_worker(stop: asyncio.Event) -> None:
    """Run the worker process beside the bot's own, and start it again if it ends.

    Its standard input stays open as long as this process lives: where it ends, so does the worker.
    """
    while not stop.is_set():
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "work", stdin=asyncio.subprocess.PIPE
        )
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
