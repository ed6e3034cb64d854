"""Random histories of completions, absences, moves and outages: what people hear is true."""

from __future__ import annotations

from scripts.proofs import Run, part
from scripts.proofs.pytest_run import passed

HISTORIES = 10_000
TESTS = "tests/integration/qualifications/test_histories.py"


@part("qualifications", slice_share=0)  # its slice is played in the test suite
def play(run: Run) -> str:
    """Nobody is told twice, told wrongly, told of what no longer holds, or forgotten."""
    count = run.times(HISTORIES)
    passed(TESTS, ROLLCALL_HISTORIES=str(count), ROLLCALL_SEED=str(run.seed))
    return f"{count:,} histories of three people, each letter true, new and in time"
