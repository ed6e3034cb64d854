"""The courier: claims in one transaction, sends outside any, records in another."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from functools import partial
from weakref import WeakValueDictionary

from sqlalchemy import update

from bot.clock import rest
from bot.context import Ctx, Hop
from bot.delivery.claim import BATCH, MOST_IN_HAND, Claimed, claim
from bot.delivery.failures import Failure, SendResult
from bot.delivery.lease import COURIER, Lease
from bot.delivery.outcome import give_up_claimed, record
from bot.delivery.sending import Sending
from bot.delivery.telegram import IN_FLIGHT, Deliverer
from bot.errors import Retry
from bot.models.system import Blob
from bot.screens import Attachment

log = logging.getLogger(__name__)

IDLE_SECONDS = 0.4
FIRST_PAUSE, LONGEST_PAUSE = 2.0, 120.0


class Courier:
    """`hop` runs a function of a system context in one transaction, on the database's thread.

    It works only while it holds `lease`, and stands by otherwise. What was sent is written down
    before more is claimed, while the rest is on its way.
    """

    def __init__(self, hop: Hop, deliverer: Deliverer) -> None:
        self._hop = hop
        self._deliverer = deliverer
        self.lease = Lease(hop, COURIER, give_up_claimed)
        self._stop = asyncio.Event()
        self.wake = asyncio.Event()
        self._uploads: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._sending = Sending(self._send, IN_FLIGHT, self.wake.set)

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until `stop` is set; what a killed courier had claimed becomes unknown.

        While server or database cannot be reached everything stays queued, each round a
        longer pause after the one before.
        """
        self._stop = stop
        pause = FIRST_PAUSE
        while not stop.is_set():
            self.wake.clear()
            tried = await self._round()
            if self._sending.held_back:
                await self._write_down()
                await rest(stop, max(pause, self._deliverer.paused_for))
                pause = min(pause * 2, LONGEST_PAUSE)
                self._sending.held_back = False
                continue
            pause = FIRST_PAUSE
            if tried:
                await self._sending.until_fewer(MOST_IN_HAND - BATCH + 1)
            else:
                await rest(self.wake, IDLE_SECONDS)
        await self._write_down()

    async def deliver_once(self) -> int:
        """One round, after any pause that the server asked for; the number of messages tried."""
        await rest(self._stop, self._deliverer.paused_for)
        claimed = await self._exchange()
        await self._write_down()
        self._sending.held_back = False
        return claimed

    async def _round(self) -> int:
        """Claim more, if there is leave to send; the number claimed."""
        if not self.lease.holds and not self._sending.outcome:
            return 0
        if self._deliverer.paused_for > 0:
            self._sending.held_back = True
            return 0
        try:
            return await self._exchange()
        except Retry as trouble:
            log.warning("courier: %s", trouble)
            self._sending.held_back = True
            return 0

    async def _exchange(self) -> int:
        """Write down what has been sent, then claim more, so little at a time that whoever waits
        for a reply comes in between; the number claimed.
        """
        while sent := self._sending.outcome[:BATCH]:
            await self._hop(partial(record, outcome=sent))
            self._sending.forget(len(sent))
        claimed: list[Claimed] = await self._hop(self._claimed)
        self._sending.take(claimed)
        return len(claimed)

    def _claimed(self, ctx: Ctx) -> list[Claimed]:
        return claim(ctx) if self.lease.confirm(ctx.session) else []

    async def _write_down(self) -> None:
        """Everything in hand is sent, or let go, and written down once the database is there."""
        await self._sending.until_fewer(1)
        while sent := list(self._sending.outcome):
            try:
                await self._hop(partial(record, outcome=sent))
            except Retry as trouble:
                if self._stop.is_set():
                    raise
                log.warning("courier: %s", trouble)
                await rest(self._stop, FIRST_PAUSE)
            else:
                self._sending.forget(len(sent))

    async def _send(self, message: Claimed) -> SendResult:
        if self._stop.is_set() or not self.lease.holds:
            return SendResult(failure=Failure.UNREACHABLE, description="Rollcall is ending")
        if message.edits is not None:
            is_caption = message.attachment is not None
            return await self._deliverer.edit(
                message.user_id, message.edits, message.encoded, is_caption=is_caption
            )
        if message.attachment is not None:
            return await self._send_file(message, message.attachment)
        return await self._deliverer.send(message.user_id, message.encoded, silent=message.silent)

    async def _send_file(self, message: Claimed, attachment: Attachment) -> SendResult:
        """A file is uploaded once: who else gets it waits until the server has a name for it."""
        blob_id = attachment.blob_id
        async with self._upload_of(blob_id):
            try:
                found = await self._hop(lambda ctx: _content(ctx, blob_id))
            except Retry:
                return SendResult(failure=Failure.UNREACHABLE)
            if found is None:
                return SendResult(failure=Failure.NO_FILE)
            if isinstance(found[1], bytes):
                return await self._upload(message, attachment, found)
        return await self._deliverer.send_file(
            message.user_id, message.encoded, attachment.kind, *found
        )

    async def _upload(
        self, message: Claimed, attachment: Attachment, found: tuple[str, bytes | str]
    ) -> SendResult:
        result = await self._deliverer.send_file(
            message.user_id, message.encoded, attachment.kind, *found
        )
        if result.ok and result.file_id:
            with suppress(Retry):
                await self._hop(lambda ctx: _keep_file_id(ctx, attachment.blob_id, result.file_id))
        return result

    def _upload_of(self, blob_id: int) -> asyncio.Lock:
        lock = self._uploads.get(blob_id)
        if lock is None:
            lock = self._uploads[blob_id] = asyncio.Lock()
        return lock


def _content(ctx: Ctx, blob_id: int) -> tuple[str, bytes | str] | None:
    blob = ctx.session.get(Blob, blob_id)
    content = (blob.telegram_file_id or blob.content) if blob is not None else None
    return (blob.name, content) if blob is not None and content else None


def _keep_file_id(ctx: Ctx, blob_id: int, file_id: str) -> None:
    ctx.session.execute(update(Blob).where(Blob.id == blob_id).values(telegram_file_id=file_id))
