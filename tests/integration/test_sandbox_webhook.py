"""The sandbox brings updates to a webhook as Telegram does."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.clock import FixedClock
from bot.sandbox.faults import UpdateFault
from bot.sandbox.records import PendingUpdate
from bot.sandbox.server import SandboxServer
from bot.sandbox.webhook import longest_pause
from tests.integration.receiver import Judge, Receiver, words_of
from tests.unit.sandbox.calls import call
from tests.unit.sandbox.conftest import START
from tests.unit.sandbox.people import CAST

SECOND = 0.02


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[SandboxServer]:
    async with SandboxServer(
        tmp_path, cast=CAST, clock=FixedClock(START), webhook_second=SECOND
    ) as server:
        yield server


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with Receiver() as receiver:
        yield receiver


def hook(server: SandboxServer, receiver: Receiver, **more: Any) -> None:
    call(server.world, "setWebhook", url=receiver.url, **more)


def info(server: SandboxServer) -> dict[str, Any]:
    found: dict[str, Any] = call(server.world, "getWebhookInfo")
    return found


def failing(times: int, answer: Callable[[], web.Response]) -> Judge:
    return lambda update, visit: answer() if visit <= times else None


async def test_update__brought__carries_the_secret_and_is_confirmed_by_200(
    server: SandboxServer, receiver: Receiver
) -> None:
    hook(server, receiver, secret_token="a-secret_1")
    server.phone("thida").text("សួស្តី")
    await receiver.wait_until(lambda r: r.texts == ["សួស្តី"])
    headers = receiver.headers[0]
    assert headers["X-Telegram-Bot-Api-Secret-Token"] == "a-secret_1"
    assert headers["Content-Type"] == "application/json"
    server.phone("thida").text("next")
    await receiver.wait_until(lambda r: len(r.taken) == 2)
    assert len(receiver.visits) == 2
    first, second = (update["update_id"] for update in receiver.taken)
    assert second == first + 1


async def test_update__without_a_secret__carries_no_such_header(
    server: SandboxServer, receiver: Receiver
) -> None:
    server.phone("thida").text("written before there was a webhook")
    hook(server, receiver)
    await receiver.wait_until(lambda r: len(r.taken) == 1)
    assert "X-Telegram-Bot-Api-Secret-Token" not in receiver.headers[0]


async def test_update__refused_five_times__comes_again_at_once_then_later_and_later(
    server: SandboxServer, receiver: Receiver
) -> None:
    receiver.judge = failing(5, lambda: web.Response(status=503))
    hook(server, receiver)
    server.phone("thida").text("x")
    await receiver.wait_until(lambda r: len(r.taken) == 1)
    pauses = receiver.pauses(receiver.taken[0]["update_id"])
    assert len(pauses) == 5
    for pause, seconds in zip(pauses[1:], (2, 4, 8, 16), strict=True):
        assert pause >= seconds * SECOND
    assert info(server)["last_error_message"] == (
        "Wrong response from the webhook: 503 Service Unavailable"
    )
    assert info(server)["last_error_date"] == int(START.timestamp())


async def test_answer__with_retry_after__is_obeyed(
    server: SandboxServer, receiver: Receiver
) -> None:
    receiver.judge = failing(2, lambda: web.Response(status=503, headers={"Retry-After": "10"}))
    hook(server, receiver)
    server.phone("thida").text("x")
    await receiver.wait_until(lambda r: len(r.taken) == 1)
    assert all(pause >= 10 * SECOND for pause in receiver.pauses(receiver.visits[0][1]))


async def test_retry_after__beyond_an_hour__is_an_hour(tmp_path: Path, receiver: Receiver) -> None:
    wait = {"Retry-After": "999999999"}
    receiver.judge = failing(1, lambda: web.Response(status=503, headers=wait))
    async with SandboxServer(tmp_path, cast=CAST, webhook_second=0.00001) as server:
        hook(server, receiver)
        server.phone("thida").text("x")
        await receiver.wait_until(lambda r: r.texts == ["x"])


def test_pause__after_many_failures__is_one_to_two_minutes_by_chance_of_the_update() -> None:
    pauses = {
        longest_pause(PendingUpdate(number, "message", {}, 0.0), failures)
        for number in range(20)
        for failures in range(20)
    }
    assert len(pauses) == 400
    assert 60 <= min(pauses) < 70
    assert 110 < max(pauses) <= 120


async def test_redirect__answered__is_not_followed(
    server: SandboxServer, receiver: Receiver
) -> None:
    elsewhere = {"Location": receiver.url}
    receiver.judge = failing(1, lambda: web.Response(status=307, headers=elsewhere))
    hook(server, receiver)
    server.phone("thida").text("x")
    await receiver.wait_until(lambda r: len(r.taken) == 1)
    assert len(receiver.visits) == 2
    assert "307" in info(server)["last_error_message"]


async def test_order__of_one_chat__is_kept_under_repeats(
    server: SandboxServer, receiver: Receiver
) -> None:
    receiver.judge = lambda update, visit: (
        web.Response(status=500) if visit <= int(words_of(update)) % 3 else None
    )
    hook(server, receiver)
    for number in range(9):
        server.phone("thida").text(str(number))
    await receiver.wait_until(lambda r: len(r.taken) == 9)
    assert receiver.texts == [str(number) for number in range(9)]


async def test_chat__that_fails__holds_up_no_other_chat_and_no_press(
    server: SandboxServer, receiver: Receiver
) -> None:
    thida, chan = server.phone("thida"), server.phone("chan")
    thida.text("stuck")
    receiver.judge = lambda update, visit: (
        web.Response(status=500) if words_of(update) == "stuck" else None
    )
    hook(server, receiver, max_connections=1)
    chan.text("free")
    thida.forge(1, "pressed")
    await receiver.wait_until(lambda r: sorted(r.texts) == ["free", "pressed"])
    thida.text("waits behind")
    chan.text("free again")
    await receiver.wait_until(lambda r: "free again" in r.texts)
    assert "waits behind" not in receiver.texts


async def test_connections__at_once__are_at_most_as_many_as_set(
    server: SandboxServer, receiver: Receiver
) -> None:
    receiver.close_gate()
    hook(server, receiver, max_connections=3)
    for number in range(8):
        server.stranger(f"Somebody {number}").text("x")
    await receiver.wait_until(lambda r: len(r.visits) == 3)
    receiver.open_gate()
    await receiver.wait_until(lambda r: len(r.taken) == 8)
    assert receiver.busiest == 3


async def test_answer__that_never_comes__is_a_failure(tmp_path: Path, receiver: Receiver) -> None:
    async with SandboxServer(
        tmp_path, cast=CAST, webhook_second=SECOND, webhook_read_seconds=0.2
    ) as server:
        receiver.close_gate()
        hook(server, receiver)
        server.phone("thida").text("x")
        await receiver.wait_until(lambda r: len(r.visits) == 2)
        assert info(server)["last_error_message"] == "Read timeout expired"
        receiver.open_gate()
        await receiver.wait_until(lambda r: len(r.visits) >= 2 and r.texts[-1:] == ["x"])


async def test_nobody_listening__is_named_and_tried_again(server: SandboxServer) -> None:
    async with Receiver() as gone:
        url = gone.url
    call(server.world, "setWebhook", url=url)
    server.phone("thida").text("x")
    async with aiohttp.ClientSession() as session:
        while "last_error_message" not in info(server):
            async with session.get(f"{server.url}/api/state") as answer:
                await answer.read()
    assert info(server)["pending_update_count"] == 1


async def test_press__older_than_150_seconds__is_not_brought_any_more(
    server: SandboxServer, receiver: Receiver
) -> None:
    clock = server.world.clock
    assert isinstance(clock, FixedClock)
    thida = server.phone("thida")
    thida.text("kept for a day")
    thida.forge(1, "pressed")
    clock.advance(seconds=150)
    hook(server, receiver)
    await receiver.wait_until(lambda r: len(r.taken) == 1)
    thida.text("after it")
    await receiver.wait_until(lambda r: len(r.taken) == 2)
    assert receiver.texts == ["kept for a day", "after it"]


async def test_webhook__deleted_while_it_fails__leaves_the_updates_to_a_poll(
    server: SandboxServer, receiver: Receiver
) -> None:
    receiver.judge = failing(99, lambda: web.Response(status=500))
    hook(server, receiver)
    server.phone("thida").text("x")
    await receiver.wait_until(lambda r: len(r.visits) == 2)
    call(server.world, "deleteWebhook")
    found = await call(server.world, "getUpdates")
    assert [words_of(update) for update in found] == ["x"]


async def test_webhook__set_anew_elsewhere__forgets_the_long_pauses(
    server: SandboxServer, receiver: Receiver
) -> None:
    patience = {"Retry-After": "3600"}
    receiver.judge = failing(1, lambda: web.Response(status=500, headers=patience))
    hook(server, receiver)
    server.phone("thida").text("x")
    await receiver.wait_until(lambda r: len(r.visits) == 1)
    async with Receiver() as other:
        hook(server, other)
        await other.wait_until(lambda r: r.texts == ["x"])


async def test_duplicate__planned__comes_after_the_confirmation(
    server: SandboxServer, receiver: Receiver
) -> None:
    server.faults.plan(UpdateFault(copies=2))
    hook(server, receiver)
    server.phone("thida").text("x")
    server.phone("thida").text("y")
    await receiver.wait_until(lambda r: len(r.taken) == 4)
    assert receiver.texts == ["x", "x", "x", "y"]


async def test_duplicate__planned_as_twice__is_brought_by_two_requests_at_once(
    server: SandboxServer, receiver: Receiver
) -> None:
    server.faults.plan(UpdateFault(twice=True))
    receiver.close_gate()
    hook(server, receiver)
    server.phone("thida").text("x")
    await receiver.wait_until(lambda r: len(r.visits) == 2)
    receiver.open_gate()
    server.phone("thida").text("y")
    await receiver.wait_until(lambda r: r.texts == ["x", "x", "y"])


async def test_update__held_back__is_brought_when_its_time_has_come(
    server: SandboxServer, receiver: Receiver
) -> None:
    clock = server.world.clock
    assert isinstance(clock, FixedClock)
    server.faults.plan(UpdateFault(late=3600, business=True))
    hook(server, receiver)
    server.phone("thida").text("late")
    server.phone("thida").text("behind it")
    server.phone("chan").text("on time")
    await receiver.wait_until(lambda r: r.texts == ["on time"])
    clock.advance(hours=1)
    await receiver.wait_until(lambda r: r.texts == ["on time", "late", "behind it"])


async def test_webhook__after_a_restart_of_the_sandbox__goes_on(
    tmp_path: Path, receiver: Receiver
) -> None:
    receiver.judge = failing(99, lambda: web.Response(status=500))
    async with SandboxServer(tmp_path, cast=CAST, webhook_second=SECOND) as first:
        hook(first, receiver, secret_token="kept")
        first.phone("thida").text("x")
        await receiver.wait_until(lambda r: len(r.visits) == 1)
    receiver.judge = lambda update, visit: None
    async with SandboxServer(tmp_path, cast=CAST, webhook_second=SECOND):
        await receiver.wait_until(lambda r: r.texts == ["x"])
    assert receiver.headers[-1]["X-Telegram-Bot-Api-Secret-Token"] == "kept"
