"""Troubles over HTTP: planned by routes, felt by a bot that only speaks HTTP."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from bot.clock import FixedClock
from bot.sandbox.clock_control import ClockControl
from bot.sandbox.faults import BadLink, Fault
from bot.sandbox.phone import PhoneInHand
from bot.sandbox.phone_client import SandboxClient, SandboxRefusedError
from bot.sandbox.server import TOKEN, SandboxServer
from tests.unit.sandbox.conftest import START
from tests.unit.sandbox.people import CAST

Answer = tuple[int, dict[str, Any]]


@pytest_asyncio.fixture
async def server(tmp_path: Path) -> AsyncIterator[SandboxServer]:
    async with SandboxServer(tmp_path, cast=CAST, clock=FixedClock(START)) as sandbox:
        yield sandbox


@pytest_asyncio.fixture
async def client(server: SandboxServer) -> AsyncIterator[SandboxClient]:
    async with SandboxClient(server.url) as client:
        yield client


@pytest.fixture
def thida(server: SandboxServer) -> PhoneInHand:
    phone = server.phone("thida")
    phone.text("/start")
    return phone


async def ask(server: SandboxServer, method: str, **params: Any) -> Answer:
    """A bot's call on a connection of its own."""
    address = f"{server.url}/bot{TOKEN}/{method}"
    async with aiohttp.ClientSession() as session, session.post(address, json=params) as answer:
        return answer.status, await answer.json()


async def say(server: SandboxServer, phone: PhoneInHand, text: str) -> int:
    status, _ = await ask(server, "sendMessage", chat_id=phone.id, text=text)
    return status


# ---------------------------------------------------------- what the bot feels


async def test_connection__cut_before_the_call__has_had_no_effect(
    server: SandboxServer, thida: PhoneInHand
) -> None:
    server.faults.plan(Fault(cut_before=True))
    with pytest.raises(aiohttp.ClientError):
        await say(server, thida, "x")
    assert thida.from_bot == []
    assert await say(server, thida, "x") == 200


async def test_connection__cut_after_the_call__has_had_its_effect(
    server: SandboxServer, thida: PhoneInHand
) -> None:
    server.faults.plan(Fault(cut=True))
    with pytest.raises(aiohttp.ClientError):
        await say(server, thida, "x")
    assert [message["text"] for message in thida.from_bot] == ["x"]


async def test_call__slowed_down__is_done_when_somebody_still_waits(
    server: SandboxServer, thida: PhoneInHand
) -> None:
    server.faults.plan(Fault(slow=0.05))
    assert await say(server, thida, "x") == 200
    assert server.faults.planned() == []


@pytest.mark.parametrize("seconds", [3, 86_400])
async def test_too_many_requests__are_answered_with_the_wait(
    server: SandboxServer, thida: PhoneInHand, seconds: int
) -> None:
    server.faults.plan(Fault(chat=thida.id, code=429, retry_after=seconds))
    status, body = await ask(server, "sendMessage", chat_id=thida.id, text="x")
    assert status == 429
    assert body["parameters"] == {"retry_after": seconds}
    assert body["description"] == f"Too Many Requests: retry after {seconds}"


async def test_webhook__of_another_program__shuts_the_poller_out(server: SandboxServer) -> None:
    await ask(server, "setWebhook", url="https://elsewhere.example/hook")
    status, body = await ask(server, "getUpdates")
    assert status == 409
    assert "while webhook is active" in body["description"]
    assert server.refusals == []


# ---------------------------------------------------------- the routes


async def test_fault__planned_over_http__strikes_its_phone_and_is_listed_until_then(
    server: SandboxServer, client: SandboxClient, thida: PhoneInHand
) -> None:
    planned = await client.plan_fault("call", method="sendMessage", phone=thida.id, code=503)
    (listed,) = await client.faults()
    assert listed == planned
    assert (listed["trouble"], listed["phone"], listed["times"]) == ("call", thida.id, 1)
    other = server.phone("chan")
    other.text("/start")
    assert [await say(server, who, "x") for who in (other, thida, thida)] == [200, 503, 200]
    assert await client.faults() == []


async def test_link__planned_over_http__lasts_until_it_is_cleared(
    server: SandboxServer, client: SandboxClient
) -> None:
    link = await client.plan_fault("link", messages_late=3600, seed=4)
    await client.plan_fault("update", copies=1, seconds=60)
    assert len(await client.faults()) == 2
    await client.clear_faults(link["number"])
    assert [fault["trouble"] for fault in await client.faults()] == ["update"]
    await client.clear_faults()
    assert await client.faults() == []


async def test_late_text__when_the_clock_gets_there__arrives_by_itself(
    server: SandboxServer, client: SandboxClient
) -> None:
    clock = server.world.clock
    assert isinstance(clock, FixedClock)
    await client.plan_fault("link", messages_late=3600)
    thida = await client.phone("KH-1001")
    await thida.text("late")
    assert (await thida.look()).messages[-1]["pending"]
    clock.advance(hours=1)
    await server.phone("thida").wait_for(lambda phone: not phone.messages[-1]["pending"])


async def test_late_texts__while_time_is_played__arrive_each_at_its_own_time(
    tmp_path: Path,
) -> None:
    async with SandboxServer(
        tmp_path, cast=CAST, clock=ClockControl(None), journals=True
    ) as server:
        clock = server.world.clock
        assert isinstance(clock, ClockControl)
        server.faults.plan(BadLink(messages_late=20 * 3600, seed=2))
        for name in ("thida", "chan"):
            server.phone(name).text("late")
        await clock.play(clock.now() + dt.timedelta(days=1))
        for name in ("thida", "chan"):
            written, sent = server.phone(name).journal("written", "sent")
            assert 0 <= sent.at.timestamp() - written.body["due"] < 60
        dates = {server.phone(name).messages[0]["date"] for name in ("thida", "chan")}
        assert len(dates) == 2


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"trouble": "weather"}, "call, update, link"),
        ({"trouble": "call", "wait": 3}, "has no wait"),
        ({"trouble": "call", "times": "twice"}, "times makes no sense"),
        ({"trouble": "call", "times": True}, "times makes no sense"),
        ({"trouble": "call", "code": 200}, "code is out of range"),
        ({"trouble": "link", "presses_lost": 1.5}, "presses_lost is out of range"),
        ({"trouble": "update", "late": -1}, "late is out of range"),
        ({"trouble": "update", "late": float("nan")}, "late is out of range"),
    ],
)
async def test_fault__that_makes_no_sense__is_refused(
    client: SandboxClient, body: dict[str, Any], words: str
) -> None:
    with pytest.raises(SandboxRefusedError, match=words):
        await client.ask("POST", "/api/faults", json=body)
    assert await client.faults() == []


async def test_forged_press__over_http__carries_what_no_button_holds(
    server: SandboxServer, client: SandboxClient
) -> None:
    thida = await client.phone("KH-1001")
    await thida.forge(999, "x:1")
    (update,) = await server.world.updates.fetch(0, 100, 0, None)
    assert update["callback_query"]["data"] == "x:1"
    assert update["callback_query"]["message"]["date"] == 0


async def test_limits__set_over_http__shut_out_who_does_not_listen(
    server: SandboxServer,
    client: SandboxClient,
    thida: PhoneInHand,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.sandbox.limits.monotonic", lambda: 100.0)
    other = server.phone("chan")
    other.text("/start")
    await client.ask("POST", "/api/limits", json={"per_chat": 1, "adaptive": True})
    waits = []
    for who in (thida, thida, thida, other, other):
        _, body = await ask(server, "sendMessage", chat_id=who.id, text="x")
        waits.append(body.get("parameters", {}).get("retry_after", 0))
    assert waits == [0, 1, 2, 4, 8]
    await client.ask("POST", "/api/limits", json={})
    assert await say(server, thida, "x") == 200
    with pytest.raises(SandboxRefusedError, match="messages a second"):
        await client.ask("POST", "/api/limits", json={"overall": 0})
