"""One block of kills: a world of its own, everybody busy, one kill after another, the oracle."""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import func, select

from bot.clock import SystemClock, monotonic
from bot.db import Database
from bot.models.inbound import SetAside
from bot.sandbox.faults import UpdateFault
from bot.sandbox.records import PendingUpdate, Phone
from bot.sandbox.server import SandboxServer
from scripts.killing import oracle, post
from scripts.killing.desk import Desk
from scripts.killing.houses import House, Role
from scripts.killing.nursery import PREPARE, Nursery
from scripts.killing.officer import Officer
from scripts.killing.people import Cast, account
from scripts.killing.post import InFlight
from scripts.proofs import Disproved

SETTLE_SECONDS = 90.0
LOOK_SECONDS = 0.2
SECONDS_A_KILL = 1.0
FEWEST_FORMS, KILLS_A_FORM = 5, 5
WEBHOOK_SECOND = 0.1
LATE_SHARE, LATE_SECONDS = 0.05, 1.0
COPIED_SHARE, COPY_SECONDS = 0.15, 0.4
LASTING = 86400.0
MOST_TOLD = 8


@dataclass(frozen=True, slots=True)
class Block:
    """A point (or random moment) for each kill; `pace` is how long an officer thinks at most."""

    name: str
    moments: tuple[str, ...]
    officers: int
    seed: int
    pace: float = 0.5


@dataclass(frozen=True, slots=True)
class Ground:
    """The database of a block and the processes on it, once the server's address is known."""

    url: str
    roles: list[Role]


GroundFor: TypeAlias = Callable[[Path], AbstractAsyncContextManager[Ground]]
"""Given a block's own folder, an empty database for as long as the block is played."""


class World:
    """The phones and the server they are at, the database, and who lives there."""

    def __init__(self, block: Block, folder: Path, ground: Ground, server: SandboxServer) -> None:
        self.block = block
        self.clock = SystemClock()
        self.cast = Cast(block.officers)
        self.server = server
        self.database = Database(ground.url)
        self.officers: list[Officer] = []
        self.in_flight = InFlight()
        self.confirmed: set[int] = set()
        inner = server.world.updates.on_confirmed

        def note(update: PendingUpdate) -> None:
            inner(update)
            self.confirmed.add(update.id)

        server.world.updates.on_confirmed = note
        self.order: dict[str, object] = {
            "database": ground.url,
            "api": server.url,
            "log": str(folder / "rollcall.log"),
        }

    def people(self) -> None:
        """Everybody picks up the phone."""
        watching = {}
        for person in self.cast.people:
            phone = Phone(account(person), f"Officer {person:04}", "", "en", started=True)
            self.server.world.add_phone(phone)
            kind = Desk if self.cast.is_desk(person) else Officer
            officer = kind(
                self.server.world, phone, person, seed=self.block.seed, pace=self.block.pace
            )
            watching[phone.id] = officer
            self.officers.append(officer)
        self.server.world.events.watch(
            lambda event: (
                watching[event["phone"]].look(event) if event.get("phone") in watching else None
            )
        )

    def troubles(self) -> None:
        """Some updates come late, some come again."""
        seed = self.block.seed
        self.server.faults.plan(
            UpdateFault(
                late=LATE_SECONDS, spread=True, share=LATE_SHARE, seconds=LASTING, seed=seed
            )
        )
        self.server.faults.plan(
            UpdateFault(
                copies=1, copy_after=COPY_SECONDS, share=COPIED_SHARE, seconds=LASTING, seed=seed
            )
        )

    def note_in_flight(self) -> None:
        """What the courier that was killed just now had in hand."""
        with self.database.transaction(readonly=True) as session:
            self.in_flight.note(session)


async def play(block: Block, nursery: Nursery, ground_for: GroundFor) -> Counter[str]:
    """Play the block to its end; what was counted. Raises Disproved with the first faults."""
    async with AsyncExitStack() as stack:
        name = stack.enter_context(tempfile.TemporaryDirectory(prefix="rollcall-kills-"))
        folder = Path(name)
        ground = await stack.enter_async_context(ground_for(folder))
        server = await stack.enter_async_context(
            SandboxServer(folder / "telegram", webhook_second=WEBHOOK_SECOND)
        )
        world = World(block, folder, ground, server)
        stack.callback(world.database.close)
        await _prepare(world, nursery)
        house = House(
            nursery,
            ground.roles,
            world.order,
            folder / "rollcall.log",
            world.note_in_flight,
            block.officers,
            lambda: sum(officer.seen for officer in world.officers),
        )
        world.people()
        world.troubles()
        living = [asyncio.ensure_future(officer.live()) for officer in world.officers]
        stack.callback(lambda: [one.cancel() for one in living])
        return await _played(world, house, living)


async def _prepare(world: World, nursery: Nursery) -> None:
    kills = len(world.block.moments)
    child = await nursery.start(
        **world.order,
        part=PREPARE,
        officers=world.block.officers,
        forms=FEWEST_FORMS + round(kills / KILLS_A_FORM),
        seconds=kills * SECONDS_A_KILL,
    )
    await child.finished()


async def _played(
    world: World, house: House, living: Sequence[asyncio.Future[None]]
) -> Counter[str]:
    dice = random.Random(f"{world.block.seed} {world.block.name}")
    for moment in world.block.moments:
        await house.kill_at(moment, dice)
        _raise_if_ended(living)
    await house.up()
    faults = await _stand_still(world)
    for officer in world.officers:
        officer.leave()
        officer.resume()
    faults += await _gone_home(world, living)
    await house.stop()
    counted = _judged(world, faults, house.said())
    counted["kills"] = house.kills
    return counted


def _raise_if_ended(living: Sequence[asyncio.Future[None]]) -> None:
    for one in living:
        if one.done():
            one.result()


async def _stand_still(world: World) -> list[str]:
    """Everybody waits until all is dealt with and shown; then every phone must stand right."""
    for officer in world.officers:
        officer.pause()
    faults = ["not everything was dealt with"]
    end = monotonic() + SETTLE_SECONDS
    while faults and monotonic() < end:
        await asyncio.sleep(LOOK_SECONDS)
        if world.server.world.updates.count() == 0:
            with world.database.transaction(readonly=True) as session:
                faults = oracle.standing(session, world.officers)
    return faults


async def _gone_home(world: World, living: Sequence[asyncio.Future[None]]) -> list[str]:
    """Everybody ends what is begun, and every notice that is due is told."""
    await _until_still(world, living)
    _raise_if_ended(living)
    faults = [
        f"person {one.person} cannot go on: {one.screen.text[:80] if one.screen else ''!r}"
        for one in world.officers
        if not one.is_done
    ]
    end = monotonic() + SETTLE_SECONDS
    while _waiting(world) and monotonic() < end:
        await asyncio.sleep(LOOK_SECONDS)
    return faults


async def _until_still(world: World, living: Sequence[asyncio.Future[None]]) -> None:
    """Until all are done, or nobody has done anything for long, however slow the machine is."""
    acts, still_since = -1, monotonic()
    while monotonic() - still_since < SETTLE_SECONDS:
        _done, going = await asyncio.wait(living, timeout=1)
        if not going:
            return
        if (now := sum(officer.acts for officer in world.officers)) != acts:
            acts, still_since = now, monotonic()


def _waiting(world: World) -> int:
    with world.database.transaction(readonly=True) as session:
        return post.waits(session, world.clock)


def _judged(world: World, faults: list[str], said: str) -> Counter[str]:
    with world.database.transaction(readonly=True) as session:
        faults = [*faults, *oracle.stored(session, world.officers)]
        faults += oracle.dealt_with(session, world.confirmed)
        wrong, ended = post.checked(session, world.officers, world.in_flight, world.clock)
        aside = session.execute(select(func.count()).select_from(SetAside)).scalar_one()
    faults += wrong
    if faults:
        told = "; ".join(faults[:MOST_TOLD])
        raise Disproved(f"{world.block.name}: {len(faults)} faults: {told}\n{said}")
    counted = oracle.figures(world.officers) + ended
    return counted + Counter(aside=int(aside), updates=len(world.confirmed))
