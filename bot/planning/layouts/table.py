"""A table in a layout: what is written into a sheet, and what was found in one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.imports.cleaning import clean

YEAR = re.compile(r"(?<![0-9])(20[0-9]{2}|21[0-9]{2})(?![0-9])")
TOTALS = frozenset({"total", "grand total", "subtotal", "sub total"})
Span = tuple[tuple[int, int], tuple[int, int]]
Cells = Sequence[object]


@dataclass(frozen=True, slots=True)
class Written:
    """A sheet to be written: `heads` of its rows are headings, `bold` others that stand out.

    `merged` are spans (top left, bottom right), counted from 0; `widths` are in characters.
    """

    name: str
    rows: tuple[Cells, ...]
    heads: frozenset[int] = frozenset()
    bold: frozenset[int] = frozenset()
    merged: tuple[Span, ...] = ()
    widths: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Taken:
    """What a layout made of a sheet: lines by the number of their row, from 0, each with values
    by import column, and the heading that each column has there.
    """

    heading_row: int
    headings: Mapping[str, str]
    lines: Mapping[int, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Layout:
    """How a layout is recognised: `read` gives None for all sheets that are not in it."""

    name: str
    read: Callable[[Sequence[Sequence[object]]], Taken | None]


def said(cell: object) -> str:
    """A cell's words, without needless spaces and decimals."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return clean(str(cell)) if cell is not None else ""


def plain(cell: object) -> str:
    """A heading without differences of case and punctuation."""
    return re.sub(r"[^\w]+", " ", said(cell).casefold()).strip()


def is_total(row: Sequence[object]) -> bool:
    """Whether a row sums up others."""
    return any(plain(cell) in TOTALS for cell in row)


def at(row: Sequence[object], place: int | None) -> object:
    """The cell at a place; blank where the row is shorter or the column is not there."""
    return row[place] if place is not None and place < len(row) else ""


def year_in(rows: Sequence[Sequence[object]]) -> int | None:
    """The first year that is named in these rows."""
    for row in rows:
        for cell in row:
            found = YEAR.search(said(cell))
            if found:
                return int(found[1])
    return None
