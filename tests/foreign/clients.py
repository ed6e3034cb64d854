"""The foreign libraries: how each one's desk is started and what it calls an error."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.sandbox.server import SandboxServer
from scripts.node_clients import find_clients, node

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SECRET = "a-Secret_of-the-webhook"
GOODBYE_SECONDS = 45


@dataclass(frozen=True, slots=True)
class Client:
    """A library. `refused` and `blocked` are how it reports bad HTML and a blocked bot.

    `strict` is off where the library itself sends fields that Telegram does not know.
    """

    name: str
    script: str
    refused: str
    blocked: str
    strict: bool = True

    @property
    def command(self) -> list[str]:
        if self.script.endswith(".mjs"):
            return [str(node()), str(HERE / "node" / self.script)]
        return [sys.executable, "-m", f"tests.foreign.bots.{self.script}"]


UNPARSED = "can't parse entities: Unclosed start tag at byte offset 2"
AIOGRAM = Client(
    "aiogram",
    "aiogram_desk",
    f"TelegramBadRequest: Bad Request: {UNPARSED}",
    "TelegramForbiddenError: Forbidden: bot was blocked by the user",
)
PTB = Client(
    "python-telegram-bot",
    "ptb_desk",
    f"BadRequest: {UNPARSED.capitalize()}",
    "Forbidden: Forbidden: bot was blocked by the user",
)
TELEBOT = Client(
    "pyTelegramBotAPI",
    "telebot_desk",
    f"ApiTelegramException: Bad Request: {UNPARSED}",
    "ApiTelegramException: Forbidden: bot was blocked by the user",
)
GRAMMY = Client(
    "grammY",
    "grammy_desk.mjs",
    f"GrammyError: Bad Request: {UNPARSED}",
    "GrammyError: Forbidden: bot was blocked by the user",
)
TELEGRAF = Client(
    "telegraf",
    "telegraf_desk.mjs",
    f"TelegramError: Bad Request: {UNPARSED}",
    "TelegramError: Forbidden: bot was blocked by the user",
    strict=False,
)
CLIENTS = (AIOGRAM, PTB, TELEBOT, GRAMMY, TELEGRAF)


@asynccontextmanager
async def running(
    client: Client, server: SandboxServer, log: Path, *, webhook: bool
) -> AsyncIterator[None]:
    """The library's desk as a process of its own, ended by SIGTERM; it must end well."""
    with log.open("ab") as written:
        process = await asyncio.create_subprocess_exec(
            *client.command,
            cwd=ROOT,
            env=_environment(client, server, webhook),
            stdout=written,
            stderr=written,
        )
        try:
            yield
            process.send_signal(signal.SIGTERM)
            async with asyncio.timeout(GOODBYE_SECONDS):
                code = await process.wait()
            assert code == 0, log.read_text("utf-8")
        except BaseException as error:
            error.add_note(f"{client.name} said:\n{log.read_text('utf-8')}")
            raise
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()


def _environment(client: Client, server: SandboxServer, webhook: bool) -> dict[str, str]:
    environment = {
        **os.environ,
        "API_URL": server.url,
        "TOKEN": server.token,
        "PYTHONWARNINGS": "default",
    }
    if client.script.endswith(".mjs"):
        environment["NODE_CLIENTS"] = str(find_clients())
    if webhook:
        port = _free_port()
        environment["WEBHOOK_PORT"] = str(port)
        environment["WEBHOOK_URL"] = f"http://127.0.0.1:{port}/hook"
        environment["WEBHOOK_SECRET"] = SECRET
    return environment


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
