"""`make proof`: what takes too long for every test run, with its figures in docs/proof.md.

Each part runs by itself (`make proof PARTS=kills`); its line names the commit, whether the tree
was clean, and the seed.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from scripts.proof_sandbox import Sandbox

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "proof.md"
HEAD = """# Proofs

Long runs, started by `make proof`. A line counts for the commit it names.

| part | figures | commit | tree | seed |
| --- | --- | --- | --- | --- |
"""
KILLS = 15
SETTLE_SECONDS = 60


def kills(seed: int) -> str:
    """Twelve people answer while Rollcall is killed at random moments; nothing lost or doubled."""
    dice = random.Random(seed)
    with (
        tempfile.TemporaryDirectory(prefix="rollcall-proof-") as folder,
        Sandbox(Path(folder)) as sandbox,
    ):
        size = sandbox.join_class()
        sandbox.play_until_asked(size)
        for _kill in range(KILLS):
            time.sleep(dice.uniform(4.0, 9.0))
            sandbox.kill_and_start()
        sandbox.wait_answered(size, SETTLE_SECONDS)
        with closing(sqlite3.connect(sandbox.database)) as held:
            stored = _one(held, "SELECT count(*) FROM anonymous_response")
            drafts = _one(held, "SELECT count(*) FROM draft")
            aside = _one(held, "SELECT count(*) FROM set_aside")
    if (stored, drafts, aside) != (size, 0, 0):
        sys.exit(f"kills: {stored} answers of {size}, {drafts} drafts left, {aside} set aside")
    return f"{KILLS} kills, {size} people: {stored} answers stored, 0 doubled, 0 set aside"


def properties(seed: int) -> str:
    """Every property test with a thousand random examples instead of a few fixed ones."""
    command = [
        sys.executable, "-m", "pytest", "-q", "-n", "2", "tests/unit", "tests/integration",
        f"--hypothesis-seed={seed}",
    ]  # fmt: skip
    environment = {**os.environ, "HYPOTHESIS_PROFILE": "random"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    found = re.search(r"(\d+) passed", done.stdout)
    if done.returncode != 0 or found is None:
        sys.exit(done.stdout[-3000:])
    return f"{found[1]} tests passed, 1,000 examples a property unless it says fewer"


PARTS: dict[str, Callable[[int], str]] = {"kills": kills, "properties": properties}


def main() -> None:
    """Run the parts asked for and keep a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("parts", nargs="*", help=f"any of: {', '.join(PARTS)}")
    given = parser.parse_args()
    for name in given.parts or PARTS:
        if name not in PARTS:
            parser.error(f"there is no part {name}")
        _keep(name, PARTS[name](given.seed), given.seed)


def _keep(name: str, figures: str, seed: int) -> None:
    """Write the part's line, in place of an earlier one."""
    commit, dirty = _git("rev-parse", "--short", "HEAD"), _git("status", "--porcelain")
    line = f"| {name} | {figures} | {commit} | {'changed' if dirty else 'clean'} | {seed} |\n"
    text = PAGE.read_text("utf-8") if PAGE.exists() else HEAD
    kept = [old for old in text.splitlines(keepends=True) if not old.startswith(f"| {name} |")]
    PAGE.write_text("".join([*kept, line]), "utf-8")
    print(line, end="")


def _git(*arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def _one(held: sqlite3.Connection, query: str) -> int:
    return int(held.execute(query).fetchone()[0])


if __name__ == "__main__":
    main()
