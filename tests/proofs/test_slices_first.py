"""A slice of every first of three long proofs; `-s` or a failure shows its figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.proofs import Part
from tests.proofs import slicing


@pytest.mark.filterwarnings("ignore::platformdirs.api.RuntimeDirWarning")
@pytest.mark.parametrize("part", slicing.parts(0), ids=lambda part: part.name)
def test_slice__of_each_proof__holds(part: Part, tmp_path: Path) -> None:
    assert slicing.play(part, tmp_path)
