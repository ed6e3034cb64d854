"""One sheet as it was read: raw cells by row, before anything is known about its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.imports.cleaning import clean

Span = tuple[tuple[int, int], tuple[int, int]]


@dataclass
class RawSheet:
    """Rows of cells counted from 0 here, from 1 in what people read.

    `name` is None for a file without sheets. `merged` are spans (top left, bottom right);
    `uncounted` are cells whose formula was never calculated, `failed` those whose formula
    gave an error; `is_text` says that cells were separated by a sign.
    """

    name: str | None
    rows: list[list[object]]
    merged: Sequence[Span] = ()
    uncounted: frozenset[tuple[int, int]] = frozenset()
    failed: dict[tuple[int, int], str] = field(default_factory=dict)
    is_text: bool = False

    @property
    def is_empty(self) -> bool:
        return not any(has_words(row) for row in self.rows)


def has_words(row: Sequence[object]) -> bool:
    """Whether a row has more than spaces and invisible characters."""
    return any(cell and (not isinstance(cell, str) or clean(cell)) for cell in row)
