"""A bot that does what a test tells it, over HTTP as any bot would."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp

Json = dict[str, Any]
POLL_SECONDS = 5
PATIENCE_SECONDS = 60


class ScriptedBot:
    """Calls the Bot API at `url`; what people do waits in a queue until it is asked for."""

    def __init__(self, url: str, token: str) -> None:
        self._base = f"{url}/bot{token}"
        self._token = token
        self._received: asyncio.Queue[Json] = asyncio.Queue()
        self._session: aiohttp.ClientSession | None = None
        self._polling: asyncio.Task[None] | None = None

    async def __aenter__(self) -> ScriptedBot:
        self._session = aiohttp.ClientSession()
        self._polling = asyncio.create_task(self._poll())
        return self

    async def __aexit__(self, *exc: object) -> None:
        if self._polling is not None:
            self._polling.cancel()
            await asyncio.gather(self._polling, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    async def move(self, url: str) -> None:
        """Go on at another address, where the same sandbox has been started again."""
        self._base = f"{url}/bot{self._token}"

    async def ask(self, method: str, **params: Any) -> Json:
        """The whole answer of one call; bytes are sent as files named after their field."""
        assert self._session is not None
        form = aiohttp.FormData(default_to_multipart=True)
        for name, value in params.items():
            if isinstance(value, tuple):
                filename, content, kind = value
                form.add_field(name, content, filename=filename, content_type=kind)
            else:
                form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        async with self._session.post(f"{self._base}/{method}", data=form) as response:
            answer: Json = await response.json()
        return answer

    async def call(self, method: str, **params: Any) -> Any:
        """The result of a call that must not be refused."""
        answer = await self.ask(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def say(self, chat_id: int, text: str, **params: Any) -> int:
        """Send a message; gives its id."""
        message = await self.call("sendMessage", chat_id=chat_id, text=text, **params)
        number: int = message["message_id"]
        return number

    async def received(self, kind: str) -> Json:
        """The next update of this kind; updates of other kinds are passed over."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                update = await self._received.get()
                if kind in update:
                    body: Json = update[kind]
                    return body

    async def _poll(self) -> None:
        offset = 0
        while True:
            try:
                found = await self.call("getUpdates", offset=offset, timeout=POLL_SECONDS)
            except aiohttp.ClientError:
                await asyncio.sleep(0.1)
                continue
            for update in found:
                offset = update["update_id"] + 1
                self._received.put_nowait(update)


def keyboard(*rows: tuple[str, ...]) -> Json:
    """An inline keyboard; the data of a button is its label, as far as 64 bytes go."""
    return {
        "inline_keyboard": [
            [{"text": label, "callback_data": _data(label)} for label in row] for row in rows
        ]
    }


def _data(label: str) -> str:
    return label.encode()[:64].decode(errors="ignore")
