"""What the processes of Rollcall are joined together from: the office that each has, and the duty
that one at a time does.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
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
from handlers.edge.replier import Replier
from handlers.edge.session import CallFailed, LeanSession
from handlers.edge.web import Listener, RouteDef
from handlers.edge.webhook import MOST_BYTES

log = logging.getLogger(__name__)

TICK_SECONDS = 5.0
SANDBOX_TICK_SECONDS = 1.0


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

    def front_desk(self) -> FrontDesk:
        """Who deals with updates here, however they come in."""
        desk = Desk(self.bot_id, self.clock, self.settings)
        replier = Replier(self.session, self.budget, self.committer, self.clock)
        return FrontDesk(desk, self.session, self.committer, replier, self.vitals)

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
        self.courier = Courier(office.committer.hop_aside, self.deliverer)
        self.lease = self.courier.lease
        self.scheduler = Scheduler(
            office.committer.hop_aside,
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
