"""A Bot API server that does almost nothing: at most 0.2 ms a call, in a process of its own.

`python -m bench.stub` prints its port. POST /begin starts officers, GET /stats tells how far
they are and what the stub itself has cost. With `--limits` it refuses as Telegram does whoever
sends too fast, and its officers together press five times a second; with `--pace SECONDS` they
press as often as that says, and GET /took tells how long each reply took.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from collections.abc import Callable

from bench.limited import Limited
from bench.officers import Officers, chat_of
from bench.paced import Paced
from bench.poster import Poster

HOLD_SECONDS = 20.0
PRESS_SECONDS = 0.2
LOOK_SECONDS = 0.02
# A stub that is started later numbers its updates higher, as one server would: a database
# that is measured twice must not take the second run's updates for the first's.
UPDATE_NANOSECONDS = 100_000
_OK = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    b'{"ok":true,"result":%b}'
)
_REFUSED = (
    b"HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json\r\n"
    b"Content-Length: %d\r\n\r\n%b"
)
_FRAME = len(b'{"ok":true,"result":}')
_ME = b'{"id":424242,"is_bot":true,"first_name":"Rollcall","username":"rollcall_bot"}'
_FIXED = {b"getMe": _ME, b"getUpdates": b"[]", b"getWebhookInfo": b'{"url":""}'}


class Stub:
    """All connections share the officers, at most one held getUpdates, and the webhooks."""

    def __init__(self, limited: Limited | None = None, pace: float | None = None) -> None:
        self.limited = limited
        self.officers = Officers(last_update=time.monotonic_ns() // UPDATE_NANOSECONDS)
        self.paced = Paced(self.officers, pace, self._flush_soon) if pace is not None else None
        self.poster = Poster()
        self._connecting: asyncio.Task[None] | None = None
        self.calls = self.polls = 0
        self.stood_still = 0.0
        self._held: Connection | None = None
        self._flush_due = False
        self._told: dict[bytes, Callable[[], object]] = {
            b"stats": self._stats,
            b"sent": lambda: self.limited.sent_to if self.limited else [],
            b"took": lambda: self.paced.took if self.paced else [],
        }

    def take(self, method: bytes, body: bytes, connection: Connection) -> None:
        """Answer one call, or hold it until there is an update."""
        self.calls += 1
        if method == b"getUpdates":
            self.polls += 1
            self._held = connection
            self._flush_soon() if self._has_updates else self._hold(connection)
        elif method in (b"editMessageText", b"sendMessage"):
            self._show(method, body, connection)
        elif method in self._told:
            connection.answer(json.dumps(self._told[method]()).encode())
        elif method == b"begin":
            self._begin(body)
            connection.answer(b"true")
            if self.poster.hooks:
                self._connecting = asyncio.ensure_future(self.poster.connect())
            self._flush_soon()
        elif method == b"setWebhook":
            self.poster.add(body)
            connection.answer(b"true")
        else:
            connection.answer(_FIXED.get(method, b"true"))

    def _begin(self, body: bytes) -> None:
        self.officers.begin(json.loads(body))
        self.stood_still = 0.0
        if self.paced is not None:
            self.paced.begin()

    @property
    def _has_updates(self) -> bool:
        return self.paced.waiting if self.paced is not None else bool(self.officers.presses)

    def _show(self, method: bytes, body: bytes, connection: Connection) -> None:
        if self.limited is not None:
            refused = self.limited.refusal(method.decode(), chat_of(body))
            if refused is not None:
                connection.refuse(refused)
                return
        if self.paced is not None and method[:1] == b"e":
            self.paced.replied(body)
        connection.answer(self.officers.shown(body, is_edit=method[:1] == b"e"))
        if self.paced is None:
            self._flush_soon()

    async def watch(self) -> None:
        """Know how long the stub stood still at most since officers began."""
        while True:
            due = time.monotonic() + LOOK_SECONDS
            await asyncio.sleep(LOOK_SECONDS)
            self.stood_still = max(self.stood_still, time.monotonic() - due)

    def gone(self, connection: Connection) -> None:
        """Nobody waits for updates on a connection that was closed."""
        if self._held is connection:
            self._held = None

    def _hold(self, connection: Connection) -> None:
        asyncio.get_running_loop().call_later(HOLD_SECONDS, self._let_go, connection, self.calls)

    def _let_go(self, connection: Connection, since: int) -> None:
        if self._held is connection and self.calls == since:
            self._flush()

    def _flush_soon(self) -> None:
        if self.poster.hooks and self.limited is not None:
            self._press_slowly()
        elif self.poster.hooks:
            self.poster.post(self.officers.take_each())
        elif self._held is not None and not self._flush_due:
            self._flush_due = True
            asyncio.get_running_loop().call_soon(self._flush)

    def _press_slowly(self) -> None:
        if not self._flush_due and self.officers.presses:
            self._flush_due = True
            asyncio.get_running_loop().call_later(PRESS_SECONDS, self._press_one)

    def _press_one(self) -> None:
        self._flush_due = False
        self.poster.post([self.officers.presses.pop(0)])
        self._press_slowly()

    def _flush(self) -> None:
        self._flush_due = False
        if self._held is not None:
            held, self._held = self._held, None
            held.answer((self.paced or self.officers).take())

    def _stats(self) -> dict[str, float]:
        used = resource.getrusage(resource.RUSAGE_SELF)
        officers = self.officers
        return {
            "answered": officers.answered,
            "sent": officers.sent,
            "finished": officers.finished,
            "waiting": len(officers.waiting),
            "calls": self.calls,
            "polls": self.polls,
            "hooks": len(self.poster.hooks),
            "throttled": self.limited.refused if self.limited else 0,
            "stood_still": self.stood_still,
            "cpu": used.ru_utime + used.ru_stime,
        }


class Connection(asyncio.Protocol):
    """One kept-alive connection: the request line and Content-Length are all that is read."""

    def __init__(self, stub: Stub) -> None:
        self._stub = stub
        self._received = b""
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self._stub.gone(self)

    def data_received(self, data: bytes) -> None:
        self._received += data
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            head = self._received[:end]
            whole = end + 4 + _length(head)
            if len(self._received) < whole:
                return
            body, self._received = self._received[end + 4 : whole], self._received[whole:]
            path = head[: head.index(b"\r\n")].split(b" ", 2)[1]
            self._stub.take(path[path.rindex(b"/") + 1 :], body, self)

    def answer(self, result: bytes) -> None:
        """Send a result, unless the caller has gone."""
        if self._transport is not None:
            self._transport.write(_OK % (_FRAME + len(result), result))

    def refuse(self, error: bytes) -> None:
        """Send a refusal, unless the caller has gone."""
        if self._transport is not None:
            self._transport.write(_REFUSED % (len(error), error))


def _length(head: bytes) -> int:
    at = head.lower().find(b"content-length:")
    return int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0


async def main() -> None:
    """Serve until the process is ended; the port is printed first."""
    pace = float(sys.argv[sys.argv.index("--pace") + 1]) if "--pace" in sys.argv else None
    stub = Stub(Limited() if "--limits" in sys.argv else None, pace)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(stub), "127.0.0.1", 0)
    watching = loop.create_task(stub.watch())
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    try:
        await server.serve_forever()
    finally:
        watching.cancel()


if __name__ == "__main__":
    asyncio.run(main())
