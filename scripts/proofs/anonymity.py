"""Guessing who gave which anonymous answer is no better than chance, and is where a precaution
is left out: SQLite and PostgreSQL, copies at five answered and at closing.
"""

from __future__ import annotations

import random
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from statistics import NormalDist

from scripts.guessing import guesses
from scripts.guessing.guesses import Case, Rate
from scripts.guessing.house import POSTGRES, SQLITE
from scripts.guessing.worlds import Care, Seen, World, played
from scripts.proofs import Disproved, Run, part

CLASSES = {
    Care.WHOLE: {SQLITE: 800, POSTGRES: 200},
    Care.NOT_WIPED: {SQLITE: 40, POSTGRES: 20},
    Care.FOOTPRINTS: {SQLITE: 100, POSTGRES: 60},
    Care.NONE: {SQLITE: 40, POSTGRES: 20},
}
FEWEST = 3
IN_WORLD = 10
FEW_WORLDS = 8
IN_SLICE = (Care.WHOLE, Care.NONE)
"""A slice is too small to show what is told by less than the bytes and the order themselves."""
WHOLE_SHARE = 0.5
TESTS = 12
"""Three attacks on two databases at two moments."""
TIMES_CHANCE = 1.2
ERROR = 0.001
"""How often the whole proof may cry out though nothing is told."""


@part("anonymity", slice_share=0.0075)
def play(run: Run) -> str:
    """Rate, interval and chance of each attack on each database, beside the controls."""
    worlds = _worlds(run)
    cases: dict[tuple[str, Care], dict[str, list[Case]]] = defaultdict(lambda: defaultdict(list))
    for world, seen in zip(worlds, _all_played(run, worlds), strict=True):
        for moment, found in seen.cases.items():
            cases[world.kind, world.care][moment].extend(found)
    dice = random.Random(run.seed)
    lines = [_judged(kind, care, by, dice) for (kind, care), by in cases.items()]
    return "; ".join(lines)


def _worlds(run: Run) -> list[World]:
    return [
        World(kind, run.seed * 10_000 + place, size, care)
        for care, counts in CLASSES.items()
        if care in IN_SLICE or run.share >= WHOLE_SHARE
        for kind, whole in counts.items()
        for place, size in enumerate(_sizes(max(run.times(whole), FEWEST)))
    ]


def _sizes(count: int) -> list[int]:
    full, rest = divmod(count, IN_WORLD)
    return [IN_WORLD] * full + [rest] * bool(rest)


def _all_played(run: Run, worlds: list[World]) -> list[Seen]:
    """On two cores where there is much to play."""
    one = partial(played, folder=run.folder)
    if len(worlds) <= FEW_WORLDS:
        return list(map(one, worlds))
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        return list(pool.map(one, worlds))


def _judged(kind: str, care: Care, by: dict[str, list[Case]], dice: random.Random) -> str:
    found = []
    caught = False
    for moment, cases in sorted(by.items()):
        rates = _rates(cases, dice)
        beaten = [one for one, z in rates if one.beats_chance(z)]
        if beaten and care is Care.WHOLE:
            raise Disproved(f"{kind} {moment}: {beaten[0]}")
        caught = caught or any(one.rate >= TIMES_CHANCE * one.chance for one in beaten)
        found.append(f"{moment} {', '.join(str(one) for one, _z in rates)}")
    if not caught and care is not Care.WHOLE:
        raise Disproved(f"the control on {kind}, {care}, was not caught: {'; '.join(found)}")
    return f"{kind}, {_counted(by)} classes {care}{' (control)' * (care is not Care.WHOLE)}: " + (
        "; ".join(found)
    )


def _counted(by: dict[str, list[Case]]) -> int:
    return len({case.group for cases in by.values() for case in cases})


def _rates(cases: list[Case], dice: random.Random) -> list[tuple[Rate, float]]:
    """The three attacks, each with the deviation it has to exceed to count: all of them
    together, the best of many pairs included, are wrong once in 1,000 proofs.
    """
    best, tried = guesses.best_pair(cases, dice)
    near = guesses.rate("nearest in the bytes", cases, guesses.nearest, dice)
    share = ERROR / TESTS
    one, of_many = (NormalDist().inv_cdf(1 - error) for error in (share, share / tried))
    return [(guesses.learned(cases, dice), one), (near, one), (best, of_many)]
