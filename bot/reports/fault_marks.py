"""Which cells of somebody's file are to be coloured, and what is written beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.errors import Fault, Severity
from bot.i18n import LANGUAGES, _, render
from bot.imports.headings import LOOKED_AT, TRANSLATED, plain

RED, YELLOW = "FFC7CE", "FFEB9C"
AUTHOR = "Rollcall"
LISTED = (_("Sheet"), _("Row"), _("Column"), _("What it means"), _("What is wrong"))
LIST_WIDTHS = (16, 8, 22, 24, 90)
SEVERITIES = {
    Severity.REFUSED: _("blocks the file"),
    Severity.WARNING: _("warning"),
}
_LETTERS = re.compile(r"[A-Z]{1,3}")

Rows: TypeAlias = Sequence[Sequence[object]]


@dataclass(frozen=True, slots=True)
class Mark:
    """One cell to colour, counted from 1, with all that is said about it."""

    row: int
    column: int
    blocks: bool
    sentences: tuple[str, ...]

    @property
    def colour(self) -> str:
        return RED if self.blocks else YELLOW

    @property
    def comment(self) -> str:
        return "\n".join(self.sentences)


def marks_by_sheet(
    faults: Sequence[Fault], pages: Mapping[str, Rows], language: str
) -> dict[str, list[Mark]]:
    """The marks of each sheet in the order of its cells.

    A fault without a sheet belongs to the first one, without a row to the header, without
    a column to the first cell of its row; one that fits nowhere is only in the list.
    """
    found: dict[tuple[str, int, int], list[Fault]] = {}
    locate = _locator(pages)
    for fault in faults:
        place = locate(fault)
        if place:
            found.setdefault(place, []).append(fault)
    marks: dict[str, list[Mark]] = {name: [] for name in pages}
    for (sheet, row, column), here in sorted(found.items(), key=lambda item: item[0]):
        blocks = any(fault.severity is Severity.REFUSED for fault in here)
        sentences = tuple(render(fault.sentence, language) for fault in here)
        marks[sheet].append(Mark(row, column, blocks, sentences))
    return marks


def listed(faults: Sequence[Fault], language: str) -> list[tuple[object, ...]]:
    """All faults as rows under `LISTED`."""
    return [
        (
            fault.sheet or "",
            fault.row or "",
            fault.column or "",
            render(SEVERITIES[fault.severity], language),
            render(fault.sentence, language),
        )
        for fault in faults
    ]


def is_list(rows: Rows) -> bool:
    """Whether these are the rows of a list written by us in an earlier round."""
    heading = tuple(rows[0]) if rows else ()
    return any(heading == tuple(render(words, known) for words in LISTED) for known in LANGUAGES)


def _locator(pages: Mapping[str, Rows]) -> Callable[[Fault], tuple[str, int, int] | None]:
    headers = {name: _headers(rows) for name, rows in pages.items()}
    by_folded_name = {name.casefold(): name for name in reversed(list(pages))}
    first = next(iter(pages), None)

    def locate(fault: Fault) -> tuple[str, int, int] | None:
        name = by_folded_name.get(fault.sheet.casefold()) if fault.sheet else first
        if name is None or not (fault.row or fault.column):
            return None
        header_row, column = 1, 1
        if fault.column:
            header_row, column = headers[name].get(plain(fault.column)) or (
                1,
                _by_letters(fault.column),
            )
        return name, fault.row or header_row, column

    return locate


def heading_row(rows: Rows, faults: Sequence[Fault]) -> int:
    """The row, counted from 1, in which most columns named by faults have their heading."""
    places = _headers(rows)
    found = Counter(
        places[name][0] for fault in faults if (name := plain(fault.column or "")) in places
    )
    return max(found, key=lambda row: found[row], default=1)


def _headers(rows: Rows) -> dict[str, tuple[int, int]]:
    """Where each text of the first rows stands; the uppermost counts.

    “full_name::Khmer (km)” is found as “full_name::km” as well.
    """
    places: dict[str, tuple[int, int]] = {}
    for row, cells in enumerate(rows[:LOOKED_AT], 1):
        for column, cell in enumerate(cells, 1):
            if isinstance(cell, str) and cell:
                translated = TRANSLATED.match(cell)
                if translated:
                    name = f"{plain(translated[1])}::{translated[2].lower()}"
                    places.setdefault(name, (row, column))
                places.setdefault(plain(cell), (row, column))
    return places


def _by_letters(column: str) -> int:
    """The number of a column named as the spreadsheet names it, 1 where it is not."""
    if not _LETTERS.fullmatch(column):
        return 1
    number = 0
    for letter in column:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
