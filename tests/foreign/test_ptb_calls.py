"""python-telegram-bot's ExtBot against the sandbox over HTTP, as the courier uses it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.sandbox.faults import Fault
from bot.sandbox.limits import SendLimits
from bot.sandbox.phone import PhoneInHand
from bot.sandbox.server import SandboxServer
from tests.unit.sandbox.people import CAST
from tests.unit.sandbox.test_sending import picture


@pytest_asyncio.fixture
async def server(tmp_path: Path) -> AsyncIterator[SandboxServer]:
    async with SandboxServer(tmp_path, cast=CAST) as sandbox:
        yield sandbox


def bot_of(server: SandboxServer) -> ExtBot[None]:
    return ExtBot(
        server.token,
        base_url=f"{server.url}/bot",
        base_file_url=f"{server.url}/file/bot",
    )


@pytest_asyncio.fixture
async def bot(server: SandboxServer) -> AsyncIterator[ExtBot[None]]:
    async with bot_of(server) as bot:
        yield bot


@pytest.fixture
def thida(server: SandboxServer) -> PhoneInHand:
    phone = server.phone("thida")
    phone.text("/start")
    return phone


async def test_conversation__with_entities_press_and_edit__reaches_the_phone(
    bot: ExtBot[None], thida: PhoneInHand, server: SandboxServer
) -> None:
    yes = InlineKeyboardButton("Yes", callback_data="a:yes", api_kwargs={"style": "success"})
    sent = await bot.send_message(
        thida.id,
        "Going?",
        entities=[MessageEntity("bold", 0, 6)],
        reply_markup=InlineKeyboardMarkup([[yes]]),
        disable_notification=True,
        protect_content=True,
    )
    assert thida.last["entities"] == [{"type": "bold", "offset": 0, "length": 6}]
    assert thida.last["rows"][0][0]["style"] == "success"
    thida.press("Yes")
    updates = await bot.get_updates(timeout=1)
    query = updates[-1].callback_query
    assert query is not None
    assert query.data == "a:yes"
    await bot.answer_callback_query(query.id)
    await bot.edit_message_reply_markup(thida.id, sent.message_id)
    assert thida.last["rows"] == []
    assert await bot.delete_message(thida.id, sent.message_id)
    assert thida.from_bot == []
    assert server.refusals == []


async def test_files__up_and_down__keep_name_and_bytes(
    bot: ExtBot[None], thida: PhoneInHand
) -> None:
    sent = await bot.send_document(thida.id, b"\x00three", filename="Hesabat ğış.txt")
    assert sent.document is not None
    assert sent.document.file_name == "Hesabat ğış.txt"
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"\x00three"
    photo = await bot.send_photo(thida.id, picture(), caption="A chart")
    again = await bot.send_photo(thida.id, photo.photo[-1].file_id)
    assert again.photo[-1].file_id == photo.photo[-1].file_id


@pytest.mark.wrong_requests
async def test_errors__of_each_kind__raise_their_class(
    bot: ExtBot[None],
    thida: PhoneInHand,
    server: SandboxServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(1, "x")
    with pytest.raises(BadRequest, match="Message is too long"):
        await bot.send_message(thida.id, "x" * 4097)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("x", chat_id=thida.id, message_id=77)
    with pytest.raises(InvalidToken):
        await bot.send_dice(thida.id)
    thida.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(thida.id, "x")
    thida.unblock()
    server.faults.plan(Fault(code=429, retry_after=3))
    with pytest.raises(RetryAfter):
        await bot.send_message(thida.id, "x")
    server.faults.plan(Fault(code=500))
    with pytest.raises(NetworkError):
        await bot.send_message(thida.id, "x")


@pytest.mark.wrong_requests
async def test_file__over_50_mb__is_refused_before_it_is_kept(
    bot: ExtBot[None], thida: PhoneInHand
) -> None:
    with pytest.raises(NetworkError, match="Too Large"):
        await bot.send_document(thida.id, bytes(52 * 1024 * 1024), filename="a.bin")
    assert thida.from_bot == []


async def test_poll__a_second_one__is_a_conflict(bot: ExtBot[None], server: SandboxServer) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.2)
    async with bot_of(server) as other:
        await other.get_updates()
    with pytest.raises(Conflict):
        await waiting


async def test_token__that_is_not_ours__is_invalid(server: SandboxServer) -> None:
    polling, other = HTTPXRequest(), HTTPXRequest()
    base = f"{server.url}/bot"
    stranger = ExtBot("1:another", base_url=base, get_updates_request=polling, request=other)
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await polling.shutdown()
    await other.shutdown()


async def test_limits__when_asked_for__answer_429_with_both_notes_of_the_wait(
    tmp_path: Path,
) -> None:
    limits = SendLimits(overall=30, per_chat=1)
    async with SandboxServer(tmp_path, cast=CAST, limits=limits) as server:
        phone = server.phone("thida")
        phone.text("/start")
        address = f"{server.url}/bot{server.token}/sendMessage"
        async with httpx.AsyncClient() as client:
            body = {"chat_id": phone.id, "text": "x"}
            first = await client.post(address, json=body)
            second = await client.post(address, json=body)
    assert first.status_code == 200
    assert second.status_code == 429
    assert second.headers["Retry-After"] == "1"
    assert second.json() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
