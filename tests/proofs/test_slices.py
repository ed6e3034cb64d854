"""A slice of every long proof, the same in every run; `-s` or a failure shows its figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import proofs
from scripts.proof import SEED
from scripts.proofs import Run

proofs.load_all()
SLICED = [part for part in proofs.PARTS.values() if part.slice_share]


@pytest.mark.filterwarnings("ignore::platformdirs.api.RuntimeDirWarning")
@pytest.mark.parametrize("part", SLICED, ids=lambda part: part.name)
def test_slice__of_each_proof__holds(part: proofs.Part, tmp_path: Path) -> None:
    figures = part.play(Run(SEED, part.slice_share, tmp_path))
    print(f"{part.name}: {figures}")
    assert figures
