"""What an answer costs among many people, and what is kept in memory after many."""

from __future__ import annotations

from pathlib import Path

from bench import prepared, processes, questionnaire, runs
from bench.answers import memory_at
from bench.figures import Target, figure, in_turns, median_ratio, say, spread
from bench.runs import Size

FEW, MANY = 100, 100_000
MOST = Target(most=1.2)
MEMORY_TARGET = Target(most=250)


def with_many_people(folder: Path, size: Size) -> None:
    """The time of an answer with 100,000 officers in the database, against 100."""
    few, many = runs.sqlite(folder / "few.db"), runs.sqlite(folder / "many.db")
    prepared.make(few, FEW)
    prepared.make(many, MANY)
    taken = iter(range(1, size.pairs + 1))
    pairs = in_turns(
        lambda: runs.polling(runs.copy(few), range(1, FEW + 1), size),
        lambda: runs.polling(many, range(next(taken), MANY, MANY // FEW), size),
        size.pairs,
    )
    by_clock = [(1 / small.rate, 1 / large.rate) for small, large in pairs]
    by_cpu = [(1 / small.rate_per_cpu, 1 / large.rate_per_cpu) for small, large in pairs]
    say(f"{MANY:,} officers in the database against {FEW}, {FEW} answering at once")
    figure(
        "time of an answer with 100,000 officers, against 100",
        median_ratio(by_clock),
        Target(most=1.2),
    )
    say(f"    all pairs: {spread(by_clock)}")
    figure(
        "CPU time of an answer with 100,000 officers, against 100",
        median_ratio(by_cpu),
        Target(most=1.2),
    )
    say(f"    all pairs: {spread(by_cpu)}")


def memory(folder: Path, size: Size) -> None:
    """What the bot's own process holds, early and late."""
    officers = range(1, size.remembered // questionnaire.QUESTIONS + 2 * runs.AT_ONCE)
    url = runs.sqlite(folder / "memory.db")
    prepared.make(url, len(officers))
    early, late = size.remembered // 10, size.remembered
    with processes.stub() as stub:
        bot = processes.rollcall(stub.url, url)
        first, last = memory_at(stub, bot, officers, (early, late))
    say("Memory of the one process")
    figure(f"memory of run after {early:,} answers, MB", first, Target())
    figure(f"memory of run after {late:,} answers, MB", last, MEMORY_TARGET)
