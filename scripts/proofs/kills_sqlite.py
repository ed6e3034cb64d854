"""`kill -9` while fifty officers answer: one process on SQLite, which polls."""

from __future__ import annotations

from pathlib import Path

from bot.vitals import Part
from scripts.killing.block import Ground
from scripts.killing.houses import Role
from scripts.killing.series import play_all
from scripts.proofs import Run, part


@part("kills-sqlite", slice_share=0.002)
def play(run: Run) -> str:
    """Fifty kills at each of eight points, five hundred at random moments."""
    return play_all(run, _ground)


def _ground(folder: Path) -> Ground:
    return Ground(f"sqlite:///{folder / 'rollcall.db'}", [Role(Part.RUN)])
