"""A stage for conversations: the real sandbox server, the real Rollcall, phones in hand.

Everything that is seen or done goes into a transcript, which is compared with a golden file.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot import app as root
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.delivery import budget
from bot.sandbox.cast import Cast
from bot.sandbox.server import SandboxServer
from bot.scheduler import due
from bot.serving import Rollcall
from bot.work.queue import Workshop
from bot.work.runner import run_next
from handlers.edge import flood
from tests.conversations import usage
from tests.conversations.actor import Actor
from tests.conversations.drawing import Seen, drawn

root.register_speaking()
root.register_working()
usage.watch()

ZONE = ZoneInfo("Asia/Phnom_Penh")


class Stage:
    """`clock` is shared by the server and Rollcall, and stands until it is moved."""

    def __init__(self, directory: Path, settings: Settings, clock: FixedClock, cast: Cast) -> None:
        self.clock = clock
        self.server = SandboxServer(directory / "telegram", clock=clock, cast=cast)
        self._base = settings
        self.lines: list[str] = []
        self.ids: dict[str, int] = {}
        self.expected_refusals: list[tuple[str, str]] = []
        self._names: dict[int, str] = {}
        self._moving = False
        self._moment = ""
        self._speaker = ""
        self._seen: list[Seen] = []
        usage.noted.clear()
        self.database = Database(settings.database_url)

    async def open(self) -> None:
        """Start the server and Rollcall, on a database that is prepared."""
        self._chat_seconds, budget.CHAT_SECONDS = budget.CHAT_SECONDS, 0.01
        self._at_once, flood.AT_ONCE = flood.AT_ONCE, 1000.0  # strangers are played in no time
        await self.server.start()
        self.settings = self._base.model_copy(update={"api_url": self.server.url, "sandbox": True})
        self.server.world.events.watch(self._note)
        await self._start_rollcall()

    async def close(self) -> None:
        await self._stop_rollcall()
        await self.server.stop()
        self.database.close()
        budget.CHAT_SECONDS, flood.AT_ONCE = self._chat_seconds, self._at_once

    async def restart(self) -> None:
        """End Rollcall where it stands, and start it again on the same database."""
        self.write("-- Rollcall is restarted --")
        usage.noted.add(usage.RESTART)
        await self._stop_rollcall()
        await self._start_rollcall()
        await self.settle()

    def actor(self, who: str) -> Actor:
        """A member of the cast with their phone."""
        phone = self.server.phone(who)
        name = str(self.server.cast.by_key(who)["key"]).capitalize()
        self._names[phone.id] = name
        return Actor(self, name, phone)

    def stranger(self, name: str, number: str = "+85512000000", language: str = "en") -> Actor:
        phone = self.server.stranger(name, number, language)
        self._names[phone.id] = name
        return Actor(self, name, phone)

    async def settle(self) -> None:
        """Until every update is dealt with and shown, all work is done, all due is sent."""
        async with asyncio.timeout(300):
            while True:
                await self._updates_done()
                await self._stay_on_duty()
                if await self.rollcall.courier.deliver_once():
                    continue
                if await asyncio.to_thread(run_next, self._workshop):
                    continue
                if self.server.world.updates.count() == 0:
                    return

    async def _stay_on_duty(self) -> None:
        """A play on a busy machine outlasts the lease, and who is not on duty does nothing."""
        if not self.rollcall.courier.lease.holds:
            await self.rollcall.courier.lease.take()

    async def tick(self) -> None:
        """One round of the scheduler, and everything that follows from it."""
        await self._stay_on_duty()
        await self.rollcall.scheduler.tick()
        await self.settle()

    async def move_to(self, target: dt.datetime) -> None:
        """Play the clock from due moment to due moment; what is sent is written with its time."""
        self._moving, self._moment = True, ""
        await self.tick()
        after = self.clock.now()
        while (moment := self._next_due(after, target)) is not None:
            after = moment
            self.clock.set(moment + dt.timedelta(seconds=1))
            await self.tick()
        self.clock.set(target)
        await self.tick()
        self._moving = False

    async def move(self, **delta: float) -> None:
        """Play the clock on by a timedelta's arguments, such as `days=1`."""
        self.write(f"-- {', '.join(f'{value} {name}' for name, value in delta.items())} later --")
        await self.move_to(self.clock.now() + dt.timedelta(**delta))

    def ctx(self, session: Any) -> Ctx:
        return Ctx(session, self.clock, SYSTEM, self.settings)

    async def join(self, who: str) -> Actor:
        """Somebody who has linked their phone and read the notice, off the record."""
        actor = self.actor(who)
        await self.off_record(self._link(actor))
        return actor

    async def off_record(self, acts: Awaitable[None]) -> None:
        """What stands in another transcript already."""
        self._write_seen()
        kept, used = len(self.lines), set(usage.noted)
        await acts
        self._seen.clear()
        del self.lines[kept:]
        usage.noted.clear()
        usage.noted.update(used)

    async def _link(self, actor: Actor) -> None:
        actor.phone.text("/start")
        await self.settle()
        actor.phone.share_contact()
        await self.settle()
        actor.phone.press(actor.phone.buttons[0])
        await self.settle()

    def act(self, name: str, line: str) -> None:
        """Write down what somebody does; what they see comes before what others see."""
        self.write(f"{name}{line}")
        self._speaker = name

    def write(self, line: str) -> None:
        self._write_seen()
        if line.startswith("--") or not line.startswith(" "):
            self.lines.append("")
        self.lines.append(line)

    @property
    def transcript(self) -> str:
        """Everything said and seen, and what it made use of."""
        self._write_seen()
        with self.database.transaction(readonly=True) as session:
            used = sorted(usage.noted | usage.kept_in(session))
        return "\n".join([*self.lines, "", usage.HEADING, *used]).strip() + "\n"

    def _next_due(self, after: dt.datetime, until: dt.datetime) -> dt.datetime | None:
        with self.database.transaction(readonly=True) as session:
            return due.next_due(self.ctx(session), after, until)

    async def stop_fetching(self) -> None:
        """Let updates pile up on the server; what was fetched is finished."""
        self._stop.set()
        await self._polling

    async def fetch_again(self) -> None:
        """Poll as after an outage, and deal with all that has piled up."""
        await self._fetch()
        await self.settle()

    async def _start_rollcall(self) -> None:
        self.rollcall = Rollcall(self.settings, self.database, self.clock)
        self._workshop = Workshop(self.database, self.clock, self.settings)
        await self._fetch()
        await self.rollcall.courier.lease.take()
        await self.rollcall.duty.deliverer.start()

    async def _fetch(self) -> None:
        self._stop = asyncio.Event()
        poller = await self.rollcall.make_poller()
        self._polling = asyncio.ensure_future(poller.run(self._stop))

    async def _stop_rollcall(self) -> None:
        self._stop.set()
        await self._polling
        await self.rollcall.duty.deliverer.stop()
        await self.rollcall.courier.lease.give_back()
        await self.rollcall.session.close()
        self.rollcall.committer.close()

    async def _updates_done(self) -> None:
        while self.server.world.updates.count() > 0:
            if self._polling.done():
                self._polling.result()
            await asyncio.sleep(0.005)
        await self.rollcall.front.idle()

    def _note(self, event: dict[str, Any]) -> None:
        if event["type"] not in ("toast", "message", "edit") or event["phone"] not in self._names:
            return
        name = self._names[event["phone"]]
        self._note_moment()
        if event["type"] == "toast" and event["text"]:
            mark = "!" if event["alert"] else "~"
            self._seen.append(Seen(name, True, [f"    {name} {mark} {event['text']}"]))
        if event["type"] in ("message", "edit") and event["message"]["from"] == "bot":
            self._seen.append(Seen(name, False, drawn(name, event)))

    def _note_moment(self) -> None:
        moment = f"{self.clock.now().astimezone(ZONE):%a %-d %b %H:%M}"
        if self._moving and moment != self._moment:
            self._write_seen()
            self._moment = moment
            self.lines.append(f"    [{moment}]")

    def _write_seen(self) -> None:
        """One phone after another, since what two phones show at once has no order."""
        order = [self._speaker, *self._names.values()]
        self._seen.sort(key=lambda seen: (order.index(seen.name), not seen.is_toast))
        self.lines += [line for seen in self._seen for line in seen.lines]
        self._seen.clear()
        self._speaker = ""
