"""The queue of updates: confirmed by offset, waited for, filtered, too old."""

from __future__ import annotations

import asyncio

import pytest

from bot.clock import FixedClock
from bot.sandbox.errors import ApiError
from bot.sandbox.phone import PhoneInHand
from bot.sandbox.updates import UpdateQueue
from bot.sandbox.world import World


@pytest.fixture
def queue(world: World) -> UpdateQueue:
    return world.updates


async def ids(queue: UpdateQueue, offset: int = 0, limit: int = 100) -> list[int]:
    return [update["update_id"] for update in await queue.fetch(offset, limit, 0, None)]


async def test_update__not_confirmed__comes_again(queue: UpdateQueue) -> None:
    queue.add("message", {})
    assert await ids(queue) == await ids(queue) != []


async def test_updates__below_the_offset__are_gone(queue: UpdateQueue) -> None:
    for _ in range(3):
        queue.add("message", {})
    first, second, third = await ids(queue)
    assert (second, third) == (first + 1, first + 2)
    assert await ids(queue, offset=third) == [third]
    assert await ids(queue) == [third]


async def test_updates__with_a_negative_offset__keep_only_the_newest(queue: UpdateQueue) -> None:
    for _ in range(3):
        queue.add("message", {})
    newest = (await ids(queue))[-1]
    assert await ids(queue, offset=-1) == [newest]
    assert await ids(queue) == [newest]


async def test_updates__more_than_the_limit__come_in_parts(queue: UpdateQueue) -> None:
    for _ in range(3):
        queue.add("message", {})
    assert len(await ids(queue, limit=2)) == 2


async def test_poll__while_nothing_happens__waits_for_the_next_update(queue: UpdateQueue) -> None:
    poll = asyncio.create_task(queue.fetch(0, 100, 30, None))
    await asyncio.sleep(0)
    queue.add("message", {"text": "x"})
    assert [update["message"] for update in await poll] == [{"text": "x"}]


async def test_poll__a_second_one__ends_the_first_with_409(queue: UpdateQueue) -> None:
    first = asyncio.create_task(queue.fetch(0, 100, 30, None))
    await asyncio.sleep(0)
    assert await queue.fetch(0, 100, 0, None) == []
    with pytest.raises(ApiError) as caught:
        await first
    assert caught.value.code == 409
    assert "terminated by other getUpdates request" in caught.value.description


@pytest.mark.parametrize(("kind", "seconds"), [("callback_query", 150), ("message", 24 * 3600)])
async def test_update__older_than_its_lifetime__is_gone(
    queue: UpdateQueue, clock: FixedClock, kind: str, seconds: int
) -> None:
    queue.add(kind, {})
    clock.advance(seconds=seconds - 1)
    assert len(await ids(queue)) == 1
    clock.advance(seconds=1)
    assert await ids(queue) == []


async def test_allowed_updates__once_given__are_remembered_and_bind_later_updates(
    queue: UpdateQueue,
) -> None:
    queue.add("message", {})
    await queue.fetch(0, 100, 0, ["callback_query"])
    queue.add("message", {})
    queue.add("callback_query", {})
    found = await queue.fetch(0, 100, 0, None)
    assert [next(iter(set(update) - {"update_id"})) for update in found] == [
        "message",
        "callback_query",
    ]


async def test_allowed_updates__an_empty_list__means_the_default(queue: UpdateQueue) -> None:
    await queue.fetch(0, 100, 0, ["message"])
    await queue.fetch(0, 100, 0, [])
    queue.add("my_chat_member", {})
    queue.add("chat_member", {})
    assert len(await ids(queue)) == 1


async def test_queue__after_a_restart__goes_on_with_the_same_numbers(
    world: World, clock: FixedClock, started: PhoneInHand
) -> None:
    before = await ids(world.updates)
    again = UpdateQueue(world.store, clock)
    again.add("message", {})
    assert await ids(again) == [before[0], before[0] + 1]
