"""The sandbox as one server: the Bot API and the page on a port of this machine.

`run_sandbox` is what `rollcall sandbox` runs; `SandboxServer` serves tests in their own process.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import signal
from collections.abc import Mapping
from pathlib import Path

from aiohttp import web

from bot.clock import Clock
from bot.sandbox.bot_api import BotApi
from bot.sandbox.cast import Cast, phone_for, stranger
from bot.sandbox.clock_control import (
    ClockControl,
    NextDue,
    Settled,
    always_settled,
    nothing_due,
)
from bot.sandbox.crowd import Crowd
from bot.sandbox.faults import Faults
from bot.sandbox.journal import Journal
from bot.sandbox.limits import SendLimits
from bot.sandbox.outgoing import next_due, send_all_due
from bot.sandbox.page_api import PageApi
from bot.sandbox.page_control import PageControl
from bot.sandbox.page_faults import PageFaults
from bot.sandbox.page_requests import always_fresh, same_origin, sentences
from bot.sandbox.phone import PhoneInHand
from bot.sandbox.records import Refusal
from bot.sandbox.request import LARGEST_BODY
from bot.sandbox.rollcall_child import RollcallChild
from bot.sandbox.webhook import READ_SECONDS, WebhookSender
from bot.sandbox.world import World

HOST = "127.0.0.1"
TOKEN = "424242:SANDBOX-TOKEN-OF-ROLLCALL-NOT-A-SECRET"
GOODBYE_SECONDS = 0.5
LATE_LOOK_SECONDS = 0.2


class SandboxServer:
    """One bot, its phones and its page; port 0 takes a free one.

    A `clock` that is a ClockControl can be moved from the page, any other cannot. A second
    of the webhook's schedule lasts `webhook_second` real seconds; an answer of the webhook
    may take `webhook_read_seconds`. With `journals` every phone keeps an account of what
    it did and saw (`journal`, `PhoneInHand.journal`).
    """

    def __init__(
        self,
        directory: Path,
        *,
        token: str = TOKEN,
        port: int = 0,
        cast: Cast | None = None,
        clock: Clock | None = None,
        child: RollcallChild | None = None,
        strict: bool = True,
        limits: SendLimits | None = None,
        webhook_second: float = 1.0,
        webhook_read_seconds: float = READ_SECONDS,
        journals: bool = False,
    ) -> None:
        self.token = token
        self.port = port
        self.cast = cast or Cast()
        clock = clock or ClockControl(None)
        self.world = World(directory, token, clock)
        self.world.journal.keeping = journals
        self._api = BotApi(self.world, token, strict, limits or SendLimits())
        self.crowd = Crowd(self.world, self.cast)
        if isinstance(clock, ClockControl):
            clock.others_settled = self._is_quiet
            clock.others_due = lambda: self.next_late
        self._control = PageControl(self.world, child)
        self._sender = WebhookSender(self.world, webhook_second, webhook_read_seconds)
        self._runner: web.AppRunner | None = None
        self._late: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """The base address, for both libraries' settings and for the page."""
        return f"http://{HOST}:{self.port}"

    @property
    def faults(self) -> Faults:
        return self.world.faults

    @property
    def limits(self) -> SendLimits:
        """Telegram's rate limits; `server.limits.set(...)` changes them."""
        return self._api.limits

    @property
    def next_late(self) -> dt.datetime | None:
        """When the next message that a bad link holds up gets through, by the clock."""
        return next_due(self.world)

    def send_late(self) -> None:
        """Let through what is due; done by itself several times a second of real time."""
        send_all_due(self.world)

    @property
    def journal(self) -> Journal:
        return self.world.journal

    @property
    def refusals(self) -> list[Refusal]:
        return list(self.world.refusals)

    async def __aenter__(self) -> SandboxServer:
        await self.start()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.stop()

    async def start(self) -> None:
        application = web.Application(
            client_max_size=LARGEST_BODY, middlewares=[same_origin, sentences]
        )
        application.on_response_prepare.append(always_fresh)
        application.add_routes(self._api.routes())
        faults = PageFaults(self.world, self.limits)
        page = PageApi(self.world, self.cast, self._control, faults, self.crowd)
        application.add_routes(page.routes())
        self._runner = web.AppRunner(
            application,
            handler_cancellation=True,
            access_log=None,
            shutdown_timeout=GOODBYE_SECONDS,
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        await self._sender.start()
        self._late = asyncio.create_task(self._send_late())

    async def stop(self) -> None:
        """End all that runs; the world stays as it is for the next start in its directory."""
        await self._control.close()
        if self._late is not None:
            self._late.cancel()
            await asyncio.gather(self._late, return_exceptions=True)
        await self._sender.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        self.world.close()

    def _is_quiet(self) -> bool:
        """Whether no phone is about to do something at this moment of the clock."""
        late = self.next_late
        return not self.crowd.is_busy and (late is None or late > self.world.clock.now())

    async def _send_late(self) -> None:
        """Let through what a bad link has held up long enough."""
        while True:
            self.send_late()
            await asyncio.sleep(LATE_LOOK_SECONDS)

    def phone(self, who: str) -> PhoneInHand:
        """The phone of somebody of the cast, by key or staff number; made when there is none."""
        keys = {person.get("key") for person in self.cast.people}
        person = self.cast.by_key(who) if who in keys else self.cast.person(who)
        return PhoneInHand(self.world, phone_for(self.world, person))

    def stranger(
        self, name: str, phone_number: str = "+85500000000", language: str = "en"
    ) -> PhoneInHand:
        """A new phone of somebody whom no roster knows."""
        return PhoneInHand(self.world, stranger(self.world, name, phone_number, language))


async def run_sandbox(
    directory: Path,
    port: int,
    token: str,
    cast_file: Path,
    child_command: list[str] | None,
    *,
    child_env: Mapping[str, str],
    next_due: NextDue | None = None,
    settled: Settled | None = None,
    limits: SendLimits | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT, with Rollcall as a child; then end both.

    Everything is kept in `directory`; the clock's offset in `rollcall.db` there. Refuses,
    with a sentence for the terminal, a port that is taken. `limits` are off unless given.
    """
    clock = ClockControl(
        directory / "rollcall.db",
        next_due or nothing_due,
        settled or always_settled,
        zone=child_env.get("ROLLCALL_TIMEZONE", "UTC"),
    )
    child = None
    if child_command is not None:
        directory.mkdir(parents=True, exist_ok=True)
        child = RollcallChild(child_command, child_env, directory / "rollcall.log")
    server = SandboxServer(
        directory,
        token=token,
        port=port,
        cast=Cast.read(cast_file),
        clock=clock,
        child=child,
        limits=limits,
    )
    await _serve(server, child)


async def _serve(server: SandboxServer, child: RollcallChild | None) -> None:
    ended = _end_signal()
    try:
        await server.start()
    except OSError as error:
        words = f"Port {server.port} cannot be used ({error.strerror}); choose another."
        raise SystemExit(words) from error
    try:
        if child is not None:
            await child.start()
        await ended.wait()
    finally:
        if child is not None:
            await child.stop()
        await server.stop()


def _end_signal() -> asyncio.Event:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    return ended
