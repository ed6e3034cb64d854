"""Telegram wants nothing for an hour: what people do is stored all the same, and shown later."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import func, select

from bot.models.inbound import SeenUpdate
from bot.sandbox.faults import Fault
from handlers.edge import desk
from tests.conversations.actor import Actor
from tests.conversations.stage import Stage

HOUR, LONG = 3600, 7


def dealt_with(stage: Stage) -> int:
    with stage.database.transaction(readonly=True) as session:
        return int(session.execute(select(func.count()).select_from(SeenUpdate)).scalar_one())


async def until_dealt_with(stage: Stage, count: int) -> None:
    async with asyncio.timeout(20):
        while dealt_with(stage) < count:
            await asyncio.sleep(0.02)


async def in_a_pause(stage: Stage, seconds: int) -> list[Actor]:
    """Two people who go on, after a reply to one of them was told to wait so long."""
    people = [await stage.join(who) for who in ("dara", "rith")]
    fault = Fault(method="sendMessage", chat=people[0].phone.id, code=429, retry_after=seconds)
    stage.server.faults.plan(fault)
    done = dealt_with(stage)
    for actor in (people[0], *people):
        actor.phone.text("/menu")
        done += 1
        await until_dealt_with(stage, done)
    return people


async def test_pause_of_an_hour__what_people_do_meanwhile__is_stored_and_the_end_waits_for_nothing(
    stage: Stage,
) -> None:
    await in_a_pause(stage, HOUR)
    await asyncio.wait_for(stage.stop_fetching(), 20)


async def test_pause_over__what_was_not_shown__is_shown_by_the_sweep(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = await in_a_pause(stage, LONG)
    shown = [len(actor.phone.from_bot) for actor in people]
    monkeypatch.setattr(desk, "SWEEP_SECONDS", 0.05)
    stop = asyncio.Event()
    sweep = asyncio.ensure_future(stage.rollcall.front.keep_showing(stop))
    stage.clock.advance(hours=1)
    await asyncio.sleep(0.3)
    assert [len(actor.phone.from_bot) for actor in people] == shown
    async with asyncio.timeout(20):
        while any(len(a.phone.from_bot) == n for a, n in zip(people, shown, strict=True)):
            await asyncio.sleep(0.02)
    stop.set()
    await sweep
