"""The page's protocol, spoken by the client that tests of other processes use."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import unquote

import aiohttp
import pytest
import pytest_asyncio

from bot.sandbox.clock_control import ClockControl
from bot.sandbox.phone_client import RemotePhone, SandboxClient, SandboxRefusedError
from bot.sandbox.server import SandboxServer
from tests.unit.sandbox.calls import call, keyboard
from tests.unit.sandbox.people import CAST
from tests.unit.sandbox.test_sending import picture


@pytest_asyncio.fixture
async def server(tmp_path: Path) -> AsyncIterator[SandboxServer]:
    async with SandboxServer(tmp_path, cast=CAST, clock=ClockControl(None)) as sandbox:
        yield sandbox


@pytest_asyncio.fixture
async def client(server: SandboxServer) -> AsyncIterator[SandboxClient]:
    async with SandboxClient(server.url) as client:
        yield client


@pytest_asyncio.fixture
async def thida(client: SandboxClient) -> RemotePhone:
    phone = await client.phone("KH-1001")
    await phone.text("/start")
    return phone


async def test_state__of_a_new_sandbox__has_every_part(client: SandboxClient) -> None:
    state = await client.state()
    assert set(state) == {
        "bot", "clock", "rollcall", "phones", "cast", "crowd", "faults", "refusals",
    }  # fmt: skip
    assert [person["key"] for person in state["cast"]] == ["thida", "chan"]
    assert state["clock"]["playing"] is False
    assert state["rollcall"] == {"running": False}
    found = await client.roster("bavet")
    assert [person["name"] for person in found] == ["Maly Keo"]


async def test_phone__added_twice__is_one_and_a_stranger_is_another(client: SandboxClient) -> None:
    first = await client.phone("KH-1001")
    second = await client.phone("KH-1001")
    stranger = await client.stranger("Somebody", "+85599000000")
    assert first.id == second.id != stranger.id
    await client.ask("DELETE", f"/api/phones/{stranger.id}")
    assert [phone["id"] for phone in (await client.state())["phones"]] == [first.id]


async def test_events__of_a_conversation__come_in_order(
    client: SandboxClient, server: SandboxServer, thida: RemotePhone
) -> None:
    listening = asyncio.create_task(client.events(5))
    await asyncio.sleep(0.2)
    ask = keyboard("yes")
    call(server.world, "sendChatAction", chat_id=thida.id, action="typing")
    sent = call(server.world, "sendMessage", chat_id=thida.id, text="?", reply_markup=ask)
    where = {"chat_id": thida.id, "message_id": sent["message_id"]}
    call(server.world, "editMessageText", text="done", **where)
    call(server.world, "deleteMessage", **where)
    await thida.text("bye")
    events = await listening
    assert [event["type"] for event in events] == [
        "typing",
        "message",
        "edit",
        "delete",
        "message",
    ]
    assert events[1]["message"]["rows"] == [[{"text": "yes", "data": "yes"}]]
    assert events[4]["message"]["from"] == "me"


async def test_file__from_the_page__is_shown_and_can_be_fetched(
    client: SandboxClient, server: SandboxServer, thida: RemotePhone
) -> None:
    await thida.file("letter.png", picture(), "image/png", "signed")
    await thida.file("ឯកសារ.txt", b"words", "text/plain")
    photo, document = (await thida.look()).messages[-2:]
    assert (photo["photo"]["width"], photo["text"]) == (40, "signed")
    async with aiohttp.ClientSession() as session:
        async with session.get(server.url + photo["photo"]["url"]) as response:
            assert response.content_type == "image/png"
            assert await response.read() == picture()
        async with session.get(server.url + document["document"]["url"]) as response:
            assert await response.read() == b"words"
            assert response.content_disposition is not None
            assert unquote(response.content_disposition.filename or "") == "ឯកសារ.txt"


async def test_actions__that_cannot_be__are_refused_with_a_sentence(
    client: SandboxClient, thida: RemotePhone
) -> None:
    with pytest.raises(SandboxRefusedError, match="not on that message"):
        await client.ask(
            "POST", f"/api/phones/{thida.id}/press", json={"message_id": 1, "data": "x"}
        )
    with pytest.raises(SandboxRefusedError, match="no such phone"):
        await client.ask("POST", "/api/phones/5/text", json={"text": "x"})
    with pytest.raises(SandboxRefusedError, match="lacks or garbles"):
        await client.ask("POST", f"/api/phones/{thida.id}/text", json={})
    with pytest.raises(SandboxRefusedError, match="without Rollcall"):
        await client.kill_rollcall()
    with pytest.raises(SandboxRefusedError, match="no language"):
        await thida.set_language("xx")
    await thida.set_blocked(True)
    with pytest.raises(SandboxRefusedError, match="blocked the bot"):
        await thida.text("x")


@pytest.mark.wrong_requests
async def test_refusal__of_a_call__is_shown_with_its_problem(
    client: SandboxClient, server: SandboxServer, thida: RemotePhone
) -> None:
    body = {"chat_id": thida.id, "text": "x", "reply_markup": keyboard("x" * 65)}
    async with aiohttp.ClientSession() as session:
        address = f"{server.url}/bot{server.token}/sendmessage"
        async with session.post(address, json=body) as response:
            assert response.status == 400
    (refusal,) = (await client.state())["refusals"]
    assert refusal["method"] == "sendMessage"
    assert refusal["description"] == "Bad Request: BUTTON_DATA_INVALID"
    assert refusal["phone"] == thida.id
    assert "65 bytes" in refusal["problem"]


async def test_clock__moved_a_month__has_moved_and_dates_follow(
    client: SandboxClient, thida: RemotePhone
) -> None:
    await client.move_clock(months=1)
    await client.wait_played()
    offset = (await client.state())["clock"]["offset_seconds"]
    assert 28 * 86400 <= offset <= 31 * 86400
    await client.move_clock("outage", days=1)
    assert (await client.state())["clock"]["offset_seconds"] == pytest.approx(
        offset + 86400, abs=5
    )
    with pytest.raises(SandboxRefusedError, match="1 to 520 weeks"):
        await client.move_clock(weeks=-1)
    await thida.text("late")
    first, late = (await thida.look()).messages[0], thida.messages[-1]
    assert late["date"] > first["date"]


async def test_offline__on_the_page__shows_what_waits(
    client: SandboxClient, server: SandboxServer, thida: RemotePhone
) -> None:
    await thida.set_offline(True)
    await thida.text("later")
    call(server.world, "sendMessage", chat_id=thida.id, text="unseen")
    record = (await thida.look()).record
    assert (record["offline"], record["queued"]) == (True, 1)
    assert [message["pending"] for message in record["messages"]] == [False, True]
    await thida.set_offline(False)
    texts = [message["text"] for message in (await thida.look()).messages]
    assert texts == ["/start", "unseen", "later"]


async def test_page_of_another_site__in_the_same_browser__may_do_nothing(
    server: SandboxServer, thida: RemotePhone
) -> None:
    address = f"{server.url}/api/phones/{thida.id}/text"
    headers = {"Origin": "http://elsewhere.org"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(address, data='{"text": "x"}') as response,
    ):
        assert response.status == 403
    assert len((await thida.look()).messages) == 1


async def test_clock__that_cannot_ask_what_is_due__says_so_on_the_page(tmp_path: Path) -> None:
    async def next_due(after: dt.datetime, until: dt.datetime) -> dt.datetime | None:
        raise LookupError("no such table: outbox")

    clock = ClockControl(None, next_due)
    async with (
        SandboxServer(tmp_path, cast=CAST, clock=clock) as server,
        SandboxClient(server.url) as client,
    ):
        await client.move_clock(days=1)
        state = await client.wait_for(lambda state: state["refusals"])
        assert "no such table: outbox" in state["refusals"][0]["problem"]
        assert state["clock"]["playing"] is False
