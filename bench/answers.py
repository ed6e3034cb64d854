"""How fast questions are answered: a run times a fixed number of answers by 200 at once."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from bench import prepared
from bench.processes import Stub, cpu_seconds, resident_megabytes

LOOK_SECONDS = 0.02
GIVE_UP_SECONDS = 120.0
MOST_BUSY = 0.70
QUIET_SECONDS, QUIET_CPU = 1.0, 0.05


class Void(Exception):
    """A run that says nothing about what was to be measured."""


@dataclass(frozen=True, slots=True)
class Run:
    """Answers a second, answers per CPU second of the bot, its memory, the stub's load."""

    answers: int
    seconds: float
    cpu: float
    stub_busy: float
    stub_ms_a_call: float

    @property
    def rate(self) -> float:
        return self.answers / self.seconds

    @property
    def rate_per_cpu(self) -> float:
        return self.answers / self.cpu


def measure(
    stub: Stub,
    bot: AbstractContextManager[list[int]],
    officers: Iterable[int],
    warm_up: int,
    answers: int,
    hooks: int = 0,
) -> Run:
    """Start `bot`, let `officers` answer, and time `answers` answers after the first `warm_up`.

    It is ready when it has set so many `hooks`; without any, when it polls.
    """
    with bot as pids:
        _started(stub, pids, hooks)
        stub.begin(prepared.first_presses(officers))
        before = _until(stub, warm_up)
        began, cpu = time.perf_counter(), _cpu(pids)
        after = _until(stub, int(before["answered"]) + answers)
        ended, cpu_after = time.perf_counter(), _cpu(pids)
    seconds, calls = ended - began, after["calls"] - before["calls"]
    stub_cpu = after["cpu"] - before["cpu"]
    run = Run(
        answers=int(after["answered"] - before["answered"]),
        seconds=seconds,
        cpu=cpu_after - cpu,
        stub_busy=stub_cpu / seconds,
        stub_ms_a_call=1000 * stub_cpu / calls,
    )
    if run.stub_busy > MOST_BUSY:
        raise Void(f"the stub was {run.stub_busy:.0%} busy")
    return run


def memory_at(
    stub: Stub,
    bot: AbstractContextManager[list[int]],
    officers: Iterable[int],
    marks: Iterable[int],
) -> list[float]:
    """Start `bot`, let `officers` answer; the megabytes it holds at each number of answers."""
    with bot as pids:
        stub.begin(prepared.first_presses(officers))
        found = []
        for mark in marks:
            _until(stub, mark)
            found.append(resident_megabytes(pids[0]))
    return found


def _started(stub: Stub, pids: list[int], hooks: int) -> None:
    """Wait until the bot gets updates and its processes have done what they do at their start."""
    end = time.perf_counter() + GIVE_UP_SECONDS
    while not _gets_updates(stub, hooks):
        if time.perf_counter() > end:
            raise Void("the bot does not ask for updates")
        time.sleep(LOOK_SECONDS)
    used = -1.0
    while (now := _cpu(pids)) - used > QUIET_CPU:
        used = now
        time.sleep(QUIET_SECONDS)


def _gets_updates(stub: Stub, hooks: int) -> bool:
    stats = stub.stats()
    return bool(stats["hooks"] >= hooks if hooks else stats["polls"])


def _cpu(pids: list[int]) -> float:
    return sum(cpu_seconds(pid) for pid in pids)


def _until(stub: Stub, answered: int) -> dict[str, float]:
    last, changed_at = -1, time.perf_counter()
    while (stats := stub.stats())["answered"] < answered:
        if stats["answered"] != last:
            last, changed_at = int(stats["answered"]), time.perf_counter()
        elif time.perf_counter() - changed_at > GIVE_UP_SECONDS:
            raise Void(f"nothing came after {last} answers")
        time.sleep(LOOK_SECONDS)
    return stats
