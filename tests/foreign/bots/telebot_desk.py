"""The small desk as pyTelegramBotAPI's examples tell it: synchronous, decorated, in threads."""

from __future__ import annotations

import hashlib
import html
import os
import signal
import time

from aiohttp import web
from telebot import TeleBot, apihelper
from telebot.apihelper import ApiTelegramException
from telebot.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)
from telebot.util import extract_arguments

from tests.foreign.bots import papers

apihelper.API_URL = os.environ["API_URL"] + "/bot{0}/{1}"
apihelper.FILE_URL = os.environ["API_URL"] + "/file/bot{0}/{1}"
bot = TeleBot(os.environ["TOKEN"])


@bot.message_handler(commands=["start"])
def start(message: Message) -> None:
    keyboard = InlineKeyboardMarkup()
    keyboard.row(
        InlineKeyboardButton("Yes", callback_data="going:yes"),
        InlineKeyboardButton("No", callback_data="going:no"),
    )
    name, payload = html.escape(message.from_user.first_name), extract_arguments(message.text)
    bot.send_message(
        message.chat.id,
        f"Welcome, <b>{name}</b>. You came with {payload}.",
        parse_mode="HTML",
        reply_markup=keyboard,
    )


@bot.callback_query_handler(func=lambda query: query.data.startswith("going:"))
def going(query: CallbackQuery) -> None:
    choice = query.data.partition(":")[2]
    bot.answer_callback_query(query.id, f"Noted: {choice}")
    bot.edit_message_text(f"Going: {choice}", query.message.chat.id, query.message.message_id)


@bot.message_handler(commands=["share"])
def share(message: Message) -> None:
    keyboard = ReplyKeyboardMarkup(resize_keyboard=True)
    keyboard.add(KeyboardButton("Share my number", request_contact=True))
    bot.send_message(message.chat.id, "Who are you?", reply_markup=keyboard)


@bot.message_handler(content_types=["contact"])
def contact(message: Message) -> None:
    own = message.contact.user_id == message.from_user.id
    words = f"{message.contact.phone_number} is {'yours' if own else 'not yours'}"
    bot.send_message(message.chat.id, words, reply_markup=ReplyKeyboardRemove())


@bot.message_handler(content_types=["document"])
def document(message: Message) -> None:
    given = message.document
    content = bot.download_file(bot.get_file(given.file_id).file_path)
    digest = hashlib.sha256(content).hexdigest()[:12]
    bot.reply_to(message, f"{given.file_name}: {len(content)} bytes, {digest}")


@bot.message_handler(commands=["papers"])
def send_papers(message: Message) -> None:
    bot.send_document(
        message.chat.id,
        papers.PAPER,
        caption=papers.CAPTION,
        visible_file_name=papers.NAME,
    )
    bot.send_photo(message.chat.id, papers.PICTURE)


@bot.message_handler(commands=["menu"])
def menu(message: Message) -> None:
    commands = [BotCommand(*entry) for entry in papers.MENU]
    bot.set_my_commands(commands, scope=BotCommandScopeAllPrivateChats())
    bot.send_message(message.chat.id, "The menu is set")


@bot.message_handler(commands=["broken"])
def broken(message: Message) -> None:
    try:
        bot.send_message(message.chat.id, "a < b", parse_mode="HTML")
    except ApiTelegramException as error:
        bot.send_message(message.chat.id, f"{type(error).__name__}: {error.description}")


@bot.message_handler(commands=["tell"])
def tell(message: Message) -> None:
    try:
        bot.send_message(int(extract_arguments(message.text)), "Good morning")
    except ApiTelegramException as error:
        bot.send_message(message.chat.id, f"{type(error).__name__}: {error.description}")


@bot.message_handler(commands=["busy"])
def busy(message: Message) -> None:
    try:
        bot.send_message(message.chat.id, "After the wait")
    except ApiTelegramException as wait:
        time.sleep(wait.result_json["parameters"]["retry_after"])
        bot.send_message(message.chat.id, "After the wait")


@bot.message_handler(content_types=["text"])
def echo(message: Message) -> None:
    bot.send_message(message.chat.id, f"You wrote: {message.text}")


def serve(url: str) -> None:
    secret = os.environ["WEBHOOK_SECRET"]

    async def take(request: web.Request) -> web.Response:
        if request.headers.get("X-Telegram-Bot-Api-Secret-Token") != secret:
            return web.Response(status=403)
        bot.process_new_updates([Update.de_json(await request.json())])
        return web.Response()

    async def announce(_server: web.Application) -> None:
        bot.set_webhook(url, secret_token=secret)

    server = web.Application()
    server.router.add_post("/hook", take)
    server.on_startup.append(announce)
    web.run_app(server, host="127.0.0.1", port=int(os.environ["WEBHOOK_PORT"]), print=None)


def main() -> None:
    url = os.environ.get("WEBHOOK_URL")
    if url:
        serve(url)
    else:
        signal.signal(signal.SIGTERM, lambda *_signal: bot.stop_polling())
        bot.infinity_polling(long_polling_timeout=2)
    bot.stop_bot()


if __name__ == "__main__":
    main()
