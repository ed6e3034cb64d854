"""Updates come by webhook to two replicas: dealt with once, only with the secret, never lost."""

from __future__ import annotations

import asyncio
import json

import aiohttp
import pytest
from sqlalchemy import create_engine, text
from sqlmodel import select

from bot.models.chats import Chat
from bot.models.inbound import SeenUpdate
from handlers.edge.webhook import MOST_BYTES, SECRET_HEADER
from tests.integration.serving.conftest import SECRET, House, until

pytestmark = pytest.mark.postgres


def update(house: House, who: str, number: int, words: str) -> bytes:
    """A message as Telegram would post it."""
    account = house.phone(who).id
    body = {
        "update_id": number,
        "message": {
            "message_id": number,
            "date": int(house.clock.now().timestamp()),
            "chat": {"id": account, "type": "private", "first_name": "A"},
            "from": {"id": account, "is_bot": False, "first_name": "A"},
            "text": words,
        },
    }
    return json.dumps(body).encode()


def seen(house: House) -> list[int]:
    with house.database.transaction(readonly=True) as session:
        return list(session.scalars(select(SeenUpdate.update_id)))


async def test_two_replicas__behind_one_address__people_link_and_are_answered(
    house: House,
) -> None:
    phones = await asyncio.gather(*(house.link(who) for who in ("dara", "rith", "maly")))
    for phone in phones:
        phone.text("/help")
        await phone.wait_message("/tasks")
    with house.database.transaction(readonly=True) as session:
        linked = session.scalars(select(Chat.person_id).where(Chat.person_id.is_not(None)))
        assert {house.ids[who] for who in ("dara", "rith", "maly")} <= set(linked)
    assert all(replica.office.vitals.heard_ago is not None for replica in house.replicas)
    assert house.server.refusals == []


async def test_post__without_the_secret__is_refused_whoever_says_it_is(house: House) -> None:
    before = seen(house)
    for headers in (
        {},
        {SECRET_HEADER: ""},
        {SECRET_HEADER: "another"},
        {SECRET_HEADER: "another", "X-Forwarded-For": "149.154.160.1"},
        {"X-Real-IP": "149.154.160.1"},
    ):
        assert await house.post(0, update(house, "dara", 900_001, "/start"), **headers) == 403
    assert seen(house) == before


async def test_post__with_a_secret_that_is_no_text__is_refused(house: House) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", house.replicas[0].port)
    head = b"POST /telegram HTTP/1.1\r\nHost: here\r\nContent-Length: 2\r\n"
    writer.write(head + SECRET_HEADER.encode() + b": \xff\r\n\r\n{}")
    assert (await reader.readline()).split()[1] == b"403"
    writer.close()


async def test_post__of_any_shape__is_answered_and_the_next_is_taken(house: House) -> None:
    for body, status in (
        (b"{", 400),
        (b"[]", 400),
        (b'{"update_id": "x"}', 400),
        (b"[" * 100_000, 400),
        (b" " * (MOST_BYTES + 1), 413),
        (b'{"update_id": 900002, "message": {"text": 7}}', 200),
    ):
        assert await house.post(0, body, **{SECRET_HEADER: SECRET}) == status
    good = update(house, "dara", 900_003, "/start")
    assert await house.post(0, good, **{SECRET_HEADER: SECRET}) == 200
    assert 900_003 in seen(house)


async def test_same_update__posted_to_both_at_once__is_dealt_with_once(house: House) -> None:
    dara = await house.link("dara")
    shown = len(dara.from_bot)
    body = update(house, "dara", 900_004, "/help")
    answers = await asyncio.gather(
        *(house.post(at % 2, body, **{SECRET_HEADER: SECRET}) for at in range(6))
    )
    assert answers == [200] * 6
    await until(lambda: len(dara.from_bot) > shown)
    await asyncio.sleep(0.2)
    with house.database.transaction(readonly=True) as session:
        chat = session.get_one(Chat, dara.id)
        assert chat.shown_revision == chat.revision
    assert len(dara.from_bot) <= shown + 2


async def test_database__away__telegram_keeps_what_it_could_not_bring(house: House) -> None:
    dara = await house.link("dara")
    address = house.database.engine.url
    server = create_engine(address.set(database="postgres"), isolation_level="AUTOCOMMIT")
    name = address.database
    with server.connect() as connection:
        connection.execute(text(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false"))
        connection.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"),
            {"name": name},
        )
    body = update(house, "dara", 900_005, "/help")
    assert await house.post(0, body, **{SECRET_HEADER: SECRET}) == 503
    with server.connect() as connection:
        connection.execute(text(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true"))
    server.dispose()
    shown = len(dara.from_bot)
    assert await house.post(1, body, **{SECRET_HEADER: SECRET}) == 200
    await until(lambda: len(dara.from_bot) > shown)


async def test_healthz__of_a_replica__says_that_it_is_well(house: House) -> None:
    url = f"http://127.0.0.1:{house.replicas[0].port}/healthz"
    async with aiohttp.ClientSession() as client, client.get(url) as answer:
        found = await answer.json()
    assert (answer.status, found["part"], found["ok"]) == (200, "serve", True)
