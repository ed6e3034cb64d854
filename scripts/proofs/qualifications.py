"""Random histories of completions, absences, moves and outages: what people hear is true."""

from __future__ import annotations

from scripts.proofs import Run, part
from scripts.proofs.pytest_run import passed

HISTORIES = 10_000
A_SERIES = 1_000
TESTS = "tests/integration/qualifications/test_histories.py"


@part("qualifications", slice_share=0)  # its slice is played in the test suite
def play(run: Run) -> str:
    """Nobody is told twice, told wrongly, told of what no longer holds, or forgotten.

    Each series has seeds of its own; those that were played to their end are kept.
    """
    count = run.times(HISTORIES)
    for first in range(0, count, A_SERIES):
        kept = run.folder / f"series-{first}"
        if not kept.exists():
            histories = min(A_SERIES, count - first)
            seed = run.seed + first  # each of the two tests adds at most one
            passed(TESTS, ROLLCALL_HISTORIES=str(histories), ROLLCALL_SEED=str(seed))
            kept.touch()
    return f"{count:,} histories of three people, each letter true, new and in time"
