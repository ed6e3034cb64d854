"""The courier: claims in one transaction, sends outside any, records in another."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from sqlalchemy import select, update

from bot.context import Ctx
from bot.delivery.claim import Claimed, claim
from bot.delivery.failures import ENDS_CHAT, RETRYABLE, Failure, SendResult
from bot.delivery.telegram import IN_FLIGHT, Deliverer
from bot.models.chats import Chat
from bot.models.delivery import ItemState, Message, OutboxItem
from bot.models.system import Blob
from bot.screens import Attachment

log = logging.getLogger(__name__)

T = TypeVar("T")
Hop = Callable[[Callable[[Ctx], T]], Awaitable[T]]
IDLE_SECONDS = 0.4
MOST_ATTEMPTS = 5
RETRY_SECONDS = 30.0


class Courier:
    """`hop` runs a function of a system context in one transaction, on the database's thread."""

    def __init__(self, hop: Hop[Any], deliverer: Deliverer) -> None:
        self._hop = hop
        self._deliverer = deliverer
        self._slots = asyncio.Semaphore(IN_FLIGHT)
        self.wake = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until `stop` is set; what a killed courier had claimed becomes unknown."""
        await self._hop(_give_up_claimed)
        while not stop.is_set():
            if not await self.deliver_once():
                await self._rest()

    async def deliver_once(self) -> int:
        """One round; the number of messages tried."""
        claimed: list[Claimed] = await self._hop(claim)
        if not claimed:
            return 0
        of_chats: dict[int, list[Claimed]] = defaultdict(list)
        for message in claimed:
            of_chats[message.user_id].append(message)
        sent = await asyncio.gather(*(self._send_in_order(chat) for chat in of_chats.values()))
        outcome = [pair for of_chat in sent for pair in of_chat]
        await self._hop(lambda ctx: _record(ctx, outcome))
        return len(claimed)

    async def _rest(self) -> None:
        self.wake.clear()
        try:
            await asyncio.wait_for(self.wake.wait(), IDLE_SECONDS)
        except TimeoutError:
            return

    async def _send_in_order(self, messages: list[Claimed]) -> list[tuple[Claimed, SendResult]]:
        """The messages of one chat, each after the one before has arrived."""
        return [(message, await self._send(message)) for message in messages]

    async def _send(self, message: Claimed) -> SendResult:
        async with self._slots:
            if message.attachment is None:
                return await self._deliverer.send(
                    message.user_id, message.encoded, silent=message.silent
                )
            return await self._send_file(message, message.attachment)

    async def _send_file(self, message: Claimed, attachment: Attachment) -> SendResult:
        name, content = await self._hop(lambda ctx: _content(ctx, attachment.blob_id))
        result = await self._deliverer.send_file(
            message.user_id, message.encoded, attachment.kind, name, content
        )
        if result.ok and result.file_id:
            await self._hop(lambda ctx: _keep_file_id(ctx, attachment.blob_id, result.file_id))
        return result


def _content(ctx: Ctx, blob_id: int) -> tuple[str, bytes | str]:
    blob = ctx.session.get_one(Blob, blob_id)
    return blob.name, blob.telegram_file_id or blob.content


def _keep_file_id(ctx: Ctx, blob_id: int, file_id: str) -> None:
    ctx.session.execute(update(Blob).where(Blob.id == blob_id).values(telegram_file_id=file_id))


def _give_up_claimed(ctx: Ctx) -> None:
    ctx.session.execute(
        update(OutboxItem)
        .where(OutboxItem.state == ItemState.CLAIMED)
        .values(
            state=ItemState.UNKNOWN,
            reason="the courier ended before the outcome was recorded",
            settled_at=ctx.now(),
        )
    )


def _record(ctx: Ctx, outcome: list[tuple[Claimed, SendResult]]) -> None:
    for message, result in outcome:
        state = _state(ctx, message, result)
        row = ctx.session.get_one(Message, message.message_id)
        row.outcome, row.telegram_message_id = state, result.message_id
        if result.failure in ENDS_CHAT:
            ctx.session.execute(
                update(Chat).where(Chat.user_id == message.user_id).values(blocked_at=ctx.now())
            )
        if result.failure is Failure.REFUSED:
            log.error("message %s was refused: %s", message.message_id, result.description)


def _state(ctx: Ctx, message: Claimed, result: SendResult) -> ItemState:
    items = ctx.session.scalars(
        select(OutboxItem).where(OutboxItem.id.in_(message.item_ids))
    ).all()
    state = _final_state(result)
    for item in items:
        if state is ItemState.QUEUED and item.attempts >= MOST_ATTEMPTS:
            state = ItemState.FAILED
        item.state = state
        item.reason = result.failure or ""
        if state is ItemState.QUEUED:
            wait = result.retry_after or RETRY_SECONDS * item.attempts
            item.due_at = ctx.now() + dt.timedelta(seconds=wait)
        else:
            item.settled_at = ctx.now()
    return state


def _final_state(result: SendResult) -> ItemState:
    if result.ok:
        return ItemState.SENT
    if result.failure in RETRYABLE:
        return ItemState.QUEUED
    if result.failure is Failure.UNKNOWN:
        return ItemState.UNKNOWN
    return ItemState.FAILED
