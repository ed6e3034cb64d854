"""`kill -9` while fifty officers answer: one process on SQLite, which polls."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.vitals import Part
from scripts.killing.block import Ground
from scripts.killing.houses import Role
from scripts.killing.series import play_all
from scripts.proofs import Run, part


@part("kills-sqlite", slice_share=0.002)
def play(run: Run) -> str:
    """Fifty kills at each of eight points, five hundred at random moments."""
    return play_all(run, ground)


@asynccontextmanager
async def ground(folder: Path) -> AsyncIterator[Ground]:
    """A file, and `rollcall run`."""
    yield Ground(f"sqlite:///{folder / 'rollcall.db'}", [Role(Part.RUN)])
