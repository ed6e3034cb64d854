"""Every property test with a thousand random examples instead of a few fixed ones."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from scripts.proofs import Disproved, Run, part

ROOT = Path(__file__).resolve().parent.parent.parent
TELLING_CHARACTERS = 3000


@part("properties", slice_share=0)  # its slice is the test suite itself
def play(run: Run) -> str:
    """Unit and integration tests, seeded, on two processes."""
    command = [
        sys.executable, "-m", "pytest", "-q", "-n", "2", "tests/unit", "tests/integration",
        f"--hypothesis-seed={run.seed}",
    ]  # fmt: skip
    environment = {**os.environ, "HYPOTHESIS_PROFILE": "random"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    found = re.search(r"(\d+) passed", done.stdout)
    if done.returncode != 0 or found is None:
        raise Disproved(done.stdout[-TELLING_CHARACTERS:])
    return f"{found[1]} tests passed, 1,000 examples a property unless it says fewer"
