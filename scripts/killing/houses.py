"""Which processes of Rollcall there are, and how one of them is killed and started again."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bot.clock import monotonic
from scripts.killing import points
from scripts.killing.nursery import KILLED, Child, Nursery
from scripts.proofs import Disproved

RANDOM = "random moments"
MOST_PASSES = {
    points.BEFORE_COMMIT: 60, points.AFTER_COMMIT: 60,
    points.BEFORE_CONFIRM: 40, points.AFTER_CONFIRM: 40, points.AFTER_REPLY: 100,
    points.AFTER_CLAIM: 4, points.AFTER_SEND: 6, points.AFTER_RECORD: 4,
}  # fmt: skip
AT_START = 0.2
"""So many of the kills at random moments may fall into the start."""
SHORTEST_LIFE, LONGEST_LIFE = 0.1, 2.4
LOOK_SECONDS = 0.02
REACHED_SECONDS = 150.0
USUAL_OFFICERS = 50
FEWEST_PASSES = 2
TELLING_CHARACTERS = 2000


@dataclass(frozen=True, slots=True)
class Role:
    """One process: which part of Rollcall, what it is told beside the common, what it does."""

    part: str
    told: dict[str, object] = field(default_factory=dict)
    answers: bool = True
    delivers: bool = True


class House:
    """All processes on one database; at most one of them is down at a time."""

    def __init__(
        self,
        nursery: Nursery,
        roles: list[Role],
        order: dict[str, object],
        log: Path,
        note_in_flight: Callable[[], None],
        officers: int,
        shown: Callable[[], int],
    ) -> None:
        self._officers = officers
        self._shown = shown
        self._nursery = nursery
        self._roles = roles
        self._order = order
        self._log = log
        self._note_in_flight = note_in_flight
        self._running: dict[int, Child] = {}
        self.kills = 0

    async def up(self) -> None:
        """Start every process that does not run, to live on."""
        for place in range(len(self._roles)):
            if place not in self._running:
                await self._start(place)

    async def kill_at(self, point: str, dice: random.Random) -> None:
        """Have one process end at this point, or at a random moment; it stays down."""
        place = self._victim(point, dice)
        if point == RANDOM:
            await self.up()
            if dice.random() > AT_START:
                await self._at_work(self._running[place])
            life = dice.uniform(SHORTEST_LIFE, LONGEST_LIFE)
            await asyncio.wait({self._running[place].ended}, timeout=life)
            self._running[place].kill()
        else:
            if place in self._running:
                self._running[place].kill()
                await self._down(place)
            most = MOST_PASSES[point] * self._officers // USUAL_OFFICERS
            passes = dice.randint(1, max(FEWEST_PASSES, most))
            armed = await self._start(place, point, passes)
            await self.up()
            done, _pending = await asyncio.wait({armed.ended}, timeout=REACHED_SECONDS)
            if not done:
                raise Disproved(f"“{point}” was not passed {passes} times: {self.said()}")
        await self._down(place)

    async def _at_work(self, child: Child) -> None:
        """Until something is shown to anybody."""
        before, end = self._shown(), monotonic() + REACHED_SECONDS
        while self._shown() == before and child.lives and monotonic() < end:
            await asyncio.sleep(LOOK_SECONDS)

    async def stop(self) -> None:
        """End all in good order."""
        for child in self._running.values():
            await child.stop()
        self._running.clear()

    def said(self) -> str:
        """The end of what the processes logged."""
        text = self._log.read_text("utf-8") if self._log.exists() else ""
        return text[-TELLING_CHARACTERS:]

    def _victim(self, point: str, dice: random.Random) -> int:
        """Of those that pass the point one that is down already, else any."""
        places = [place for place, role in enumerate(self._roles) if _passes(role, point)]
        down = [place for place in places if place not in self._running]
        return dice.choice(down if down and point != RANDOM else places)

    async def _start(self, place: int, point: str = "", passes: int = 0) -> Child:
        role = self._roles[place]
        child = await self._nursery.start(
            **self._order, **role.told, part=role.part, point=point, passes=passes
        )
        self._running[place] = child
        return child

    async def _down(self, place: int) -> None:
        code = await self._running.pop(place).ended
        if code != KILLED:
            raise Disproved(f"a process ended by itself with {code}: {self.said()}")
        self.kills += 1
        if self._roles[place].delivers:
            self._note_in_flight()


def _passes(role: Role, point: str) -> bool:
    if point == RANDOM:
        return True
    return role.delivers if point in points.OF_COURIER else role.answers
