"""Every button, command and question with every id there is, from everybody it is not for."""

from __future__ import annotations

import tempfile
from pathlib import Path

from sqlmodel import Session

from scripts.proofs import Disproved, Run, part
from scripts.trespass import sweep, watch, world
from scripts.trespass.sweep import Chosen, Findings
from scripts.trespass.world import World

MOST_ALTERED = 60_000
MOST_TOLD = 10


@part("access", slice_share=0)  # its slice is tests/access
def play(run: Run) -> str:
    """All that is shown, and as many altered payloads as the share asks for, at most all."""
    with tempfile.TemporaryDirectory() as folder:
        made = world.make(Path(folder))
        try:
            findings, senders = _tried(made, run)
        finally:
            made.close()
    if findings.missing:
        raise Disproved(f"never sent: {', '.join(findings.missing)}")
    if findings.faults:
        told = list(findings.faults.items())[:MOST_TOLD]
        raise Disproved("\n".join(f"{route}: {fault}: {how}" for (fault, route), how in told))
    return (
        f"{findings.attempts} attempts at {len(findings.tried)} routes by {senders} accounts "
        f"({len(findings.guessed)} routes with made-up numbers only): "
        "no effect, no word about others, each refusal in the audit"
    )


def _tried(made: World, run: Run) -> tuple[Findings, int]:
    chosen = Chosen(
        seed=run.seed,
        of_a_shape=None if run.share == 1.0 else 1,
        altered=run.times(MOST_ALTERED),
    )
    with Session(made.database.engine, expire_on_commit=False) as session:
        watch.install(session)
        real, altered = sweep.payloads_of(made, session, chosen)
        who = sweep.senders(made, session)
        findings = sweep.try_all(made, session, who, [*real, *altered], chosen.senders)
        session.rollback()
    return findings, len(who)
