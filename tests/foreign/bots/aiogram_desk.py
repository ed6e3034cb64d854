"""The small desk as aiogram's own pages tell it: Dispatcher, Router, its polling, its webhook."""

from __future__ import annotations

import asyncio
import hashlib
import html
import os

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramAPIError, TelegramRetryAfter
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BufferedInputFile,
    CallbackQuery,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from aiogram.utils.keyboard import InlineKeyboardBuilder
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

from tests.foreign.bots import papers

router = Router()


@router.message(CommandStart())
async def start(message: Message, command: CommandObject) -> None:
    keyboard = InlineKeyboardBuilder()
    keyboard.button(text="Yes", callback_data="going:yes")
    keyboard.button(text="No", callback_data="going:no")
    name = html.escape(message.from_user.first_name)
    await message.answer(
        f"Welcome, <b>{name}</b>. You came with {command.args}.",
        parse_mode="HTML",
        reply_markup=keyboard.as_markup(),
    )


@router.callback_query(F.data.startswith("going:"))
async def going(query: CallbackQuery) -> None:
    choice = query.data.partition(":")[2]
    await query.answer(f"Noted: {choice}")
    await query.message.edit_text(f"Going: {choice}")


@router.message(Command("share"))
async def share(message: Message) -> None:
    button = KeyboardButton(text="Share my number", request_contact=True)
    keyboard = ReplyKeyboardMarkup(keyboard=[[button]], resize_keyboard=True)
    await message.answer("Who are you?", reply_markup=keyboard)


@router.message(F.contact)
async def contact(message: Message) -> None:
    own = message.contact.user_id == message.from_user.id
    words = f"{message.contact.phone_number} is {'yours' if own else 'not yours'}"
    await message.answer(words, reply_markup=ReplyKeyboardRemove())


@router.message(F.document)
async def document(message: Message, bot: Bot) -> None:
    content = (await bot.download(message.document)).read()
    digest = hashlib.sha256(content).hexdigest()[:12]
    await message.reply(f"{message.document.file_name}: {len(content)} bytes, {digest}")


@router.message(Command("papers"))
async def send_papers(message: Message) -> None:
    paper = BufferedInputFile(papers.PAPER, papers.NAME)
    await message.answer_document(paper, caption=papers.CAPTION)
    await message.answer_photo(BufferedInputFile(papers.PICTURE, "chart.png"))


@router.message(Command("menu"))
async def menu(message: Message, bot: Bot) -> None:
    commands = [BotCommand(command=name, description=words) for name, words in papers.MENU]
    await bot.set_my_commands(commands, scope=BotCommandScopeAllPrivateChats())
    await message.answer("The menu is set")


@router.message(Command("broken"))
async def broken(message: Message) -> None:
    try:
        await message.answer("a < b", parse_mode="HTML")
    except TelegramAPIError as error:
        await message.answer(f"{type(error).__name__}: {error.message}")


@router.message(Command("tell"))
async def tell(message: Message, command: CommandObject, bot: Bot) -> None:
    try:
        await bot.send_message(int(command.args), "Good morning")
    except TelegramAPIError as error:
        await message.answer(f"{type(error).__name__}: {error.message}")


@router.message(Command("busy"))
async def busy(message: Message) -> None:
    try:
        await message.answer("After the wait")
    except TelegramRetryAfter as wait:
        await asyncio.sleep(wait.retry_after)
        await message.answer("After the wait")


@router.message(F.text)
async def echo(message: Message) -> None:
    await message.answer(f"You wrote: {message.text}")


def main() -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ["API_URL"]))
    bot = Bot(os.environ["TOKEN"], session=session)
    dispatcher = Dispatcher()
    dispatcher.include_router(router)
    url = os.environ.get("WEBHOOK_URL")
    if not url:
        dispatcher.run_polling(bot)
        return
    secret = os.environ["WEBHOOK_SECRET"]

    @dispatcher.startup()
    async def announce() -> None:
        await bot.set_webhook(url, secret_token=secret)

    application = web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token=secret).register(application, "/hook")
    setup_application(application, dispatcher, bot=bot)
    web.run_app(application, host="127.0.0.1", port=int(os.environ["WEBHOOK_PORT"]), print=None)


if __name__ == "__main__":
    main()
