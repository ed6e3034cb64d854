"""One request to the webhook, and what became of it in Telegram's words."""

from __future__ import annotations

import json
from dataclasses import dataclass

import aiohttp

from bot.sandbox.records import Json, Webhook
from bot.sandbox.webhook_rules import is_here

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LONGEST_RETRY_AFTER = 3600


@dataclass(frozen=True, slots=True)
class Outcome:
    """`taken` after a 2xx; else `trouble` in words, and the seconds the answer asks to wait."""

    taken: bool
    trouble: str = ""
    retry_after: float = 0.0


class Post:
    """Sends updates; follows no redirect, and never leaves this machine."""

    def __init__(self, read_seconds: float) -> None:
        self._timeout = aiohttp.ClientTimeout(total=read_seconds)
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        connector = aiohttp.TCPConnector(limit=0)
        self._session = aiohttp.ClientSession(
            connector=connector, timeout=self._timeout, cookie_jar=aiohttp.DummyCookieJar()
        )

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def send(self, webhook: Webhook, update: Json) -> Outcome:
        """Bring one update; what it answers to a 2xx is not looked at."""
        if self._session is None:
            raise RuntimeError("open it first")
        if not is_here(webhook.url):
            return Outcome(False, "Connection refused: the sandbox reaches this machine only")
        headers = {"Content-Type": "application/json"}
        if webhook.secret_token:
            headers[SECRET_HEADER] = webhook.secret_token
        try:
            async with self._session.post(
                webhook.url,
                data=json.dumps(update, ensure_ascii=False).encode(),
                headers=headers,
                allow_redirects=False,
            ) as response:
                await response.read()
                return _judged(response)
        except TimeoutError:
            return Outcome(False, "Read timeout expired")
        except aiohttp.ClientConnectorError as error:
            return Outcome(False, error.os_error.strerror or "Connection refused")
        except (aiohttp.ClientError, OSError) as error:
            return Outcome(False, f"Connection closed ({type(error).__name__})")


def _judged(response: aiohttp.ClientResponse) -> Outcome:
    if 200 <= response.status < 300:
        return Outcome(True)
    words = f"Wrong response from the webhook: {response.status} {response.reason or ''}".rstrip()
    asked = response.headers.get("Retry-After", "")
    seconds = int(asked) if asked.isdecimal() else 0
    return Outcome(False, words, float(min(seconds, LONGEST_RETRY_AFTER)))
