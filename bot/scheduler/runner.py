"""APScheduler, which only ticks: the jobs whose turn it is run, each in its own commit."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from contextlib import suppress

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import monotonic
from bot.context import Ctx, Hop
from bot.delivery import alarms
from bot.errors import Retry
from bot.scheduler.due import HEARTBEAT, beat
from bot.scheduler.registry import JOBS, Job

log = logging.getLogger(__name__)

LONG_SECONDS = 60.0
MOST_STEPS = 20
"""Of one job in one round, before the next job has its turn."""


class Scheduler:
    """`every_tick` runs all jobs at each tick, as the sandbox's movable clock needs.

    A tick while `on_duty` says no is left to the process that is.
    """

    def __init__(
        self,
        hop: Hop,
        tick_seconds: float,
        *,
        every_tick: bool,
        on_duty: Callable[[], bool],
    ) -> None:
        self._hop = hop
        self._on_duty = on_duty
        self._every_tick = every_tick
        self._ran_at: dict[str, float] = {}
        self._down_since: float | None = None
        self._ticker = AsyncIOScheduler(timezone="UTC")
        self._ticker.add_job(
            self.tick,
            "interval",
            seconds=tick_seconds,
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )

    def start(self) -> None:
        self._ticker.start()

    def stop(self) -> None:
        self._ticker.shutdown(wait=False)

    async def tick(self) -> None:
        """Run what is due; a job that fails is logged and tried again at its next turn."""
        if not self._on_duty():
            return
        try:
            began = await self._hop(self._began)
        except Retry as trouble:
            log.warning("scheduler: %s", trouble)
            self._down_since = self._down_since or monotonic()
            return
        for job in JOBS.values():
            if self._is_due(job):
                await self._run(job)
        with suppress(Retry):
            await self._hop(lambda ctx: beat(ctx.session, HEARTBEAT, began))

    def _began(self, ctx: Ctx) -> dt.datetime:
        """The time of this round; a database that was away for long is told of now."""
        down_since, self._down_since = self._down_since, None
        if down_since is not None and monotonic() - down_since > LONG_SECONDS:
            alarms.database_was_down(ctx, monotonic() - down_since)
        return ctx.now()

    def _is_due(self, job: Job) -> bool:
        last = self._ran_at.get(job.name)
        return self._every_tick or last is None or monotonic() - last >= job.every_seconds

    async def _run(self, job: Job) -> None:
        self._ran_at[job.name] = monotonic()
        try:
            for _step in range(MOST_STEPS):
                if not await self._hop(job.run):
                    break
        except Retry as trouble:
            log.warning("job %s: %s", job.name, trouble)
        except Exception:
            log.exception("job %s failed", job.name)
            with suppress(Retry):
                await self._hop(lambda ctx: alarms.part_failed(ctx, f"job {job.name}"))
