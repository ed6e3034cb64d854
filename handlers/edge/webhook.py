"""The webhook: each update is answered 200 only after the commit that holds its effect."""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from bot.clock import monotonic
from bot.config import Settings
from bot.errors import Refusal, Retry
from bot.i18n import _
from bot.vitals import Vitals
from handlers.edge.desk import FrontDesk
from handlers.edge.intake import ALLOWED
from handlers.edge.session import CallFailed, LeanSession
from handlers.edge.set_aside import Begun

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
MOST_BYTES = 1_000_000
MOST_CONNECTIONS = 40
AFTER_START_SECONDS = 150.0
"""As long as this after a start an update may be one that ended the process before."""
TRY_AGAIN = {"Retry-After": "2"}


class _Group:
    """Updates about which the database is asked together."""

    def __init__(self) -> None:
        self.updates: list[dict[str, Any]] = []
        self.asked: asyncio.Future[Begun]


class Webhook:
    """Takes what Telegram posts to the path of `ROLLCALL_WEBHOOK_URL`.

    Nothing but the secret says who posts: no address, and no header that names one, is believed.
    """

    def __init__(self, settings: Settings, front: FrontDesk, vitals: Vitals) -> None:
        if not settings.webhook_url or not settings.webhook_secret.get_secret_value():
            raise Refusal(_("Set ROLLCALL_WEBHOOK_URL and ROLLCALL_WEBHOOK_SECRET to serve."))
        self._url = settings.webhook_url
        self._secret = settings.webhook_secret.get_secret_value()
        self._front = front
        self._vitals = vitals
        self._counts_until = monotonic() + AFTER_START_SECONDS
        self._suspect = asyncio.Lock()
        self._asking = asyncio.Lock()
        self._group: _Group | None = None
        self.is_ending = False

    def route(self) -> web.RouteDef:
        return web.post(urlsplit(self._url).path or "/", self.receive)

    async def announce(self, session: LeanSession) -> None:
        """Have Telegram post here from now on; what waits there is kept.

        Refuses an address that Telegram refuses, or a server that does not answer.
        """
        payload = {
            "url": self._url,
            "secret_token": self._secret,
            "allowed_updates": ALLOWED,
            "max_connections": MOST_CONNECTIONS,
        }
        try:
            await session.call("setWebhook", payload)
        except CallFailed as failed:
            raise Refusal(
                _("The webhook could not be set: {reason}", reason=failed.result.description)
            ) from failed

    async def receive(self, request: web.Request) -> web.Response:
        """One update: 200 once committed, 503 where it is to be posted again later."""
        given = request.headers.get(SECRET_HEADER, "")
        if not secrets.compare_digest(
            given.encode(errors="surrogateescape"), self._secret.encode()
        ):
            return web.Response(status=403)
        self._vitals.heard()
        raw = _update(await request.read())
        if raw is None:
            return web.Response(status=400)
        if self.is_ending:
            return web.Response(status=503, headers=TRY_AGAIN)
        try:
            await self._dealt_with(raw)
        except Retry as trouble:
            log.warning("webhook: %s", trouble)
            return web.Response(status=503, headers=TRY_AGAIN)
        return web.Response()

    async def _dealt_with(self, raw: dict[str, Any]) -> None:
        if monotonic() < self._counts_until and await self._was_begun(raw):
            async with self._suspect:
                await (await self._front.take_suspect(raw))
        else:
            await self._front.take(raw)

    async def _was_begun(self, raw: dict[str, Any]) -> bool:
        """Asked for many at once: while one group is asked about, the next one gathers."""
        group = self._group
        if group is None:
            group = self._group = _Group()
            group.asked = asyncio.ensure_future(self._ask(group))
        group.updates.append(raw)
        begun = await asyncio.shield(group.asked)
        return raw["update_id"] in begun.before

    async def _ask(self, group: _Group) -> Begun:
        async with self._asking:
            self._group = None
            return await self._front.begun(group.updates)


def _update(body: bytes) -> dict[str, Any] | None:
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(raw, dict) or not isinstance(raw.get("update_id"), int):
        return None
    return raw
