"""The long proofs, one part a file: run whole by `make proof`, a seeded slice in every test run.

A part plays, counts, and returns its figures as one line; what does not hold is `Disproved`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias


class Disproved(Exception):
    """What was to be proved does not hold; says what was seen, with the seed's case."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a part: `share` of the whole proof (1.0 is all of it), and `folder`, where a
    part may keep how far it came, so that a run that was broken off goes on from there.
    """

    seed: int
    share: float
    folder: Path

    def times(self, whole: int) -> int:
        """This run's share of `whole` repetitions, at least one."""
        return max(1, round(whole * self.share))


Play: TypeAlias = Callable[[Run], str]


@dataclass(frozen=True, slots=True)
class Part:
    """`slice_share` of the whole is what every test run plays, in at most half a minute; 0 is
    nothing.
    """

    name: str
    play: Play
    slice_share: float


PARTS: dict[str, Part] = {}


def part(name: str, slice_share: float) -> Callable[[Play], Play]:
    """Register a part; refuses a second one of the same name."""

    def keep(play: Play) -> Play:
        if name in PARTS:
            raise ValueError(f"part {name} is registered twice")
        PARTS[name] = Part(name, play, slice_share)
        return play

    return keep


def load_all() -> None:
    """Import every file of this folder, so that each part is registered."""
    for module in pkgutil.iter_modules(__path__, f"{__name__}."):
        importlib.import_module(module.name)
