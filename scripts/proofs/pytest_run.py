"""Runs tests of the project as a proof, and counts those that passed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from scripts.proofs import Disproved

ROOT = Path(__file__).resolve().parent.parent.parent
TELLING_CHARACTERS = 3000


def passed(*arguments: str, **environment: str) -> str:
    """How many tests passed, on two processes; raises Disproved with the end of what was said."""
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", *arguments]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.search(r"(\d+) passed", done.stdout)
    if done.returncode != 0 or found is None:
        raise Disproved(done.stdout[-TELLING_CHARACTERS:])
    return found[1]
