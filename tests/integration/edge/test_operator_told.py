"""What goes wrong between Rollcall and the server, as the operator's phone shows it."""

from __future__ import annotations

import asyncio

import pytest

from bot.delivery import alarms, lasting
from bot.sandbox.faults import Fault
from tests.conversations.stage import Actor, Stage
from tests.unit.sandbox.calls import call


def was_told(operator: Actor, words: str) -> bool:
    return any(words in message["text"] for message in operator.phone.from_bot)


async def until_told(stage: Stage, operator: Actor, words: str) -> None:
    async with asyncio.timeout(30):
        while not was_told(operator, words):
            await stage.rollcall.courier.deliver_once()
            await asyncio.sleep(0.05)


async def test_webhook__in_the_way_of_polling__told_with_its_remedy_and_when_it_is_gone(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    operator = await stage.join("director")
    monkeypatch.setattr(lasting, "CONFLICT_SECONDS", 0.0)
    await stage.restart()
    call(stage.server.world, "setWebhook", url="http://127.0.0.1:9/telegram")
    await until_told(stage, operator, "rollcall run --take-over")
    call(stage.server.world, "deleteWebhook")
    operator.phone.text("/menu")
    await until_told(stage, operator, "The webhook is gone")


async def test_poller__second_one__told_and_when_it_is_gone(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    operator = await stage.join("director")
    monkeypatch.setattr(lasting, "CONFLICT_SECONDS", 0.0)
    await stage.restart()
    stage.server.faults.plan(Fault(method="getUpdates", code=409))
    await until_told(stage, operator, "A second program fetches")
    operator.phone.text("/menu")
    await until_told(stage, operator, "No second program")


@pytest.mark.parametrize(("seconds", "told"), [(1, False), (2, True)])
async def test_pause__that_the_courier_is_told_to_make__long_ones_reach_the_operator(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, seconds: int, told: bool
) -> None:
    monkeypatch.setattr(alarms, "LONG_PAUSE_SECONDS", 1.0)
    operator, unit, dara = [await stage.join(who) for who in ("director", "unit", "dara")]
    stage.server.faults.plan(
        Fault(method="sendMessage", chat=unit.phone.id, code=429, retry_after=seconds)
    )
    await dara.say("/ask Where is the class held?")
    assert was_told(unit, "Where is the class held?")
    assert was_told(operator, "Telegram let Rollcall send nothing") is told


async def test_message__that_the_server_refuses__is_told_by_its_number(stage: Stage) -> None:
    operator, unit, dara = [await stage.join(who) for who in ("director", "unit", "dara")]
    stage.server.faults.plan(Fault(method="sendMessage", chat=unit.phone.id, code=400))
    await dara.say("/ask Where is the class held?")
    assert was_told(operator, "Telegram refused message")
    assert not was_told(unit, "Where is the class held?")
