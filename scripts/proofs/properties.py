"""Every property test with a thousand random examples instead of a few fixed ones."""

from __future__ import annotations

from scripts.proofs import Run, part
from scripts.proofs.pytest_run import passed


@part("properties", slice_share=0)  # its slice is the test suite itself
def play(run: Run) -> str:
    """Unit and integration tests, seeded."""
    count = passed(
        "tests/unit", "tests/integration", f"--hypothesis-seed={run.seed}",
        HYPOTHESIS_PROFILE="random",
    )  # fmt: skip
    return f"{count} tests passed, 1,000 examples a property unless it says fewer"
