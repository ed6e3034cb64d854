"""Rollcall ends when it is told to, whatever it is waiting for."""

from __future__ import annotations

import asyncio

from bot.clock import FixedClock
from bot.config import Settings
from bot.db import Database
from bot.serving import Rollcall


async def test_told_to_stop__while_no_server_answers__ends(
    settings: Settings, database: Database, clock: FixedClock
) -> None:
    nobody = settings.model_copy(update={"api_url": "http://127.0.0.1:9"})
    stop = asyncio.Event()
    running = asyncio.ensure_future(Rollcall(nobody, database, clock).run(stop))
    await asyncio.sleep(0.2)
    assert not running.done()
    stop.set()
    await asyncio.wait_for(running, 10)
