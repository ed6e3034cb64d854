"""Whether this process does what it is there for; the answer of GET /healthz.

A long queue is shown and is no illness: nobody would be helped by a restart.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from bot.clock import monotonic
from bot.context import Ctx, Hop
from bot.errors import Retry
from bot.operations import readings
from bot.scheduler import watched
from bot.scheduler.due import HEARTBEAT
from bot.vitals import Part, Vitals

if TYPE_CHECKING:
    from bot.operations.patient import Patient

POLL_SECONDS = 120.0
ROUND_SECONDS = 120.0
NO_ROUND = "The scheduler has not finished a round for two minutes."


@dataclass(frozen=True, slots=True)
class Health:
    """One look at one process; all times are in seconds, None where nothing is known.

    `heard_ago` is since the last poll or webhook call, `scheduler_ago` since the last round
    of whichever process has that duty; `waiting` and `lag` are of the outbox.
    """

    part: str
    heard_ago: float | None
    paused_for: float
    on_duty: bool
    database_seconds: float | None = None
    waiting: int | None = None
    lag: float | None = None
    work_waiting: int | None = None
    work_lag: float | None = None
    scheduler_ago: float | None = None
    troubles: tuple[str, ...] = ()

    @property
    def is_well(self) -> bool:
        return not self.troubles


async def look(hop: Hop, vitals: Vitals) -> Health:
    """Ask the database, five seconds at most, and judge.

    `hop` runs a function of a system context in one transaction, and raises Retry.
    """
    health = Health(vitals.part, vitals.heard_ago, vitals.paused_for(), vitals.holds_lease())
    began = monotonic()
    try:
        health = await asyncio.wait_for(
            hop(lambda ctx: _with_queues(health, ctx)), readings.DATABASE_SECONDS
        )
    except (Retry, TimeoutError):
        return replace(health, troubles=(*_of_polling(vitals), "The database does not answer."))
    seconds = monotonic() - began
    troubles = (*_of_polling(vitals), *_of_rounds(health, vitals))
    return replace(health, database_seconds=seconds, troubles=troubles)


async def page(hop: Hop, vitals: Vitals) -> tuple[int, str]:
    """HTTP status, 200 or 503, and the JSON of /healthz."""
    health = await look(hop, vitals)
    answer = {"ok": health.is_well, **asdict(health)}
    rounded = {
        name: round(value, 3) if isinstance(value, float) else value
        for name, value in answer.items()
    }
    return 200 if health.is_well else 503, json.dumps(rounded)


def by_heartbeat(patient: Patient) -> tuple[str, ...]:
    """Troubles of the installation where no process of this machine can be asked.

    Raises Unavailable where the database cannot be read either.
    """
    with patient.reading() as session:
        seen = readings.heartbeats(session, patient.now()).get(HEARTBEAT)
    return () if seen is not None and seen < ROUND_SECONDS else (NO_ROUND,)


def _with_queues(health: Health, ctx: Ctx) -> Health:
    due = watched.due(ctx.session, ctx.now())
    work = watched.work(ctx.session, ctx.now())
    return replace(
        health,
        waiting=due.waiting,
        lag=due.lag,
        work_waiting=work.waiting,
        work_lag=work.lag,
        scheduler_ago=readings.heartbeats(ctx.session, ctx.now()).get(HEARTBEAT),
    )


def _of_polling(vitals: Vitals) -> tuple[str, ...]:
    """A webhook may be silent for a night; a poll may not."""
    silent = vitals.age if vitals.heard_ago is None else vitals.heard_ago
    if vitals.part is not Part.RUN or silent < POLL_SECONDS:
        return ()
    return (f"Telegram has not answered for {silent:.0f} seconds.",)


def _of_rounds(health: Health, vitals: Vitals) -> tuple[str, ...]:
    """Only whoever has the duty can be blamed for it, and not in its first minutes."""
    if vitals.part is Part.SERVE or not health.on_duty or vitals.age < ROUND_SECONDS:
        return ()
    if health.scheduler_ago is not None and health.scheduler_ago < ROUND_SECONDS:
        return ()
    return (NO_ROUND,)
