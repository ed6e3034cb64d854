"""The front desk: takes raw updates, has each dealt with, and shows the result.

An update that cannot be read, or that hits a bug, is set aside and never blocks the rest.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

from sqlmodel import Session

from bot.clock import monotonic, rest
from bot.committer import Committer
from bot.context import Ctx
from bot.errors import Retry
from bot.events import Event, EventKind
from bot.vitals import Dealt, Vitals
from handlers.edge import measuring, middleware, set_aside, unshown
from handlers.edge.intake import to_event
from handlers.edge.lanes import Lanes
from handlers.edge.middleware import Desk, Outgoing
from handlers.edge.replier import Replier
from handlers.edge.session import CallFailed, LeanSession
from handlers.edge.set_aside import Begun

log = logging.getLogger(__name__)

MOST_FILE_BYTES = 20_000_000
ENDED_NEVER = "it was begun three times without ending"
SWEEP_SECONDS = 5.0


class FrontDesk:
    """Deals with updates, however they came in."""

    def __init__(
        self,
        desk: Desk,
        session: LeanSession,
        committer: Committer,
        replier: Replier,
        vitals: Vitals,
    ) -> None:
        self._desk = desk
        self._vitals = vitals
        self._session = session
        self._committer = committer
        self._replier = replier
        self._lanes = Lanes()
        self.after_commit: Callable[[], None] = lambda: None

    def take(self, raw: dict[str, Any]) -> asyncio.Future[Any]:
        """Queue one update; the future ends when it is committed, or raises Retry."""
        try:
            event = to_event(raw)
        except Exception:  # noqa: BLE001  whatever it holds, it may not end the polling
            return self.put_aside(raw, "it could not be read")
        if event is None:
            return self._ignored(raw)
        came_at = monotonic()

        async def show(outgoing: Outgoing | None) -> None:
            await self._replier_shows(outgoing)
            self._vitals.shown(monotonic() - came_at)

        return self._lanes.add(event.user_id, lambda: self._deal(event, raw, came_at), show)

    async def begun(self, updates: list[dict[str, Any]]) -> Begun:
        """Which of these have been begun before, counted in a commit of its own."""
        begun: Begun = await self._committer.run(
            lambda session: set_aside.begun(session, self._desk, updates)
        )
        return begun

    async def take_suspect(self, raw: dict[str, Any]) -> asyncio.Future[Any]:
        """As `take`, for one that may have ended the process; set aside after three times."""
        allowed: bool = await self._committer.run(
            lambda session: set_aside.begin_again(session, self._desk, raw["update_id"])
        )
        return self.take(raw) if allowed else self.put_aside(raw)

    def put_aside(self, raw: dict[str, Any], reason: str = ENDED_NEVER) -> asyncio.Future[Any]:
        """Keep an update for the operator instead of dealing with it."""
        payload = set_aside.storable(raw)
        self._vitals.dealt("unread", Dealt.ASIDE)

        def unit(session: Session) -> None:
            set_aside.keep(session, self._desk, payload, reason)

        return asyncio.ensure_future(self._committer.run(unit))

    async def show_unshown(self) -> None:
        """After a restart, show every screen that was decided but not shown."""
        waiting: list[int] = await self._committer.run(unshown.all_unshown)
        for user_id in waiting:
            self._show_again(user_id)

    async def keep_showing(self, stop: asyncio.Event) -> None:
        """Until `stop` is set, show again what should have been shown by now; not in a pause,
        which would use up the tries.
        """
        while not stop.is_set():
            await rest(stop, SWEEP_SECONDS)
            if self._replier.is_paused:
                continue
            with suppress(Retry):
                for user_id in await self._committer.hop(unshown.long_unshown):
                    self._show_again(user_id)

    async def idle(self) -> None:
        """Wait until everything taken has been shown and recorded."""
        await self._lanes.idle()
        await self._replier.idle()

    def _show_again(self, user_id: int) -> None:
        """In this person's turn, so that nothing older is shown over something newer."""
        again = self._lanes.add(
            user_id,
            lambda: self._committer.hop(
                lambda ctx: unshown.once_more(ctx, user_id), lambda: (user_id,)
            ),
            self._replier_shows,
        )
        again.add_done_callback(asyncio.Future.exception)

    async def _replier_shows(self, outgoing: Outgoing | None) -> None:
        if outgoing is None:
            return
        try:
            await self._replier.show(outgoing)
        except Retry:
            log.warning("chat %s: what was shown could not be recorded", outgoing.user_id)

    async def _deal(self, event: Event, raw: dict[str, Any], came_at: float) -> Outgoing | None:
        try:
            if event.kind is EventKind.FILE:
                event = await self._with_file(event)
            outgoing: Outgoing = await self._committer.run(
                lambda session: middleware.handle(session, self._desk, event),
                lambda: (event.user_id,),
            )
        except Retry:
            self._vitals.dealt(event.kind, Dealt.RETRY)
            raise
        except Exception as error:  # noqa: BLE001  set aside, and never blocks the rest
            self._vitals.dealt(event.kind, Dealt.ASIDE)
            return await self._bug(event, raw, error)
        self._vitals.dealt(event.kind, Dealt.COMMITTED, monotonic() - came_at)
        if outgoing.has_told:
            self.after_commit()
        return outgoing

    async def _bug(self, event: Event, raw: dict[str, Any], error: Exception) -> Outgoing:
        number = secrets.token_hex(3)
        log.error("update %s hit a bug, number %s", event.update_id, number, exc_info=error)

        def unit(session: Session) -> Outgoing:
            set_aside.keep(session, self._desk, raw, f"bug {number}")
            return middleware.apologise(session, self._desk, event, number)

        outgoing: Outgoing = await self._committer.run(unit, lambda: (event.user_id,))
        return outgoing

    async def _with_file(self, event: Event) -> Event:
        """Fetch the file before the transaction, if somebody waits for it."""
        sent = event.file
        assert sent is not None
        awaited = await self._committer.hop(lambda ctx: set_aside.is_awaited(ctx, event))
        if not awaited or sent.size > MOST_FILE_BYTES:
            return event
        try:
            content = await self._session.download(sent.file_id, MOST_FILE_BYTES)
        except CallFailed as failed:
            log.warning("a file could not be fetched: %s", failed.result.failure)
            return event

        def keep(ctx: Ctx) -> int:
            return set_aside.keep_file(ctx, sent.name, content)

        blob_id: int = await self._committer.hop(keep)
        side = measuring.long_side(sent.name, content)
        return replace(event, file=replace(sent, blob_id=blob_id, long_side=side))

    def _ignored(self, raw: dict[str, Any]) -> asyncio.Future[Any]:
        done: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        log.info("update %s is not for us", raw.get("update_id"))
        self._vitals.dealt("other", Dealt.IGNORED)
        done.set_result(None)
        return done
