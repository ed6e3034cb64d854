"""The slices of the long proofs, in parts that are played side by side."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from scripts import proofs
from scripts.proof import SEED
from scripts.proofs import Part, Run

PARTS = 3


def every_third(number: int) -> Callable[[Part, Path], None]:
    """A test of every third slice, from the one of this number on; `-s` or a failure shows its
    figures.
    """

    @pytest.mark.filterwarnings("ignore::platformdirs.api.RuntimeDirWarning")
    @pytest.mark.parametrize("part", _parts(number), ids=lambda part: part.name)
    def holds(part: Part, tmp_path: Path) -> None:
        assert _play(part, tmp_path)

    return holds


def _parts(number: int) -> list[Part]:
    proofs.load_all()
    return [part for part in proofs.PARTS.values() if part.slice_share][number::PARTS]


def _play(part: Part, folder: Path) -> str:
    """The figures of a slice, the same each time; raises what disproves it."""
    figures = part.play(Run(SEED, part.slice_share, folder))
    print(f"{part.name}: {figures}")
    return figures
