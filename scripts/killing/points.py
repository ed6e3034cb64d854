"""The eight named points at which a process ends itself, as `kill -9` would, set from outside.

Real functions are wrapped in the process that is to die; the product knows nothing of it.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from sqlmodel import Session

import bot.db
import bot.delivery.courier
import bot.delivery.telegram
import handlers.edge.session
from bot.context import Ctx
from handlers.edge import middleware

BEFORE_COMMIT, AFTER_COMMIT = "before commit", "after commit"
BEFORE_CONFIRM, AFTER_CONFIRM = "before confirm", "after confirm"
AFTER_REPLY = "after reply"
AFTER_CLAIM, AFTER_SEND, AFTER_RECORD = "after claim", "after send", "after record"
POINTS = (
    BEFORE_COMMIT, AFTER_COMMIT, BEFORE_CONFIRM, AFTER_CONFIRM,
    AFTER_REPLY, AFTER_CLAIM, AFTER_SEND, AFTER_RECORD,
)  # fmt: skip
OF_COURIER = (AFTER_CLAIM, AFTER_SEND, AFTER_RECORD)
REPLIES = ("sendMessage", "editMessageText")


@dataclass(slots=True)
class Fuse:
    """Ends this process at the `passes`-th passing of `point`; never, if that is 0."""

    point: str
    passes: int

    def pass_by(self, point: str) -> None:
        if point != self.point or self.passes <= 0:
            return
        self.passes -= 1
        if self.passes == 0:
            os.kill(os.getpid(), signal.SIGKILL)
            signal.pause()


def install(fuse: Fuse) -> None:
    """Wrap what Rollcall runs through; for a process of its own, once."""
    within = threading.local()
    _watch_commits(fuse, within)
    _mark(middleware, "handle", within, AFTER_COMMIT, lambda _outgoing: True)
    _mark(bot.delivery.courier, "claim", within, AFTER_CLAIM, bool)
    _mark(bot.delivery.courier, "record", within, AFTER_RECORD, lambda _none: True)
    _watch_calls(fuse)
    _watch_webhook(fuse)
    _watch_sends(fuse)


def _watch_commits(fuse: Fuse, within: threading.local) -> None:
    """Commits count by what their transaction held."""

    class Watched(Session):
        def commit(self) -> None:
            held: set[str] = getattr(within, "held", set())
            within.held = set()
            if AFTER_COMMIT in held:
                fuse.pass_by(BEFORE_COMMIT)
            super().commit()
            for point in held:
                fuse.pass_by(point)

    replace(bot.db, "Session", Watched)


def _mark(
    module: Any, name: str, within: threading.local, point: str, counts: Callable[[Any], bool]
) -> None:
    """Note on this thread that the transaction under way holds such work."""
    inner = getattr(module, name)

    def marked(first: Session | Ctx, *rest: Any, **named: Any) -> Any:
        outcome = inner(first, *rest, **named)
        if counts(outcome):
            within.held = {*getattr(within, "held", ()), point}
        return outcome

    replace(module, name, marked)


def _watch_calls(fuse: Fuse) -> None:
    """A poll with an offset confirms what was fetched before; a reply is there once answered."""
    inner = handlers.edge.session.LeanSession.call

    async def call(self: Any, method: str, payload: dict[str, Any], **named: Any) -> Any:
        confirms = method == "getUpdates" and payload.get("offset", 0) > 0
        if confirms:
            fuse.pass_by(BEFORE_CONFIRM)
        result = await inner(self, method, payload, **named)
        if confirms:
            fuse.pass_by(AFTER_CONFIRM)
        if method in REPLIES:
            fuse.pass_by(AFTER_REPLY)
        return result

    replace(handlers.edge.session.LeanSession, "call", call)


def _watch_webhook(fuse: Fuse) -> None:
    """By webhook, the answer 200 confirms."""
    inner = web.Response.write_eof

    async def write_eof(self: web.Response, *data: Any) -> None:
        confirms = self.status == web.HTTPOk.status_code
        if confirms:
            fuse.pass_by(BEFORE_CONFIRM)
        await inner(self, *data)
        if confirms:
            fuse.pass_by(AFTER_CONFIRM)

    replace(web.Response, "write_eof", write_eof)


def _watch_sends(fuse: Fuse) -> None:
    inner = bot.delivery.telegram.Deliverer.send

    async def send(self: Any, *given: Any, **named: Any) -> Any:
        result = await inner(self, *given, **named)
        if result.ok:
            fuse.pass_by(AFTER_SEND)
        return result

    replace(bot.delivery.telegram.Deliverer, "send", send)


def replace(owner: Any, name: str, outer: Any) -> None:
    """Put what was wrapped in the place of the original, for all who look it up there."""
    setattr(owner, name, outer)
