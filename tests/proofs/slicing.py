"""The slices of the long proofs, in parts that are played side by side."""

from __future__ import annotations

from pathlib import Path

from scripts import proofs
from scripts.proof import SEED
from scripts.proofs import Part, Run

PARTS = 3


def parts(number: int) -> list[Part]:
    """Every third of those that have a slice, from the one of this number on."""
    proofs.load_all()
    return [part for part in proofs.PARTS.values() if part.slice_share][number::PARTS]


def play(part: Part, folder: Path) -> str:
    """The figures of a slice, the same each time; raises what disproves it."""
    figures = part.play(Run(SEED, part.slice_share, folder))
    print(f"{part.name}: {figures}")
    return figures
