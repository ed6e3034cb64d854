"""Two processes act at the same time on PostgreSQL: dice say which does its next statement.

Each process stops before every statement and before its commit until it is told to go on. One
that waits for a lock of the other is left alone until it stops again.
"""

from __future__ import annotations

import datetime as dt
import os
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot.clock import FixedClock
from bot.config import Settings
from bot.context import Ctx
from bot.db import Database
from bot.models.training import TrainingClass
from bot.training import seats
from scripts.enrolling import histories
from scripts.enrolling.acts import ACTS, MOST
from scripts.enrolling.histories import NAMES, WEIGHTS
from scripts.enrolling.seen import Seen
from scripts.enrolling.world import START, World

STATEMENT, COMMITTED, OVER = "statements", "commits", "over"
GIVEN_UP, BEGUN, WAITED = "given up:", "begun at once", "waited"
SETTING_OUT, BETWEEN, MOST_TRIES = 8, 3, 8
"""Acts that are done alone before the first encounter, at most so many between two, and how often
they are drawn at most until one can be done.
"""
PROCESSES = 2
LOOK_SECONDS = 0.01
PATIENCE = 3000
"""How often a process is looked at that neither stops nor waits for a lock: half a minute."""
TICK = dt.timedelta(milliseconds=1)
"""By which time goes on with every statement, as it does where the clock is the machine's."""
TRIES = 3
LOCKED = text("SELECT 1 FROM pg_stat_activity WHERE pid = :pid AND wait_event_type = 'Lock'")


class Stuck(AssertionError):
    """A process neither came on nor waited for the other."""


@dataclass(slots=True)
class Hand:
    """One process: its pipe, its connection's number at the server, and whether it is to stop."""

    pipe: Connection
    pid: int
    is_running: bool = False
    story: list[str] = field(default_factory=list)

    def begin(self, name: str, numbers: list[int]) -> None:
        self.pipe.send((name, numbers))
        self.is_running = True
        self.story.append(f"{name}{tuple(numbers)}")


@contextmanager
def hands(world: World, *, careless: bool = False) -> Iterator[list[Hand]]:
    """Two processes at the world's database; `careless` ones do not hold the class they act on."""
    processes = get_context("spawn")
    with ExitStack() as stack:
        found = []
        for _number in range(PROCESSES):
            ours, theirs = processes.Pipe()
            given = (world.settings, world.places(), theirs, careless)
            worker = processes.Process(target=_work, args=given, daemon=True)
            worker.start()
            theirs.close()
            stack.callback(worker.join)
            stack.callback(ours.send, None)
            found.append(Hand(ours, ours.recv()))
        yield found


def play(world: World, both: list[Hand], seed: int, rounds: int) -> Counter[str]:
    """One history: acts alone, and now and then two at once; raises Broken with its story."""
    dice = random.Random(seed)
    world.put_back()
    counted: Counter[str] = Counter()
    before = histories.look(world)
    story = f"seed {seed}"
    for number in range(rounds):
        for _step in range(dice.randint(1, BETWEEN) if number else SETTING_OUT):
            story += _alone(world, dice, counted)
            before = histories.checked(world, before, story)
        before, story = _at_once(world, both, dice, before, story, counted)
    return counted


def _alone(world: World, dice: random.Random, counted: Counter[str]) -> str:
    """One act that can be done, in this process, while nobody else acts; its words."""
    for _try in range(MOST_TRIES):
        name, numbers = _drawn(dice)
        if histories.one(world, name, *numbers) == histories.DONE:
            counted[name] += 1
            return f" {name}{tuple(numbers)}"
    return ""


def _drawn(dice: random.Random, *, at_once: bool = False) -> tuple[str, list[int]]:
    while True:
        name = dice.choices(NAMES, WEIGHTS)[0]
        if ACTS[name].at_once or not at_once:
            return name, [dice.randrange(MOST) for _number in range(3)]


def _at_once(
    world: World,
    both: list[Hand],
    dice: random.Random,
    before: Seen,
    story: str,
    counted: Counter[str],
) -> tuple[Seen, str]:
    """Both processes act, about the same class; the laws are read after each commit."""
    who, where = dice.randrange(MOST), dice.randrange(MOST)
    for hand in both:
        name, (own, _where, much) = _drawn(dice, at_once=True)
        hand.begin(name, [dice.choice((who, own)), where, much])
        story += f" | {hand.story[-1]}"
        counted[BEGUN] += 1
    with world.database.engine.connect() as watcher:
        while any(hand.is_running for hand in both):
            ready = [hand for hand in both if hand.is_running and _stops(watcher, hand)]
            counted[WAITED] += len(ready) < sum(hand.is_running for hand in both)
            if not ready:
                continue
            hand = dice.choice(ready)
            said = hand.pipe.recv()
            hand.is_running = said[0] != OVER
            counted[said[0] if said[0] != OVER else said[1]] += 1
            if said[0] == COMMITTED:
                before = histories.checked(world, before, story)
            if hand.is_running:
                world.clock.set(world.clock.now() + TICK)
                hand.pipe.send(world.clock.now())
    return before, story


def _stops(watcher: Any, hand: Hand) -> bool:
    """Whether the process has stopped; waits until it has, or waits itself for the other."""
    for _look in range(PATIENCE):
        if hand.pipe.poll(LOOK_SECONDS):
            return True
        waits = watcher.execute(LOCKED, {"pid": hand.pid}).first() is not None
        watcher.rollback()
        if waits and not hand.pipe.poll(0):
            return False
    raise Stuck(f"process {hand.pid} at {hand.story[-1]}")


def _work(
    settings: Settings, places: dict[str, Any], pipe: Connection, careless: bool = False
) -> None:
    """One process: acts that come by the pipe, stopping before every statement."""
    if careless:
        seats.hold = _not_held
    own = World(Database(settings.database_url), settings, FixedClock(START), **places)
    own.moment = dt.timedelta()
    with own.database.engine.connect() as connection:
        pipe.send(connection.execute(text("SELECT pg_backend_pid()")).scalar_one())

    def stop(*_given: Any) -> None:
        _go_on(own, pipe, STATEMENT)

    event.listen(own.database.engine, "before_cursor_execute", stop)
    event.listen(own.database.engine, "commit", stop)
    event.listen(Session, "after_commit", lambda _session: _go_on(own, pipe, COMMITTED))
    while (given := pipe.recv()) is not None:
        pipe.send((OVER, _done(own, *given)))
    own.database.close()


def _go_on(own: World, pipe: Connection, what: str) -> None:
    """Stop, and go on at the time that it is by then; end with everything else."""
    try:
        pipe.send((what,))
        now = pipe.recv()
    except (EOFError, BrokenPipeError):
        now = None
    if now is None:
        os._exit(0)
    own.clock.set(now)


def _not_held(ctx: Ctx, class_id: int) -> TrainingClass:
    """What `seats.hold` would be if it held nothing."""
    return ctx.session.get_one(TrainingClass, class_id, populate_existing=True)


def _done(own: World, name: str, numbers: list[int]) -> str:
    """What became of an act; tried again where the database broke it off."""
    for _try in range(TRIES):
        try:
            return histories.one(own, name, *numbers)
        except DBAPIError as error:
            failure = type(error.orig).__name__
    return f"{GIVEN_UP} {name}: {failure}"
