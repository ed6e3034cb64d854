"""Random classes, settings, absences, moves, transfers, outages: who is asked what, and when."""

from __future__ import annotations

from scripts.proofs import Run, part
from scripts.proofs.pytest_run import passed

CASES = 10_000
TESTS = "tests/integration/evaluation/test_evaluations_at_random.py"


@part("evaluation", slice_share=0)  # its slice is played in the test suite
def play(run: Run) -> str:
    """The product asks exactly what a naive account of the rules asks, case by case."""
    count = run.times(CASES)
    passed(TESTS, ROLLCALL_CASES=str(count), ROLLCALL_SEED=str(run.seed))
    return f"{count:,} classes with their people, each asked as by a naive account of the rules"
