"""Delivery through python-telegram-bot: the only place that uses it."""

from __future__ import annotations

import logging
import math
import os
import ssl
from collections.abc import Callable, Coroutine
from functools import cache
from typing import Any

import httpx
from telegram import InlineKeyboardMarkup, Message, MessageEntity
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import BaseRateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.delivery.budget import Budget
from bot.delivery.failures import Failure, SendResult, classify
from bot.encoder import Encoded
from bot.screens import FileKind
from bot.vitals import Vitals

IN_FLIGHT = 8
SECONDS = 20.0
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)

logging.getLogger("httpx").setLevel(logging.WARNING)
os.environ.setdefault("PTB_TIMEDELTA", "true")
"""Waits as timedeltas, as the library will soon give them; without it each 429 is a warning."""


class SharedBudget(BaseRateLimiter[int]):
    """python-telegram-bot's limiter over Rollcall's budget; `rate_limit_args` is the chat."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget

    async def initialize(self) -> None:
        """Nothing to start: the budget lives as long as the process."""

    async def shutdown(self) -> None:
        """Nothing to stop."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        """Wait for this chat's turn and call; a 429 pauses everybody, and what waits is let go."""
        if rate_limit_args is not None and not await self._budget.before_courier(rate_limit_args):
            raise RetryAfter(math.ceil(self._budget.paused_for))
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as error:
            self._budget.pause(_seconds(error))
            raise


@cache
def _trusted() -> ssl.SSLContext:
    """Whose certificates are trusted: the list is long, and read once for all connections."""
    return httpx.create_ssl_context()


class Deliverer:
    """Sends encoded screens and tells what became of each."""

    def __init__(
        self, token: str, api_url: str, budget: Budget, vitals: Vitals | None = None
    ) -> None:
        self._vitals = vitals or Vitals()
        request = HTTPXRequest(
            connection_pool_size=IN_FLIGHT,
            pool_timeout=30,
            read_timeout=SECONDS,
            write_timeout=SECONDS,
            connect_timeout=SECONDS,
            httpx_kwargs={"verify": _trusted()},
        )
        self._budget = budget
        self._bot: ExtBot[int] = ExtBot(
            token,
            base_url=f"{api_url}/bot",
            base_file_url=f"{api_url}/file/bot",
            request=request,
            get_updates_request=HTTPXRequest(httpx_kwargs={"verify": _trusted()}),
            rate_limiter=SharedBudget(budget),
        )

    @property
    def paused_for(self) -> float:
        """Seconds until sending is allowed again, 0 if it is."""
        return self._budget.paused_for

    async def start(self) -> None:
        await self._bot.initialize()

    async def stop(self) -> None:
        await self._bot.shutdown()

    async def send(self, user_id: int, encoded: Encoded, *, silent: bool = False) -> SendResult:
        """One text message."""
        return await self._tried(
            "sendMessage",
            self._bot.send_message(
                user_id,
                encoded.text,
                entities=_entities(encoded),
                reply_markup=_markup(encoded),
                protect_content=encoded.protect or None,
                disable_notification=silent or None,
                rate_limit_args=user_id,
            ),
        )

    async def send_file(
        self, user_id: int, encoded: Encoded, kind: FileKind, name: str, content: bytes | str
    ) -> SendResult:
        """One file with the screen as its caption; `content` is bytes, or an earlier file id."""
        arguments: dict[str, Any] = {
            "caption": encoded.text,
            "caption_entities": _entities(encoded),
            "reply_markup": _markup(encoded),
            "rate_limit_args": user_id,
        }
        if isinstance(content, bytes):
            arguments["filename"] = name
        if kind is FileKind.PHOTO:
            return await self._tried(
                "sendPhoto", self._bot.send_photo(user_id, content, **arguments)
            )
        return await self._tried(
            "sendDocument", self._bot.send_document(user_id, content, **arguments)
        )

    async def edit(
        self, user_id: int, message_id: int, encoded: Encoded, *, is_caption: bool
    ) -> SendResult:
        """Other words for a message that was sent, or for the caption of a file that was.

        One that says the same already is a success.
        """
        arguments: dict[str, Any] = {
            "chat_id": user_id,
            "message_id": message_id,
            "reply_markup": _markup(encoded),
            "rate_limit_args": user_id,
        }
        if is_caption:
            entities = _entities(encoded)
            call = self._bot.edit_message_caption(
                caption=encoded.text, caption_entities=entities, **arguments
            )
            result = await self._tried("editMessageCaption", call)
        else:
            entities = _entities(encoded)
            call = self._bot.edit_message_text(encoded.text, entities=entities, **arguments)
            result = await self._tried("editMessageText", call)
        return SendResult(message_id=message_id) if _says_so(result) else result

    async def _tried(self, method: str, call: Coroutine[Any, Any, Message | bool]) -> SendResult:
        try:
            message = await call
        except TelegramError as error:
            result = _result(error)
            self._vitals.called(method, str(result.failure))
            return result
        self._vitals.called(method)
        if isinstance(message, bool):  # what is no message of a chat has no number
            return SendResult()
        return SendResult(message_id=message.message_id, file_id=_file_id(message))


def _result(error: TelegramError) -> SendResult:
    if isinstance(error, RetryAfter):
        return SendResult(failure=Failure.THROTTLED, retry_after=_seconds(error))
    if isinstance(error, Forbidden):
        return SendResult(failure=classify(403, error.message), description=error.message)
    if isinstance(error, BadRequest):
        return SendResult(failure=classify(400, error.message), description=error.message)
    if isinstance(error, InvalidToken):
        return SendResult(failure=Failure.BAD_TOKEN)
    if isinstance(error, Conflict):
        return SendResult(failure=Failure.CONFLICT)
    if isinstance(error, (TimedOut, NetworkError)):
        lost = Failure.UNREACHABLE if isinstance(error.__cause__, NOT_SENT) else Failure.UNKNOWN
        return SendResult(failure=lost, description=error.message)
    return SendResult(failure=Failure.REFUSED, description=error.message)


def _says_so(result: SendResult) -> bool:
    return result.ok or result.failure is Failure.NOT_MODIFIED


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return float(wait if isinstance(wait, (int, float)) else wait.total_seconds())


def _entities(encoded: Encoded) -> list[MessageEntity] | None:
    return [MessageEntity(**entity) for entity in encoded.entities] or None


def _markup(encoded: Encoded) -> InlineKeyboardMarkup | None:
    if encoded.reply_markup is None or "inline_keyboard" not in encoded.reply_markup:
        return None
    return InlineKeyboardMarkup.de_json(encoded.reply_markup, None)


def _file_id(message: Message) -> str:
    if message.document:
        return message.document.file_id
    return message.photo[-1].file_id if message.photo else ""
