"""The processes of Rollcall, joined together: `run` is all in one, by polling; `serve` answers by
webhook, as often as needed; `courier` delivers and ticks, one at a time.

Apart from `app`, because the operator's commands need none of it and start faster without.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from typing import Any

from bot.app import keep_worker
from bot.clock import Clock
from bot.committer import Committer
from bot.config import Settings
from bot.db import Database
from bot.delivery.budget import Budget
from bot.delivery.courier import Courier
from bot.delivery.failures import Failure
from bot.delivery.shared_budget import BudgetShare
from bot.delivery.telegram import Deliverer
from bot.errors import Refusal
from bot.i18n import _
from bot.people import invites
from bot.scheduler.runner import Scheduler
from bot.vitals import Part, Vitals
from handlers.edge import web
from handlers.edge.desk import FrontDesk
from handlers.edge.middleware import Desk
from handlers.edge.poll import Poller
from handlers.edge.profile import introduce
from handlers.edge.replier import Replier
from handlers.edge.session import CallFailed, LeanSession
from handlers.edge.web import Listener, RouteDef
from handlers.edge.webhook import MOST_BYTES, Webhook

log = logging.getLogger(__name__)

TICK_SECONDS = 15.0
SANDBOX_TICK_SECONDS = 1.0
DRAIN_SECONDS = 20.0


class Office:
    """What every process has: the database's thread, a way to the server, its budget, vitals."""

    def __init__(self, settings: Settings, database: Database, clock: Clock, part: Part) -> None:
        self.settings = settings
        self.database = database
        self.clock = clock
        self.vitals = Vitals(part)
        self.committer = Committer(database, clock, settings)
        self.budget = Budget(settings.send_rate)
        self.session = LeanSession(
            settings.token.get_secret_value(), settings.api_url, self.vitals
        )
        self.bot_id = 0
        self.vitals.paused_for = lambda: self.budget.paused_for

    async def identify(self) -> None:
        """Learn from the server who the token says we are; waits for one that does not answer.

        Refuses a token that the server does not know.
        """
        me = await self._me()
        self.bot_id = int(str(me["id"]))
        name = str(me["username"])
        await self.committer.hop(lambda ctx: invites.remember_bot_name(ctx.session, name))

    async def _me(self) -> dict[str, object]:
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

    def front_desk(self) -> tuple[FrontDesk, Desk]:
        """Who deals with updates here, however they come in."""
        desk = Desk(self.bot_id, self.clock, self.settings)
        replier = Replier(self.session, self.budget, self.committer, self.clock)
        return FrontDesk(desk, self.session, self.committer, replier, self.vitals), desk

    def share(self) -> BudgetShare:
        return BudgetShare(self.committer.hop, self.budget, self.bot_id)

    def listener(self, *routes: RouteDef) -> Listener:
        """`routes`, health and figures at the address that the settings name."""
        looked_at = web.looked_at(self.committer.hop, self.vitals)
        return Listener(self.settings.listen, [*routes, *looked_at], MOST_BYTES)

    async def close(self) -> None:
        await self.session.close()
        self.committer.close()


class Duty:
    """What only one process at a time does: deliver, tick, and keep the worker."""

    def __init__(self, office: Office) -> None:
        settings = office.settings
        self._office = office
        self.deliverer = Deliverer(
            settings.token.get_secret_value(), settings.api_url, office.budget, office.vitals
        )
        self.courier = Courier(office.committer.hop, self.deliverer)
        self.lease = self.courier.lease
        self.scheduler = Scheduler(
            office.committer.hop,
            SANDBOX_TICK_SECONDS if settings.sandbox else TICK_SECONDS,
            every_tick=settings.sandbox,
            on_duty=lambda: self.lease.holds,
        )
        office.vitals.holds_lease = lambda: self.lease.holds

    async def start(self) -> None:
        await self.deliverer.start()
        self.scheduler.start()

    def parts(self, stop: asyncio.Event) -> list[Coroutine[Any, Any, None]]:
        """What runs side by side until `stop` is set."""
        return [
            self.lease.run(stop),
            self.courier.run(stop),
            keep_worker(stop, lambda: self.lease.holds),
        ]

    async def end(self) -> None:
        self.scheduler.stop()
        await self.deliverer.stop()
        await self.lease.give_back()


class Rollcall:
    """`rollcall run`: one process that does everything, and fetches its updates itself."""

    def __init__(self, settings: Settings, database: Database, clock: Clock) -> None:
        self.office = Office(settings, database, clock, Part.RUN)
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
        """The poller, ready to run; what was decided before a restart is shown first."""
        await self.office.identify()
        await introduce(self.session, self.committer)
        self.front, desk = self.office.front_desk()
        self.front.after_commit = self.courier.wake.set
        await self.front.show_unshown()
        return Poller(self.session, self.front, self.committer, desk, self.office.vitals)


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
            front, desk = self.office.front_desk()
            webhook = Webhook(
                self.office.settings, front, self.office.committer, desk, self.office.vitals
            )
            listener = self.office.listener(webhook.route())
            await listener.start()
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


PROCESSES: dict[Part, type[Rollcall] | type[Replica] | type[Post]] = {
    Part.RUN: Rollcall,
    Part.SERVE: Replica,
    Part.COURIER: Post,
}


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


async def _listen_if_possible(listener: Listener) -> None:
    """A port that is taken costs figures, not answers."""
    try:
        await listener.start()
    except OSError as error:
        log.warning("health and figures cannot be had at this address: %s", error.strerror)
