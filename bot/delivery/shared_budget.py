"""One budget across processes: a row that each tells what it sent, in slices of half a second,
and reads what the others did. A pause that one of them was told to make holds for all.
"""

from __future__ import annotations

import asyncio
import logging

from sqlalchemy import select

from bot.clock import rest
from bot.context import Ctx, Hop
from bot.db import insert_missing
from bot.delivery.budget import Budget
from bot.delivery.lease import database_now
from bot.errors import Retry
from bot.models.system import SendBudget

log = logging.getLogger(__name__)

SLICE_SECONDS = 0.5
SHORTEST_PAUSE = 0.05
_NEW = {"taken": 0, "paused_until": 0.0}


class BudgetShare:
    """This process's share of the bot's budget; `bot_id` names the row."""

    def __init__(self, hop: Hop, budget: Budget, bot_id: int) -> None:
        self._hop = hop
        self._budget = budget
        self._bot_id = bot_id
        self._told = budget.taken
        self._known: int | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Tell and read every half second until `stop` is set."""
        while not stop.is_set():
            await rest(stop, SLICE_SECONDS)
            try:
                await self.settle()
            except Retry as trouble:
                log.warning("budget: %s", trouble)

    async def settle(self) -> None:
        """Tell what was taken here since the last time, and take over what the others told."""
        mine = self._budget.taken - self._told
        pause = self._budget.paused_for
        taken, paused_for = await self._hop(lambda ctx: _exchange(ctx, self._bot_id, mine, pause))
        self._told += mine
        if self._known is not None:
            self._budget.others_took(taken - self._known - mine)
        self._known = taken
        if paused_for > self._budget.paused_for + SHORTEST_PAUSE:
            self._budget.pause(paused_for)


def _exchange(ctx: Ctx, bot_id: int, mine: int, pause: float) -> tuple[int, float]:
    """What all have taken, and seconds of pause left; written only where there is news."""
    now = database_now(ctx.session)
    row = ctx.session.execute(
        select(SendBudget.taken, SendBudget.paused_until).where(SendBudget.bot_id == bot_id)
    ).first()
    longer = pause > SHORTEST_PAUSE and (row is None or now + pause > row.paused_until + 1)
    if row is not None and not mine and not longer:
        return row.taken, row.paused_until - now
    insert_missing(ctx.session, SendBudget, [{"bot_id": bot_id, **_NEW}])
    held = ctx.session.get_one(SendBudget, bot_id, with_for_update=True)
    held.taken += mine
    if longer:
        held.paused_until = max(held.paused_until, now + pause)
    return held.taken, held.paused_until - now
