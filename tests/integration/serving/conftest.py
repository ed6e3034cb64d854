"""Two `serve` processes behind a proxy and a courier, on PostgreSQL, in one test process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from pydantic import SecretStr

from bot import app as root
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.delivery import budget
from bot.models.chats import Chat
from bot.sandbox.phone import PhoneInHand
from bot.sandbox.server import SandboxServer
from bot.serving import Post, Replica
from tests.cast import settle_cast, telegram_cast
from tests.conftest import TOKEN

SECRET = "the-secret-of-the-webhook"
root.register_speaking()


@dataclass(slots=True)
class Proxy:
    """Gives what Telegram posts to one replica after the other, as it came."""

    ports: list[int] = field(default_factory=list)
    port: int = 0
    turn: Any = field(default_factory=count)

    async def pass_on(self, request: web.Request) -> web.Response:
        port = self.ports[next(self.turn) % len(self.ports)]
        url = f"http://127.0.0.1:{port}{request.path}"
        body = await request.read()
        async with (
            aiohttp.ClientSession() as client,
            client.post(url, data=body, headers=request.headers) as answer,
        ):
            return web.Response(status=answer.status, body=await answer.read())


@dataclass(slots=True)
class House:
    """Everything that runs; `post` sends an update as Telegram would, to one of the replicas."""

    server: SandboxServer
    database: Database
    settings: Settings
    clock: FixedClock
    replicas: list[Replica]
    courier: Post
    ids: dict[str, int]

    def phone(self, who: str) -> PhoneInHand:
        return self.server.phone(who)

    async def link(self, who: str) -> PhoneInHand:
        phone = self.phone(who)
        phone.text("/start")
        await until(lambda: len(phone.from_bot) == 1)
        phone.share_contact()
        await until(lambda: bool(phone.buttons))
        phone.press(phone.buttons[0])
        await until(lambda: self.is_shown(phone))
        return phone

    def is_shown(self, phone: PhoneInHand) -> bool:
        """Whether the notice is accepted and the menu stands on the phone."""
        with self.database.transaction(readonly=True) as session:
            chat = session.get_one(Chat, phone.id)
            return chat.privacy_version > 0 and chat.shown_revision == chat.revision

    async def post(self, at: int, body: bytes, **headers: str) -> int:
        url = f"http://127.0.0.1:{self.replicas[at].port}/telegram"
        async with (
            aiohttp.ClientSession() as client,
            client.post(url, data=body, headers=headers) as answer,
        ):
            return answer.status


async def until(holds: Callable[[], bool], seconds: float = 15.0) -> None:
    """Wait until it holds; fails after a while."""
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.01)


@pytest.fixture
async def house(
    tmp_path: Path, postgres_url: str, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[House]:
    monkeypatch.setattr(budget, "CHAT_SECONDS", 0.01)
    server = SandboxServer(tmp_path / "telegram", clock=clock, cast=telegram_cast())
    await server.start()
    proxy, runner = await _proxy()
    settings = Settings(
        _env_file=None,
        token=SecretStr(TOKEN),
        database_url=postgres_url,
        api_url=server.url,
        webhook_url=f"http://127.0.0.1:{proxy.port}/telegram",
        webhook_secret=SecretStr(SECRET),
        listen="127.0.0.1:0",
        sandbox=True,
    )
    monkeypatch.setenv("ROLLCALL_DATABASE_URL", postgres_url)
    monkeypatch.setenv("ROLLCALL_SANDBOX", "1")
    database = Database(postgres_url)
    root.prepare(settings, database, clock)
    with database.transaction() as session:
        ids = settle_cast(Ctx(session, clock, SYSTEM, settings))
    replicas = [Replica(settings, database, clock) for _ in range(2)]
    courier = Post(settings, database, clock)
    stop = asyncio.Event()
    running = [asyncio.ensure_future(process.run(stop)) for process in (*replicas, courier)]
    await until(lambda: all(replica.port for replica in replicas))
    proxy.ports += [replica.port for replica in replicas]
    yield House(server, database, settings, clock, replicas, courier, ids)
    stop.set()
    await asyncio.gather(*running)
    await runner.cleanup()
    await server.stop()
    database.close()


async def _proxy() -> tuple[Proxy, web.AppRunner]:
    proxy = Proxy()
    application = web.Application()
    application.add_routes([web.post("/telegram", proxy.pass_on)])
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    proxy.port = runner.addresses[0][1]
    return proxy, runner
