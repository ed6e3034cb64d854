"""aiogram's own Bot against the sandbox over HTTP: sends, files, polls, every kind of error."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

from bot.sandbox.faults import Fault
from bot.sandbox.phone import PhoneInHand
from bot.sandbox.server import SandboxServer
from tests.unit.sandbox.people import CAST
from tests.unit.sandbox.test_sending import picture

YES_NO = InlineKeyboardMarkup(
    inline_keyboard=[
        [
            InlineKeyboardButton(text="Yes", callback_data="a:yes", style="success"),
            InlineKeyboardButton(text="No", callback_data="a:no", style="danger"),
        ]
    ]
)


@pytest_asyncio.fixture
async def server(tmp_path: Path) -> AsyncIterator[SandboxServer]:
    async with SandboxServer(tmp_path, cast=CAST) as sandbox:
        yield sandbox


def bot_of(server: SandboxServer, token: str = "") -> Bot:
    session = AiohttpSession(api=TelegramAPIServer.from_base(server.url))
    return Bot(token or server.token, session=session)


@pytest_asyncio.fixture
async def bot(server: SandboxServer) -> AsyncIterator[Bot]:
    bot = bot_of(server)
    yield bot
    await bot.session.close()


@pytest.fixture
def thida(server: SandboxServer) -> PhoneInHand:
    phone = server.phone("thida")
    phone.text("/start")
    return phone


async def test_conversation__press_edit_answer__reaches_the_phone(
    bot: Bot, thida: PhoneInHand, server: SandboxServer
) -> None:
    assert (await bot.get_me()).username == "rollcall_sandbox_bot"
    first = (await bot.get_updates())[0]
    assert first.message is not None
    assert first.message.from_user is not None
    assert first.message.from_user.language_code == "km"
    sent = await bot.send_message(
        thida.id, "<b>Going?</b>", parse_mode="HTML", reply_markup=YES_NO
    )
    thida.press("Yes")
    query = (await bot.get_updates(offset=first.update_id + 1))[0].callback_query
    assert query is not None
    assert query.data == "a:yes"
    await bot.answer_callback_query(query.id, text="Noted", show_alert=True)
    await bot.edit_message_text("Going.", chat_id=thida.id, message_id=sent.message_id)
    assert thida.toasts == ["Noted"]
    assert (thida.last["text"], thida.last["rows"]) == ("Going.", [])
    assert server.refusals == []


async def test_files__up_and_down__keep_name_and_bytes(bot: Bot, thida: PhoneInHand) -> None:
    document = BufferedInputFile(b"\x00three", "Hesabat ğış.txt")
    sent = await bot.send_document(thida.id, document, caption="List")
    assert sent.document is not None
    assert sent.document.file_name == "Hesabat ğış.txt"
    again = await bot.send_document(thida.id, sent.document.file_id)
    assert again.document == sent.document
    photo = await bot.send_photo(thida.id, BufferedInputFile(picture(), "a.png"))
    assert photo.photo is not None
    thida.file("letter.pdf", b"%PDF", "application/pdf", caption="signed")
    received = (await bot.get_updates())[-1].message
    assert received is not None
    assert received.document is not None
    content = await bot.download(received.document, io.BytesIO())
    assert content is not None
    assert content.read() == b"%PDF"


async def test_keyboards_and_commands__as_aiogram_writes_them__are_taken(
    bot: Bot, thida: PhoneInHand, server: SandboxServer
) -> None:
    share = KeyboardButton(text="Share my number", request_contact=True)
    keyboard = ReplyKeyboardMarkup(
        keyboard=[[share]], one_time_keyboard=True, resize_keyboard=True
    )
    await bot.send_message(thida.id, "Who are you?", reply_markup=keyboard)
    assert thida.keyboard is not None
    commands = [BotCommand(command="start", description="Begin")]
    scope = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands(commands, scope=scope, language_code="km")
    await bot.set_my_name("Rollcall", language_code="km")
    await bot.set_my_description("The training desk")
    await bot.send_chat_action(thida.id, "typing")
    assert thida.commands == ["start"]
    assert server.refusals == []


async def test_poll__while_waiting__gets_the_text_and_yields_to_a_second_poll(
    bot: Bot, server: SandboxServer
) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.1)
    server.phone("thida").text("hello")
    found = await poll
    assert [update.message.text for update in found if update.message] == ["hello"]
    waiting = asyncio.create_task(bot.get_updates(offset=found[-1].update_id + 1, timeout=20))
    await asyncio.sleep(0.1)
    await bot.get_updates(offset=found[-1].update_id + 1)
    with pytest.raises(TelegramConflictError, match="terminated by other getUpdates request"):
        await waiting


@pytest.mark.wrong_requests
async def test_errors__of_each_kind__raise_their_class(
    bot: Bot, thida: PhoneInHand, server: SandboxServer
) -> None:
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(1, "x")
    sent = await bot.send_message(thida.id, "same")
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_text("same", chat_id=thida.id, message_id=sent.message_id)
    with pytest.raises(TelegramBadRequest, match="can't parse entities"):
        await bot.send_message(thida.id, "a < b", parse_mode="HTML")
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await bot.answer_callback_query("1")
    with pytest.raises(TelegramNotFound, match="method not found"):
        await bot.send_dice(thida.id)
    thida.block()
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(thida.id, "x")
    assert server.refusals[-2].method == "sendDice"
    assert "does not serve" in server.refusals[-2].problem


async def test_token__that_is_not_ours__is_unauthorized(server: SandboxServer) -> None:
    stranger = bot_of(server, "1:another")
    with pytest.raises(TelegramUnauthorizedError):
        await stranger.get_me()
    await stranger.session.close()


async def test_faults__on_order__are_what_telegram_would_do(
    bot: Bot, thida: PhoneInHand, server: SandboxServer
) -> None:
    server.faults.plan(Fault(method="sendMessage", code=429, retry_after=7))
    with pytest.raises(TelegramRetryAfter) as caught:
        await bot.send_message(thida.id, "x")
    assert caught.value.retry_after == 7
    server.faults.plan(Fault(code=502, times=1))
    with pytest.raises(TelegramServerError):
        await bot.send_message(thida.id, "x")
    assert thida.from_bot == []
    server.faults.plan(Fault(chat=thida.id, cut=True))
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(thida.id, "sent, but the answer was lost")
    assert thida.last["text"] == "sent, but the answer was lost"
