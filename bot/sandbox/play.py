"""`rollcall sandbox`: the demonstration administration, its phones, and Rollcall as a child."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pydantic import SecretStr

from bot import app as root
from bot.clock import MovableClock, offset_in
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.sandbox.demo.load import load_demo
from bot.sandbox.server import HOST, TOKEN, run_sandbox
from bot.scheduler import due

T = TypeVar("T")
COUNTRY, ZONE = "KH", "Asia/Phnom_Penh"


def play(directory: Path, port: int, *, fresh: bool) -> None:
    """Serve the sandbox until it is stopped; `fresh` forgets what was played in `directory`."""
    directory = directory.resolve()
    if fresh:
        shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True, exist_ok=True)
    settings = sandbox_settings(directory, port)
    root.register_speaking()
    database = Database(settings.database_url)
    clock = MovableClock(offset_in(directory / "rollcall.db"))
    cast = directory / "cast.json"
    if not cast.exists():
        print("Preparing the demonstration administration …", flush=True)
        load_demo(database, clock, settings, cast)

    def watch(ask: Callable[[Ctx], T]) -> T:
        with database.transaction(readonly=True) as session:
            return ask(Ctx(session, clock, SYSTEM, settings))

    print(f"The sandbox is at http://{HOST}:{port} - stop it with Ctrl+C.", flush=True)
    asyncio.run(
        run_sandbox(
            directory,
            port,
            TOKEN,
            cast,
            [sys.executable, "-m", "bot", "run"],
            child_env=child_environment(settings),
            next_due=lambda after, until: asyncio.to_thread(
                watch, lambda ctx: due.next_due(ctx, after, until)
            ),
            settled=lambda at: asyncio.to_thread(watch, lambda ctx: due.settled(ctx.session, at)),
        )
    )
    database.close()


def sandbox_settings(directory: Path, port: int) -> Settings:
    """Everything stays in `directory`; the environment's own settings are not read."""
    return Settings(
        _env_file=None,
        token=SecretStr(TOKEN),
        database_url=f"sqlite:///{directory / 'rollcall.db'}",
        api_url=f"http://{HOST}:{port}",
        country=COUNTRY,
        timezone=ZONE,
        language="en",
        sandbox=True,
    )


def child_environment(settings: Settings) -> dict[str, str]:
    """The same settings, for the Rollcall that runs as a child."""
    return {
        "ROLLCALL_TOKEN": settings.token.get_secret_value(),
        "ROLLCALL_DATABASE_URL": settings.database_url,
        "ROLLCALL_API_URL": settings.api_url,
        "ROLLCALL_COUNTRY": settings.country,
        "ROLLCALL_TIMEZONE": settings.timezone,
        "ROLLCALL_LANGUAGE": settings.language,
        "ROLLCALL_SANDBOX": "1",
        "ROLLCALL_ALERT_CHAT": "",
        "ROLLCALL_WEBHOOK_URL": "",
        "ROLLCALL_LISTEN": "off",
        "ROLLCALL_SEND_RATE": str(settings.send_rate),
    }
