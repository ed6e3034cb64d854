"""The stub's other half: presses posted to webhooks over kept-alive connections."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from urllib.parse import parse_qs, urlsplit

CONNECTIONS = 40
LATER_SECONDS = 2.0
_POST = (
    b"POST %b HTTP/1.1\r\nHost: %b\r\nContent-Type: application/json\r\n"
    b"X-Telegram-Bot-Api-Secret-Token: %b\r\nContent-Length: %d\r\n\r\n%b"
)


class Poster:
    """Shares what is to be posted among the webhooks that were set, one update a connection.

    All webhooks together have as many connections as Telegram has to one; where there are
    several, this stands for the proxy before them.
    """

    def __init__(self) -> None:
        self.hooks: list[tuple[str, str]] = []
        self._waiting: deque[bytes] = deque()
        self._idle: list[Hook] = []
        self._connected = False

    def add(self, body: bytes) -> None:
        """Take a call of setWebhook, as JSON or as a form."""
        if body[:1] == b"{":
            given = json.loads(body)
        else:
            given = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        self.hooks.append((given["url"], given["secret_token"]))

    async def connect(self) -> None:
        """Open all connections; what was queued meanwhile is posted."""
        loop = asyncio.get_running_loop()
        for number in range(CONNECTIONS):
            url, secret = self.hooks[number % len(self.hooks)]
            parts = urlsplit(url)
            assert parts.hostname is not None
            assert parts.port is not None

            def made(path: str = parts.path, host: str = parts.netloc, key: str = secret) -> Hook:
                return Hook(self, path.encode(), host.encode(), key.encode())

            _transport, hook = await loop.create_connection(made, parts.hostname, parts.port)
            self._idle.append(hook)
        self._connected = True
        self.post([])

    def post(self, updates: list[bytes]) -> None:
        """Post these as soon as a connection is free."""
        self._waiting.extend(updates)
        while self._connected and self._waiting and self._idle:
            self._idle.pop().post(self._waiting.popleft())

    def done(self, hook: Hook, update: bytes, *, taken: bool) -> None:
        """A connection is free again; what was not taken is posted again later."""
        if not taken:
            asyncio.get_running_loop().call_later(LATER_SECONDS, self.post, [update])
        if self._waiting:
            hook.post(self._waiting.popleft())
        else:
            self._idle.append(hook)


class Hook(asyncio.Protocol):
    """One connection: posts one update, reads the status, and the length of what follows."""

    def __init__(self, poster: Poster, path: bytes, host: bytes, secret: bytes) -> None:
        self._poster = poster
        self._head = (path, host, secret)
        self._update = b""
        self._received = b""
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport

    def post(self, update: bytes) -> None:
        assert self._transport is not None
        self._update = update
        self._transport.write(_POST % (*self._head, len(update), update))

    def data_received(self, data: bytes) -> None:
        self._received += data
        end = self._received.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self._received[:end].lower()
        at = head.find(b"content-length:")
        length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(self._received) < end + 4 + length:
            return
        taken = self._received.split(b" ", 2)[1] == b"200"
        self._received = b""
        self._poster.done(self, self._update, taken=taken)
