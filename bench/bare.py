"""What Rollcall is measured against: a plain aiogram bot, without a store, that asks the same.

Polls as aiogram does it, or takes webhooks as aiogram does it, finds the next question in a
table, edits the message, answers the press. `python -m bench.bare API_URL [PORT]`.
"""

from __future__ import annotations

import asyncio
import sys

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    MessageEntity,
)
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

from bench import questionnaire

TOKEN = "424242:SANDBOX-TOKEN-OF-ROLLCALL-NOT-A-SECRET"
SECRET = "what-the-stub-posts-with"
PATH = "/telegram"


def screen(place: int) -> dict[str, object]:
    """Text, entities and keyboard of one question, as Rollcall shows it."""
    above = f"Question {place + 1} of {questionnaire.QUESTIONS}\nAfter the class\n\n"
    title, options = questionnaire.label(place), questionnaire.choices(place)
    body = "\n".join(f"{number}. {words}" for number, words in enumerate(options, start=1))
    row = [_button(str(code + 1), f"q:77:{place}:i{code}") for code in range(len(options))]
    moves = [_button("« Back", f"f:77:back~{place}"), _button("Stop", f"f:77:stop~{place}")]
    return {
        "text": f"{above}{title}\n\n{body}",
        "entities": [MessageEntity(type="bold", offset=len(above), length=len(title))],
        "reply_markup": InlineKeyboardMarkup(inline_keyboard=[row, moves]),
    }


def last_screen() -> dict[str, object]:
    """What follows the last question."""
    return {
        "text": "Check your answers",
        "reply_markup": InlineKeyboardMarkup(inline_keyboard=[[_button("Submit", "f:77:submit")]]),
    }


def _button(words: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=words, callback_data=data)


TABLE = [*(screen(place) for place in range(questionnaire.QUESTIONS)), last_screen()]
dispatcher = Dispatcher()


@dispatcher.callback_query(F.data.startswith("q:"))
async def answered(press: CallbackQuery) -> None:
    """Show the question after the one that was answered."""
    assert press.data is not None
    assert isinstance(press.message, Message)
    place = int(press.data.split(":")[2])
    await press.message.edit_text(**TABLE[place + 1])  # type: ignore[arg-type]  # one table
    await press.answer()


def bot(api_url: str) -> Bot:
    return Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(api_url)))


async def poll(api_url: str) -> None:
    """Poll until the process is ended."""
    await dispatcher.start_polling(bot(api_url), handle_signals=True)


def take_webhooks(api_url: str, port: int) -> None:
    """Take webhooks until the process is ended; an update is confirmed before it is dealt with,
    as aiogram has it.
    """
    asking = bot(api_url)
    application = web.Application()
    SimpleRequestHandler(dispatcher, asking, secret_token=SECRET).register(application, PATH)
    setup_application(application, dispatcher)

    async def announce(_application: web.Application) -> None:
        await asking.set_webhook(f"http://127.0.0.1:{port}{PATH}", secret_token=SECRET)

    application.on_startup.append(announce)
    web.run_app(application, host="127.0.0.1", port=port, access_log=None, print=None)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        take_webhooks(sys.argv[1], int(sys.argv[2]))
    else:
        asyncio.run(poll(sys.argv[1]))
