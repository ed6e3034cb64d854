"""Every conversation and integration test with its rows on PostgreSQL."""

from __future__ import annotations

from scripts.proofs import Run, part
from scripts.proofs.pytest_run import passed


@part("postgres", slice_share=0)  # its slice is the second half of `make test`
def play(_run: Run) -> str:
    """All of both folders; what is about SQLite itself is skipped."""
    count = passed(
        "--dist", "loadfile", "tests/conversations", "tests/integration",
        ROLLCALL_TESTS_ON="postgresql",
    )  # fmt: skip
    return f"{count} tests of conversations and integration passed on PostgreSQL"
