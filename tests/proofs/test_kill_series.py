"""Which kills are made, and that a run goes on where it was broken off."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from scripts.killing import series
from scripts.killing.block import Ground
from scripts.killing.points import POINTS
from scripts.proofs import Run

SEED = 7


def test_blocks__of_the_whole__fifty_at_each_point_and_five_hundred_at_random(
    tmp_path: Path,
) -> None:
    blocks = series._blocks(Run(SEED, 1.0, tmp_path))
    assert Counter(moment for block in blocks for moment in block.moments) == {
        **dict.fromkeys(POINTS, 50),
        "random moments": 500,
    }
    assert {block.officers for block in blocks} == {50}
    assert len({block.name for block in blocks}) == len(blocks)
    assert len({(block.name, block.seed) for block in blocks}) == len(blocks)


def test_blocks__of_a_slice__one_with_every_point(tmp_path: Path) -> None:
    (block,) = series._blocks(Run(SEED, 0.002, tmp_path))
    assert set(POINTS) < set(block.moments)
    assert series._blocks(Run(SEED, 0.002, tmp_path)) == [block]


def test_series__every_block_was_played__only_adds_up(tmp_path: Path) -> None:
    run = Run(SEED, 1.0, tmp_path)
    for block in series._blocks(run):
        path = tmp_path / f"{block.name.replace(' ', '-')}.json"
        path.write_text(json.dumps({"kills": 50, "answers": 1000}), "utf-8")

    def no_ground(_folder: Path) -> Ground:
        pytest.fail("nothing is to be played")

    line = series.play_all(run, no_ground)  # type: ignore[arg-type]  # never entered
    assert line.startswith("900 kills: 18,000 acknowledged answers")
