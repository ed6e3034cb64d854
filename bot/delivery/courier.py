"""The courier: claims in one transaction, sends outside any, records in another."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress

from sqlalchemy import update

from bot.context import Ctx, Hop
from bot.delivery.claim import Claimed, claim
from bot.delivery.failures import NOT_SENT, Failure, SendResult
from bot.delivery.lease import COURIER, Lease
from bot.delivery.outcome import give_up_claimed, record
from bot.delivery.telegram import IN_FLIGHT, Deliverer
from bot.errors import Retry
from bot.models.system import Blob
from bot.screens import Attachment

log = logging.getLogger(__name__)

Sent = list[tuple[Claimed, SendResult]]
IDLE_SECONDS = 0.4
FIRST_PAUSE, LONGEST_PAUSE = 2.0, 120.0


class Courier:
    """`hop` runs a function of a system context in one transaction, on the database's thread.

    It works only while it holds `lease`, and stands by otherwise.
    """

    def __init__(self, hop: Hop, deliverer: Deliverer) -> None:
        self._hop = hop
        self._deliverer = deliverer
        self.lease = Lease(hop, COURIER, give_up_claimed)
        self._slots = asyncio.Semaphore(IN_FLIGHT)
        self._stop = asyncio.Event()
        self._held_back = False
        self.wake = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until `stop` is set; what a killed courier had claimed becomes unknown.

        While server or database cannot be reached everything stays queued, each round a
        longer pause after the one before.
        """
        self._stop = stop
        pause = FIRST_PAUSE
        while not stop.is_set():
            tried = await self._round() if self.lease.holds else 0
            if self._held_back:
                await self._rest(stop, pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            else:
                pause = FIRST_PAUSE
                if not tried:
                    self.wake.clear()
                    await self._rest(self.wake, IDLE_SECONDS)

    async def deliver_once(self) -> int:
        """One round, after any pause that the server asked for; the number of messages tried."""
        if self._deliverer.paused_for > 0:
            await self._rest(self._stop, self._deliverer.paused_for)
        claimed: list[Claimed] = await self._hop(self._claim)
        if not claimed:
            return 0
        of_chats: dict[int, list[Claimed]] = defaultdict(list)
        for message in claimed:
            of_chats[message.user_id].append(message)
        sent = await asyncio.gather(*(self._send_in_order(chat) for chat in of_chats.values()))
        outcome: Sent = [pair for of_chat in sent for pair in of_chat]
        await self._surely(lambda ctx: record(ctx, outcome))
        self._held_back = any(result.failure in NOT_SENT for _message, result in outcome)
        return len(claimed)

    def _claim(self, ctx: Ctx) -> list[Claimed]:
        return claim(ctx) if self.lease.confirm(ctx.session) else []

    async def _round(self) -> int:
        self._held_back = False
        try:
            return await self.deliver_once()
        except Retry as trouble:
            log.warning("courier: %s", trouble)
            self._held_back = True
            return 0

    async def _surely(self, work: Callable[[Ctx], None]) -> None:
        """What must be written is written as soon as the database is there again."""
        while True:
            try:
                await self._hop(work)
            except Retry as trouble:
                if self._stop.is_set():
                    raise
                log.warning("courier: %s", trouble)
                await self._rest(self._stop, FIRST_PAUSE)
            else:
                return

    @staticmethod
    async def _rest(event: asyncio.Event, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(event.wait(), seconds)

    async def _send_in_order(self, messages: list[Claimed]) -> Sent:
        """The messages of one chat, each after the one before has arrived."""
        return [(message, await self._send(message)) for message in messages]

    async def _send(self, message: Claimed) -> SendResult:
        async with self._slots:
            if self._stop.is_set() or not self.lease.holds:
                return SendResult(failure=Failure.UNREACHABLE, description="Rollcall is ending")
            try:
                if message.attachment is not None:
                    return await self._send_file(message, message.attachment)
                return await self._deliverer.send(
                    message.user_id, message.encoded, silent=message.silent
                )
            except Exception:
                log.exception("message %s: sending broke off", message.message_id)
                return SendResult(failure=Failure.UNKNOWN)

    async def _send_file(self, message: Claimed, attachment: Attachment) -> SendResult:
        try:
            found = await self._hop(lambda ctx: _content(ctx, attachment.blob_id))
        except Retry:
            return SendResult(failure=Failure.UNREACHABLE)
        if found is None:
            return SendResult(failure=Failure.NO_FILE)
        name, content = found
        result = await self._deliverer.send_file(
            message.user_id, message.encoded, attachment.kind, name, content
        )
        if result.ok and result.file_id:
            with suppress(Retry):
                await self._hop(lambda ctx: _keep_file_id(ctx, attachment.blob_id, result.file_id))
        return result


def _content(ctx: Ctx, blob_id: int) -> tuple[str, bytes | str] | None:
    blob = ctx.session.get(Blob, blob_id)
    content = (blob.telegram_file_id or blob.content) if blob is not None else None
    return (blob.name, content) if blob is not None and content else None


def _keep_file_id(ctx: Ctx, blob_id: int, file_id: str) -> None:
    ctx.session.execute(update(Blob).where(Blob.id == blob_id).values(telegram_file_id=file_id))
