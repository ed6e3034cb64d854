"""Troubles between the bot and Telegram: late, doubled and given again; seeds and counts."""

from __future__ import annotations

import asyncio

import pytest

from bot.clock import FixedClock
from bot.sandbox.cast import phone_for
from bot.sandbox.errors import ApiError
from bot.sandbox.faults import Fault, Faults, UpdateFault
from bot.sandbox.phone import PhoneInHand
from bot.sandbox.world import World
from tests.unit.sandbox.calls import call
from tests.unit.sandbox.people import CAST


@pytest.fixture
def chan(world: World) -> PhoneInHand:
    return PhoneInHand(world, phone_for(world, CAST.by_key("chan")))


async def texts(world: World, offset: int = 0) -> list[str]:
    """What a short poll gives; the texts only."""
    return [text for _, text in await batch(world, offset)]


async def batch(world: World, offset: int = 0) -> list[tuple[int, str]]:
    found = await world.updates.fetch(offset, 100, 0, None)
    return [(one["update_id"], one["message"]["text"]) for one in found]


def hits(faults: Faults, chat: int, calls: int) -> list[bool]:
    params: dict[str, object] = {"chat_id": chat}
    return [faults.of_call("sendMessage", params) is not None for _ in range(calls)]


# ---------------------------------------------------------- updates


async def test_update__to_be_repeated__comes_once_more_after_it_was_confirmed(
    world: World, thida: PhoneInHand
) -> None:
    world.faults.plan(UpdateFault(copies=1))
    thida.text("x")
    thida.text("y")
    (first, _), (second, _) = await batch(world)
    assert await batch(world, second + 1) == [(first, "x")]
    assert await batch(world, first + 1) == []
    assert await batch(world, second + 1) == []


async def test_update__to_be_repeated_later__lets_others_pass_meanwhile(
    world: World, thida: PhoneInHand, clock: FixedClock
) -> None:
    world.faults.plan(UpdateFault(copies=1, copy_after=60, business=True))
    thida.text("x")
    ((first, _),) = await batch(world)
    thida.text("y")
    assert await batch(world, first + 1) == [(first + 1, "y")]
    clock.advance(seconds=60)
    assert await batch(world, first + 2) == [(first, "x")]


async def test_update__planned_twice__stands_twice_in_one_batch(
    world: World, thida: PhoneInHand
) -> None:
    world.faults.plan(UpdateFault(twice=True))
    thida.text("x")
    thida.text("y")
    assert await texts(world) == ["x", "x", "y"]
    assert await texts(world) == ["x", "y"]


async def test_update__held_back_and_crowded_out_of_a_batch__is_not_lost(
    world: World, thida: PhoneInHand, chan: PhoneInHand, clock: FixedClock
) -> None:
    world.faults.plan(UpdateFault(phone=thida.id, late=60, business=True))
    thida.text("late")
    chan.text("on time")
    ((number, _),) = await batch(world)
    clock.advance(seconds=60)
    world.faults.plan(UpdateFault(twice=True))
    chan.text("twice")
    for _ in range(2):
        thida.text("more")
    seen: list[str] = []
    while found := await world.updates.fetch(number + 1, 2, 0, None):
        number = max(number, *(one["update_id"] for one in found))
        seen += [one["message"]["text"] for one in found]
    assert seen == ["late", "twice", "more", "more"]


async def test_update__held_back__holds_what_the_same_person_sent_and_nobody_else(
    world: World, thida: PhoneInHand, chan: PhoneInHand, clock: FixedClock
) -> None:
    world.faults.plan(UpdateFault(phone=thida.id, late=3600, business=True))
    thida.text("late")
    thida.text("behind it")
    chan.text("on time")
    ((number, text),) = await batch(world)
    assert text == "on time"
    assert await texts(world, number + 1) == []
    clock.advance(seconds=3600)
    assert await texts(world, number + 1) == ["late", "behind it"]
    assert await texts(world, number + 1) == []


async def test_update__held_back_in_real_time__ends_the_poll_when_its_time_comes(
    world: World, thida: PhoneInHand
) -> None:
    world.faults.plan(UpdateFault(late=0.15))
    thida.text("late")
    assert await texts(world) == []
    found = await world.updates.fetch(0, 100, 30, None)
    assert len(found) == 1


async def test_update__held_back_longer_than_it_lives__is_never_given(
    world: World, thida: PhoneInHand, clock: FixedClock
) -> None:
    world.faults.plan(UpdateFault(late=25 * 3600, business=True))
    thida.text("late")
    clock.advance(hours=24)
    assert world.updates.count() == 0
    clock.advance(hours=2)
    assert await texts(world) == []


async def test_update_fault__for_presses__lets_messages_pass(
    world: World, thida: PhoneInHand
) -> None:
    world.faults.plan(UpdateFault(kind="callback_query", late=3600))
    thida.text("x")
    thida.forge(1, "held")
    assert await texts(world) == ["x"]


# ---------------------------------------------------------- calls


def test_fault__for_seconds__strikes_until_they_are_over() -> None:
    faults = Faults()
    faults.plan(Fault(code=500, seconds=60))
    assert all(hits(faults, 1, 50))
    faults.plan(Fault(code=500, seconds=0))
    faults.clear(1)
    assert not any(hits(faults, 1, 5))
    assert faults.planned() == []


def test_fault__with_a_share__hits_each_chat_by_its_own_dice() -> None:
    faults, again = Faults(), Faults()
    for one in (faults, again):
        one.plan(Fault(code=503, seconds=60, share=0.4, seed=7))
    alone = hits(faults, 1, 200)
    assert 50 < sum(alone) < 110
    mixed = [hits(again, 2, 1) and hits(again, 1, 1) for _ in range(200)]
    assert [hit for (hit,) in mixed] == alone
    other = Faults()
    other.plan(Fault(code=503, seconds=60, share=0.4, seed=8))
    assert hits(other, 1, 200) != alone


def test_fault__for_a_method_and_a_chat__leaves_others_alone_and_is_used_up() -> None:
    faults = Faults()
    faults.plan(Fault(method="sendMessage", chat=1, times=2, code=500))
    assert hits(faults, 2, 1) == [False]
    assert faults.of_call("editMessageText", {"chat_id": 1}) is None
    assert hits(faults, 1, 3) == [True, True, False]


async def test_second_poller__planned__ends_the_waiting_poll_and_the_next(world: World) -> None:
    poll = asyncio.ensure_future(call(world, "getUpdates", timeout=30))
    await asyncio.sleep(0)
    world.faults.plan(Fault(method="getUpdates", code=409, times=2))
    with pytest.raises(ApiError, match="terminated by other getUpdates request"):
        await poll
    fault = world.faults.of_call("getUpdates", {})
    assert fault is not None
    with pytest.raises(ApiError, match="terminated by other getUpdates request"):
        fault.refuse("getUpdates")
    assert world.faults.of_call("getUpdates", {}) is None
