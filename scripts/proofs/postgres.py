"""Every conversation and integration test with its rows on PostgreSQL."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from scripts.proofs import Disproved, Run, part

ROOT = Path(__file__).resolve().parent.parent.parent
TELLING_CHARACTERS = 3000


@part("postgres", slice_share=0)  # its slice is the second half of `make test`
def play(_run: Run) -> str:
    """All of both folders, on two processes; what is about SQLite itself is skipped."""
    command = [
        sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile",
        "tests/conversations", "tests/integration",
    ]  # fmt: skip
    environment = {**os.environ, "ROLLCALL_TESTS_ON": "postgresql"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    found = re.search(r"(\d+) passed", done.stdout)
    if done.returncode != 0 or found is None:
        raise Disproved(done.stdout[-TELLING_CHARACTERS:])
    return f"{found[1]} tests of conversations and integration passed on PostgreSQL"
