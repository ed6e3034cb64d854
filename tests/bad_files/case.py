"""What a case of the bad-file table says: the file, and all that must come of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.imports import Verdict

Place = tuple[int | None, str | None, str]


@dataclass(frozen=True)
class Case:
    """A file somebody sends.

    `faults` are row, column and code of everything that is said about it. `after` gives
    cells as an export shows them once the file is taken: {(key, heading): value}.
    """

    name: str
    kind: str
    build: Callable[[], bytes]
    verdict: Verdict
    faults: tuple[Place, ...] = ()
    after: Mapping[tuple[str, str], object] = field(default_factory=dict)
