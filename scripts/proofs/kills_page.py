"""Rollcall as it is tried out: killed through the sandbox's own page while a class answers."""

from __future__ import annotations

import random
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

from scripts.proof_sandbox import Sandbox
from scripts.proofs import Disproved, Run, part

KILLS = 15
SETTLE_SECONDS = 60
COUNTED = ("anonymous_response", "draft", "set_aside")


@part("kills-page", slice_share=0)  # tests/browser kill and start once in every run
def play(run: Run) -> str:
    """Twelve people answer while Rollcall is killed at random moments; nothing lost or doubled."""
    dice = random.Random(run.seed)
    kills = run.times(KILLS)
    with (
        tempfile.TemporaryDirectory(prefix="rollcall-proof-") as folder,
        Sandbox(Path(folder)) as sandbox,
    ):
        size = sandbox.join_class()
        sandbox.play_until_asked(size)
        for _kill in range(kills):
            time.sleep(dice.uniform(4.0, 9.0))
            sandbox.kill_and_start()
        sandbox.wait_answered(size, SETTLE_SECONDS)
        with closing(sqlite3.connect(sandbox.database)) as held:
            stored, drafts, aside = (
                held.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in COUNTED
            )
    if (stored, drafts, aside) != (size, 0, 0):
        raise Disproved(f"{stored} answers of {size}, {drafts} drafts left, {aside} set aside")
    return f"{kills} kills, {size} people: {stored} answers stored, 0 doubled, 0 set aside"
