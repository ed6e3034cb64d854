"""The sandbox's server and the real Rollcall in this process, on a clock that stands."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlmodel import select

from bot import app as root
from bot.clock import FixedClock
from bot.db import Database
from bot.forms import service
from bot.forms.service import Submission
from bot.models.forms import Draft
from bot.sandbox.phone import PhoneInHand
from bot.sandbox.server import SandboxServer
from bot.serving import Rollcall
from handlers.edge.desk import FrontDesk
from scripts.proofs.lossy_training import SPEAKER
from scripts.proofs.lossy_world import START, cast, settings_for

root.register_speaking()
root.register_working()

PATIENCE_SECONDS = 60


class House:
    """One chat with one person; `submitted` is what the form's service was handed."""

    def __init__(self, directory: Path, language: str) -> None:
        self.clock = FixedClock(START)
        self.server = SandboxServer(directory / "telegram", clock=self.clock, cast=cast(language))
        self._settings = settings_for(directory / "rollcall.db", language)
        self.database = Database(self._settings.database_url)
        self.submitted: dict[str, Any] | None = None
        self.is_out = False
        self._last: dict[str, Any] | None = None

    async def open(self) -> PhoneInHand:
        """Start both, link the speaker's phone; the phone."""
        await self.server.start()
        self._settings = self._settings.model_copy(
            update={"api_url": self.server.url, "sandbox": True}
        )
        await self._begin()
        phone = self.server.phone(SPEAKER)
        steps: tuple[Callable[[], object], ...] = (
            lambda: phone.text("/start"),
            phone.share_contact,
            lambda: phone.text("/menu"),
            lambda: phone.press(phone.buttons[0]),
        )
        for step in steps:
            step()
            await self.settle()
        return phone

    async def close(self) -> None:
        await self._end()
        await self.server.stop()
        self.database.close()

    async def restart(self) -> None:
        """End Rollcall where it stands, and start it again on the same database."""
        if not self.is_out:
            await self._end()
        self.is_out = False
        await self._begin()

    async def go_out(self) -> None:
        """Rollcall is away: what people do piles up with Telegram until `restart`."""
        await self._end()
        self.is_out = True

    async def settle(self) -> None:
        """Wait until every update is dealt with and shown."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while self.server.world.updates.count() > 0:
                if self._polling.done():
                    self._polling.result()
                await asyncio.sleep(0.002)
            await self._rollcall.front.idle()

    async def give_again(self) -> None:
        """Hand Rollcall the update that it had last once more."""
        if self._last is not None:
            await self._rollcall.front.take(copy.deepcopy(self._last))

    def draft(self, user_id: int) -> tuple[int, dict[str, Any]] | None:
        """The id and answers of the person's draft as they are stored; None without one."""
        with self.database.transaction(readonly=True) as session:
            row = session.exec(select(Draft).where(Draft.user_id == user_id)).first()
            return None if row is None or row.id is None else (row.id, dict(row.state["answers"]))

    def listen(self, form: str) -> Callable[[], None]:
        """Note what the form's service is handed; what is returned ends the listening."""
        real = service.SUBMIT.get(form)
        if real is None:
            return lambda: None

        def noting(ctx: Any, submission: Submission) -> Any:
            sentence = real(ctx, submission)
            self.submitted = dict(submission.answers)
            return sentence

        service.SUBMIT[form] = noting
        return lambda: service.SUBMIT.__setitem__(form, real)

    async def _begin(self) -> None:
        self._rollcall = Rollcall(self._settings, self.database, self.clock)
        self._stop = asyncio.Event()
        poller = await self._rollcall.make_poller()
        self._watch(self._rollcall.front)
        self._polling = asyncio.ensure_future(poller.run(self._stop))

    def _watch(self, front: FrontDesk) -> None:
        take = front.take

        def taken(raw: dict[str, Any]) -> asyncio.Future[Any]:
            self._last = raw
            return take(raw)

        front.take = taken  # type: ignore[method-assign]  # looks on, changes nothing

    async def _end(self) -> None:
        self._stop.set()
        await self._polling
        await self._rollcall.session.close()
        self._rollcall.committer.close()
