"""The composition root: fills the registries, prepares the database, builds what the processes
work with. The bot's own process is joined together in `serving`.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
import pkgutil
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from bot.clock import Clock, MovableClock, SystemClock, offset_in
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.delivery.notices import registry as notices
from bot.forms.library_sync import publish_library
from bot.migrate import migrate
from bot.operations import copies
from bot.scheduler import registry as jobs
from bot.work.queue import Workshop

log = logging.getLogger(__name__)

SPEAKING_ROOMS = (
    "bot.people",
    "bot.training",
    "bot.evaluation",
    "bot.needs",
    "bot.planning",
    "bot.campaigns",
    "handlers",
)
# What the bot's own process tells and the worker makes: nothing else of `work` is loaded there.
TOLD_OF_WORK = "bot.work.telling"
WORKING_ROOMS = (
    "bot.people",
    "bot.training",
    "bot.evaluation",
    "bot.needs",
    "bot.planning",
    "bot.imports",
    "bot.reports",
    "bot.work.kinds",
    "bot.operations.backups",
)
PAUSE_SECONDS = 1.0
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
    importlib.import_module(TOLD_OF_WORK)
    notices.load_all()
    jobs.load_all()


def register_working() -> None:
    """Fill every registry that the worker process asks."""
    for room in WORKING_ROOMS:
        _import_all(room)


def prepare(settings: Settings, database: Database, clock: Clock) -> None:
    """Migrate, hold a copied database, publish the forms that come with Rollcall.

    Processes that start together do so one after the other.
    """
    with database.one_at_a_time():
        migrate(database, clock, settings)
        copies.check(database)
        with database.transaction() as session:
            publish_library(Ctx(session, clock, SYSTEM, settings))


def workshop(settings: Settings) -> Workshop:
    """What the worker process works with: a database whose statements may run long."""
    database = Database(settings.database_url, statement_seconds=None)
    return Workshop(database, clock_for(settings), settings)


async def keep_worker(stop: asyncio.Event, on_duty: Callable[[], bool]) -> None:
    """Run the worker process beside this one while `on_duty`, and start it again if it ends.

    Its standard input stays open as long as this process lives: where it ends, so does the worker.
    """
    while not stop.is_set():
        if on_duty():
            await _work(stop, on_duty)
        await _wait(stop, PAUSE_SECONDS)


async def _work(stop: asyncio.Event, on_duty: Callable[[], bool]) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "work", stdin=asyncio.subprocess.PIPE
    )
    ended = asyncio.ensure_future(process.wait())
    while not stop.is_set() and on_duty() and not ended.done():
        await _wait(stop, PAUSE_SECONDS, ended)
    if ended.done():
        log.warning("the worker process ended and is started again")
        return
    with suppress(ProcessLookupError):
        process.terminate()
    await ended


async def _wait(stop: asyncio.Event, seconds: float, *others: asyncio.Future[Any]) -> None:
    stopped = asyncio.ensure_future(stop.wait())
    await asyncio.wait({stopped, *others}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()


def _import_all(room: str) -> None:
    package = importlib.import_module(room)
    for module in pkgutil.iter_modules(package.__path__, f"{room}."):
        if module.name in NOT_CONVERSATIONS:
            continue
        importlib.import_module(module.name)
        if module.ispkg:
            _import_all(module.name)
