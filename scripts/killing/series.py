"""All kills of a part, block by block; a block that was played is not played again."""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter

from scripts.killing import block as blocks
from scripts.killing.block import Block, GroundFor
from scripts.killing.houses import RANDOM
from scripts.killing.nursery import Nursery
from scripts.killing.points import POINTS
from scripts.proofs import Run

AT_EACH, AT_RANDOM = 50, 500
OFFICERS, FEW = 50, 8
SLOW, QUICK = 0.5, 0.1


def play_all(run: Run, ground_for: GroundFor) -> str:
    """Play what is missing; the figures of all blocks in one line."""
    return asyncio.run(_play_all(run, ground_for))


async def _play_all(run: Run, ground_for: GroundFor) -> str:
    kept = {block: run.folder / f"{block.name.replace(' ', '-')}.json" for block in _blocks(run)}
    missing = {block: path for block, path in kept.items() if not path.exists()}
    if missing:
        async with Nursery() as nursery:
            for block, path in missing.items():
                found = await blocks.play(block, nursery, ground_for)
                path.write_text(json.dumps(found), "utf-8")
                print(f"  {block.name}: {dict(found)}", flush=True)
    counted: Counter[str] = Counter()
    for path in kept.values():
        counted.update(json.loads(path.read_text("utf-8")))
    return _line(counted)


def _blocks(run: Run) -> list[Block]:
    """Fifty kills a block; few of them in all are one mixed block among fewer officers."""
    at_each, at_random = run.times(AT_EACH), run.times(AT_RANDOM)
    if len(POINTS) * at_each + at_random <= AT_EACH:
        moments = [*POINTS * at_each, *[RANDOM] * at_random]
        random.Random(run.seed).shuffle(moments)
        return [Block("mixed", tuple(moments), FEW, run.seed, QUICK)]
    named = [Block(point, (point,) * at_each, OFFICERS, run.seed, SLOW) for point in POINTS]
    starts = range(0, at_random, AT_EACH)
    return named + [
        Block(
            f"{RANDOM} {start // AT_EACH + 1}",
            (RANDOM,) * min(AT_EACH, at_random - start),
            OFFICERS,
            run.seed + start,
            SLOW,
        )
        for start in starts
    ]


def _line(counted: Counter[str]) -> str:
    return (
        f"{counted['kills']} kills: {counted['answers']:,} acknowledged answers in"
        f" {counted['forms']:,} forms ({counted['updates']:,} updates, {counted['repeated']:,} of"
        f" them the same act again), 0 lost, 0 doubled, 0 on a wrong question,"
        f" {counted['aside']} set aside;"
        f" notices: {counted['sent']:,} sent, {counted['dropped']} dropped, in flight at kills"
        f" {counted['in_flight']}, unknown {counted['unknown']} ({counted['lost']} of them never"
        f" arrived), copies {counted['copies']}"
    )
