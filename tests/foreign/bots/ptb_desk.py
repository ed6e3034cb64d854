"""The small desk as python-telegram-bot's examples tell it: Application and its handlers.

Its own webhook server needs Tornado; the way its pages show for any other server is used.
"""

from __future__ import annotations

import asyncio
import hashlib
import html
import os

from aiohttp import web
from telegram import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)
from telegram.error import RetryAfter, TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from tests.foreign.bots import papers

Context = ContextTypes.DEFAULT_TYPE


async def start(update: Update, context: Context) -> None:
    yes = InlineKeyboardButton("Yes", callback_data="going:yes")
    no = InlineKeyboardButton("No", callback_data="going:no")
    name = html.escape(update.effective_user.first_name)
    await update.message.reply_html(
        f"Welcome, <b>{name}</b>. You came with {context.args[0]}.",
        reply_markup=InlineKeyboardMarkup([[yes, no]]),
    )


async def going(update: Update, _context: Context) -> None:
    choice = update.callback_query.data.partition(":")[2]
    await update.callback_query.answer(f"Noted: {choice}")
    await update.callback_query.edit_message_text(f"Going: {choice}")


async def share(update: Update, _context: Context) -> None:
    button = KeyboardButton("Share my number", request_contact=True)
    keyboard = ReplyKeyboardMarkup([[button]], resize_keyboard=True)
    await update.message.reply_text("Who are you?", reply_markup=keyboard)


async def contact(update: Update, _context: Context) -> None:
    given = update.message.contact
    own = given.user_id == update.effective_user.id
    words = f"{given.phone_number} is {'yours' if own else 'not yours'}"
    await update.message.reply_text(words, reply_markup=ReplyKeyboardRemove())


async def document(update: Update, _context: Context) -> None:
    given = update.message.document
    content = bytes(await (await given.get_file()).download_as_bytearray())
    digest = hashlib.sha256(content).hexdigest()[:12]
    words = f"{given.file_name}: {len(content)} bytes, {digest}"
    await update.message.reply_text(words, do_quote=True)


async def send_papers(update: Update, _context: Context) -> None:
    paper = {"filename": papers.NAME, "caption": papers.CAPTION}
    await update.message.reply_document(papers.PAPER, **paper)
    await update.message.reply_photo(papers.PICTURE)


async def menu(update: Update, context: Context) -> None:
    commands = [BotCommand(*entry) for entry in papers.MENU]
    await context.bot.set_my_commands(commands, scope=BotCommandScopeAllPrivateChats())
    await update.message.reply_text("The menu is set")


async def broken(update: Update, _context: Context) -> None:
    try:
        await update.message.reply_html("a < b")
    except TelegramError as error:
        await update.message.reply_text(f"{type(error).__name__}: {error.message}")


async def tell(update: Update, context: Context) -> None:
    try:
        await context.bot.send_message(int(context.args[0]), "Good morning")
    except TelegramError as error:
        await update.message.reply_text(f"{type(error).__name__}: {error.message}")


async def busy(update: Update, _context: Context) -> None:
    try:
        await update.message.reply_text("After the wait")
    except RetryAfter as wait:
        await asyncio.sleep(wait.retry_after.total_seconds())
        await update.message.reply_text("After the wait")


async def echo(update: Update, _context: Context) -> None:
    await update.message.reply_text(f"You wrote: {update.message.text}")


def desk() -> Application:
    api = os.environ["API_URL"]
    builder = ApplicationBuilder().token(os.environ["TOKEN"])
    application = builder.base_url(f"{api}/bot").base_file_url(f"{api}/file/bot").build()
    commands = (start, share, menu, broken, tell, busy)
    for command in commands:
        application.add_handler(CommandHandler(command.__name__, command))
    application.add_handler(CommandHandler("papers", send_papers))
    application.add_handler(CallbackQueryHandler(going, pattern="^going:"))
    application.add_handler(MessageHandler(filters.CONTACT, contact))
    application.add_handler(MessageHandler(filters.Document.ALL, document))
    application.add_handler(MessageHandler(filters.TEXT, echo))
    return application


def serve(application: Application, url: str) -> None:
    secret = os.environ["WEBHOOK_SECRET"]

    async def take(request: web.Request) -> web.Response:
        if request.headers.get("X-Telegram-Bot-Api-Secret-Token") != secret:
            return web.Response(status=403)
        update = Update.de_json(await request.json(), application.bot)
        await application.update_queue.put(update)
        return web.Response()

    async def begin(_server: web.Application) -> None:
        await application.initialize()
        await application.start()

    async def announce(_server: web.Application) -> None:
        await application.bot.set_webhook(url, secret_token=secret)

    async def end(_server: web.Application) -> None:
        await application.stop()
        await application.shutdown()

    server = web.Application()
    server.router.add_post("/hook", take)
    server.on_startup.extend([begin, announce])
    server.on_cleanup.append(end)
    web.run_app(server, host="127.0.0.1", port=int(os.environ["WEBHOOK_PORT"]), print=None)


def main() -> None:
    url = os.environ.get("WEBHOOK_URL")
    if url:
        serve(desk(), url)
    else:
        desk().run_polling()


if __name__ == "__main__":
    os.environ["PTB_TIMEDELTA"] = "1"
    main()
