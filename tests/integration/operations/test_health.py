"""Health of one process: what makes it unwell, and what is said while the database is away."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.errors import Retry
from bot.models.delivery import OutboxItem, Urgency
from bot.models.system import Heartbeat
from bot.models.work import WorkItem
from bot.operations import health, readings
from bot.scheduler.due import HEARTBEAT
from bot.vitals import Part, Vitals


class Process:
    """One process of Rollcall as health sees it, with a monotonic clock to be moved."""

    def __init__(self, database: Database, clock: FixedClock, settings: Settings) -> None:
        self.database, self.clock, self.settings = database, clock, settings
        self.seconds, self.part = 0.0, Part.RUN
        self.vitals = Vitals(Part.RUN, lambda: self.seconds)

    async def hop(self, work: Callable[[Ctx], Any]) -> Any:
        with self.database.transaction() as session:
            return work(Ctx(session, self.clock, SYSTEM, self.settings))

    def be(self, part: Part) -> None:
        self.vitals = Vitals(part, lambda: self.seconds)

    def put(self, *rows: object) -> None:
        with self.database.transaction() as session:
            session.add_all(rows)

    async def troubles(self) -> tuple[str, ...]:
        return (await health.look(self.hop, self.vitals)).troubles


@pytest.fixture
def process(database: Database, clock: FixedClock, settings: Settings) -> Process:
    process = Process(database, clock, settings)
    process.put(Heartbeat(name=HEARTBEAT, at=clock.now()))
    return process


async def test_health__of_a_process_that_works__200_and_figures(
    process: Process, clock: FixedClock
) -> None:
    at = clock.now()
    process.put(
        OutboxItem(notice="welcome", urgency=Urgency.NOW, due_at=at, made_at=at),
        WorkItem(kind="report", made_at=at),
    )
    clock.advance(seconds=30)
    process.vitals.heard()
    process.seconds = 2.5
    process.vitals.paused_for = lambda: 7.0
    status, body = await health.page(process.hop, process.vitals)
    answer = json.loads(body)
    assert status == 200
    assert answer.pop("database_seconds") >= 0
    assert answer == {
        "ok": True, "part": "run", "heard_ago": 2.5, "paused_for": 7.0, "on_duty": True,
        "waiting": 1, "lag": 30.0, "work_waiting": 1, "work_lag": 30.0, "scheduler_ago": 30.0,
        "troubles": [],
    }  # fmt: skip


async def test_health__long_queue__is_no_illness(process: Process, clock: FixedClock) -> None:
    at = clock.now()
    process.put(OutboxItem(notice="welcome", urgency=Urgency.NOW, due_at=at, made_at=at))
    clock.advance(hours=5)
    process.put(Heartbeat(name="other", at=clock.now()))
    with process.database.transaction() as session:
        session.get_one(Heartbeat, HEARTBEAT).at = clock.now()
    assert await process.troubles() == ()


@pytest.mark.parametrize(("part", "is_well"), [(Part.RUN, False), (Part.SERVE, True)])
async def test_polling__silent_for_two_minutes__a_webhook_may_be(
    process: Process, part: Part, is_well: bool
) -> None:
    process.be(part)
    process.vitals.heard()
    process.seconds = 119
    assert await process.troubles() == ()
    process.seconds = 120
    assert (await process.troubles() == ()) is is_well


async def test_polling__that_never_began__counts_from_the_start(process: Process) -> None:
    assert await process.troubles() == ()
    process.seconds = 121
    assert "Telegram has not answered for 121 seconds." in await process.troubles()


@pytest.mark.parametrize(
    ("part", "on_duty", "is_well"),
    [
        (Part.RUN, True, False),
        (Part.COURIER, True, False),
        (Part.COURIER, False, True),
        (Part.SERVE, True, True),
    ],
)
async def test_scheduler__without_a_round__blames_who_has_the_duty(
    process: Process, clock: FixedClock, part: Part, on_duty: bool, is_well: bool
) -> None:
    process.be(part)
    process.vitals.holds_lease = lambda: on_duty
    clock.advance(seconds=121)
    process.seconds = 110
    assert await process.troubles() == (), "a process that has just begun is not blamed"
    process.seconds = 125
    process.vitals.heard()
    assert (await process.troubles() == ()) is is_well


async def test_database__away__503_and_what_is_known(process: Process) -> None:
    async def away(_work: Callable[[Ctx], Any]) -> Any:
        raise Retry("the database is away")

    status, body = await health.page(away, process.vitals)
    answer = json.loads(body)
    assert (status, answer["ok"], answer["lag"]) == (503, False, None)
    assert answer["troubles"] == ["The database does not answer."]


async def test_database__that_hangs__is_not_waited_for(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hangs(_work: Callable[[Ctx], Any]) -> Any:
        await asyncio.Event().wait()

    monkeypatch.setattr(readings, "DATABASE_SECONDS", 0.01)
    found = await health.look(hangs, process.vitals)
    assert found.troubles == ("The database does not answer.",)
    assert found.database_seconds is None
