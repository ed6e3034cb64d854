"""The page's levers: the clock, and Rollcall's process."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging

from aiohttp import web

from bot.sandbox.clock_control import ClockControl, later
from bot.sandbox.errors import ApiError, PageError
from bot.sandbox.page_requests import read_object
from bot.sandbox.records import Json
from bot.sandbox.rollcall_child import RollcallChild
from bot.sandbox.world import World

log = logging.getLogger(__name__)

UNITS = ("hours", "days", "weeks", "months")
LONGEST = {"hours": 240, "days": 3660, "weeks": 520, "months": 120}


class PageControl:
    """Moves the clock and ends or starts the child; a clock of another kind stays as it is."""

    def __init__(self, world: World, child: RollcallChild | None) -> None:
        self._world = world
        self._clock = world.clock if isinstance(world.clock, ClockControl) else None
        self._child = child
        self._playing: asyncio.Task[None] | None = None
        if self._clock is not None:
            self._clock.on_change = self._tell_clock
        if child is not None:
            child.on_change = self._tell_child

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/api/clock", self._move_clock),
            web.post("/api/rollcall", self._change_child),
        ]

    def state(self) -> Json:
        fixed = {
            "now": self._world.clock.now().isoformat(),
            "offset_seconds": 0,
            "playing": False,
            "target": None,
            "zone": "UTC",
        }
        return {
            "clock": self._clock.state() if self._clock else fixed,
            "rollcall": {"running": bool(self._child and self._child.running)},
        }

    async def close(self) -> None:
        """Stop playing."""
        if self._playing is not None:
            self._playing.cancel()
            await asyncio.gather(self._playing, return_exceptions=True)

    async def _move_clock(self, request: web.Request) -> web.Response:
        clock = self._clock
        if clock is None:
            raise PageError("The clock of this sandbox cannot be moved.")
        body = await read_object(request)
        if body.get("stop"):
            clock.stop()
            return web.json_response({"ok": True}, status=202)
        clock.check_free()
        target = later(clock.now(), **_span(body))
        if body.get("mode", "play") == "outage":
            await self._outage(clock, target)
        else:
            self._check_rollcall_runs()
            self._playing = asyncio.create_task(self._play(clock, target))
        return web.json_response({"ok": True}, status=202)

    async def _play(self, clock: ClockControl, target: dt.datetime) -> None:
        try:
            await clock.play(target)
        except Exception as error:
            log.exception("the clock stopped")
            trouble = ApiError(500, "the clock stopped", problem=repr(error))
            self._world.refuse("clock", trouble, None)

    async def _outage(self, clock: ClockControl, target: dt.datetime) -> None:
        """Leap with Rollcall dead, so that it wakes up in another time."""
        was_running = self._child is not None and self._child.running
        if self._child is not None and was_running:
            await self._child.kill()
        try:
            clock.jump(target)
        finally:
            if self._child is not None and was_running:
                await self._child.start()

    def _check_rollcall_runs(self) -> None:
        if self._child is not None and not self._child.running:
            raise PageError("Rollcall is not running: start it, or choose an outage.")

    async def _change_child(self, request: web.Request) -> web.Response:
        if self._child is None:
            raise PageError("This sandbox runs without Rollcall.")
        action = (await read_object(request)).get("action")
        if action == "kill":
            await self._child.kill()
        elif action == "start":
            await self._child.start()
        else:
            raise PageError("Rollcall can be killed or started.", 400)
        return web.json_response({"ok": True})

    def _tell_clock(self) -> None:
        if self._clock is not None:
            self._world.events.publish("clock", clock=self._clock.state())

    def _tell_child(self, running: bool) -> None:
        self._world.events.publish("rollcall", running=running)


def _span(body: Json) -> dict[str, int]:
    """How far to go; refuses nothing, less than nothing, and more than ten years."""
    span = {unit: body[unit] for unit in UNITS if body.get(unit)}
    for unit, number in span.items():
        if not isinstance(number, int) or not 0 < number <= LONGEST[unit]:
            raise PageError(f"The clock moves 1 to {LONGEST[unit]} {unit} at a time.", 400)
    if not span:
        raise PageError("Say how many hours, days, weeks or months.", 400)
    return span
