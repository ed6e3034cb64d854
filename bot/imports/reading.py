"""From a sheet to records: every column read value by distinct value, every bad cell noted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from bot.i18n import _
from bot.imports import headings, layout, limits
from bot.imports.cells import Reader, are_keys
from bot.imports.cells import key as read_key
from bot.imports.cells import name as read_name
from bot.imports.cells import text as read_text
from bot.imports.cleaning import are_clean, clean
from bot.imports.findings import BadValue, Findings
from bot.imports.headings import Header
from bot.imports.kinds import Column, Kind, Records
from bot.imports.sheets import RawSheet, has_words

BLANK_CELLS = frozenset({"", None})
LONGEST: Mapping[Reader, int] = {
    read_text: limits.LONGEST_CELL,
    read_name: limits.LONGEST_NAME,
    read_key: limits.LONGEST_KEY,
}
"""Readers that take clean cells as they are, and up to which length."""


def records(sheet: RawSheet, kind: Kind, found: Findings) -> Records:
    """The values of all known columns; blank rows are left out.

    Raises Unreadable if there is no header, or no end of rows; everything else that is
    wrong is noted in `found`.
    """
    header = headings.find(sheet, kind, found)
    numbers, rows = _filled_rows(sheet, header)
    layout.note_shifted(sheet, header, numbers, rows, found)
    layout.note_formulas(sheet, header, kind, found)
    layout.note_merged(sheet, header, kind, found)
    cells = _transposed(rows, _width(header))
    result = Records(numbers, {}, dict(header.headings))
    for column in kind.columns:
        if column.name in header.positions:
            raw = cells[header.positions[column.name]]
            result.values[column.name] = read_column(
                column, raw, numbers, header.headings[column.name], found
            )
        _read_languages(column, header, cells, result, found)
    if not numbers:
        found.refuse("no-rows", _("There are no rows below the header. Fill in the table."))
    _note_doubles(kind, result, found)
    return result


def _filled_rows(sheet: RawSheet, header: Header) -> tuple[list[int], list[list[object]]]:
    first = header.row + 1
    numbers, rows = [], []
    for number, row in enumerate(sheet.rows[first:], first + 1):
        if str(row[0] if row else "").isalnum() or has_words(row):
            numbers.append(number)
            rows.append(row)
    if len(rows) > limits.MOST_ROWS:
        raise limits.too_many_rows()
    return numbers, rows


def _width(header: Header) -> int:
    others = (place for places in header.languages.values() for place in places.values())
    return max([*header.positions.values(), *others], default=-1) + 1


def _transposed(rows: list[list[object]], width: int) -> Sequence[Sequence[object]]:
    """Columns of cells; rows that are too short are filled up with blanks."""
    if not rows:
        return [[] for _column in range(width)]
    for row in rows:
        if len(row) < width:
            row.extend([""] * (width - len(row)))
    return list(zip(*rows, strict=False))[:width]


def read_column(
    column: Column, cells: Sequence[Any], rows: list[int], heading: str, found: Findings
) -> list[Any]:
    """The values of one column; each distinct cell is read once, bad ones become blank."""
    kinds_of_cell = set(map(type, cells))
    if kinds_of_cell == {str} and _is_as_it_should_be(column, cells):
        values = list(cells)
    else:
        values = _read_cells(column, cells, kinds_of_cell, rows, heading, found)
    if column.starred and column.blank in values:
        _note_blank(column, values, rows, heading, found)
    if column.numbered and float in kinds_of_cell:
        _note_lost_zeros(cells, rows, heading, found)
    return values


def _is_as_it_should_be(column: Column, cells: Sequence[str]) -> bool:
    """Whether these are words or keys in which nothing needs a change."""
    longest = LONGEST.get(column.read)
    if column.blank != "" or longest is None or max(map(len, cells), default=0) > longest:
        return False
    return are_clean(cells) and (column.read is not read_key or are_keys(cells))


def _read_cells(
    column: Column,
    cells: Sequence[Any],
    kinds_of_cell: set[type],
    rows: list[int],
    heading: str,
    found: Findings,
) -> list[Any]:
    if bool in kinds_of_cell:  # True would be taken for the number 1
        cells = [str(cell).upper() if isinstance(cell, bool) else cell for cell in cells]
    values: dict[object, Any] = {}
    bad: dict[object, BadValue] = {}
    for cell in set(cells):
        try:
            values[cell] = _read_cell(column, cell)
        except BadValue as error:
            values[cell] = column.blank
            bad[cell] = error
    for row, cell in zip(rows, cells, strict=True) if bad else ():
        if cell in bad:
            found.bad_cell(
                bad[cell].code,
                bad[cell].sentence,
                row,
                heading,
                starred=column.starred,
                meaning=column.blank_means,
            )
    return list(map(values.__getitem__, cells))


def _read_cell(column: Column, cell: object) -> object:
    if isinstance(cell, str):
        cell = clean(cell)
        if len(cell) > limits.LONGEST_CELL:
            raise BadValue("cell-too-long", limits.too_long(limits.LONGEST_CELL))
    if cell in BLANK_CELLS:
        return column.blank
    assert isinstance(cell, (str, float, int, dt.date, dt.time, dt.timedelta))
    return column.read(cell)


def _note_blank(
    column: Column, values: list[Any], rows: list[int], heading: str, found: Findings
) -> None:
    for row, value in zip(rows, values, strict=True):
        if value == column.blank and not found.has_fault_at(row, heading):
            found.refuse(
                "value-missing",
                _("{column} is empty here. Fill it in, or delete the row.", column=heading),
                row,
                heading,
            )


def _note_lost_zeros(
    cells: Sequence[object], rows: list[int], heading: str, found: Findings
) -> None:
    """Numbers among texts that begin with 0 have perhaps lost theirs."""
    sample = next((c for c in cells if isinstance(c, str) and len(c) > 1 and c[0] == "0"), None)
    if sample is None:
        return
    for row, cell in zip(rows, cells, strict=True):
        if isinstance(cell, float):
            found.warn(
                "zeros-lost",
                _(
                    "{value} is stored as a number, others such as {sample} as text. If zeros "
                    "were lost in front, format the column as text and type it again.",
                    value=str(int(cell)),
                    sample=clean(sample),
                ),
                row,
                heading,
            )


def _read_languages(
    column: Column,
    header: Header,
    cells: Sequence[Sequence[object]],
    result: Records,
    found: Findings,
) -> None:
    plain = Column(column.name, column.read)
    for language, place in header.languages.get(column.name, {}).items():
        name = headings.translated(column.name, language)
        heading = header.headings[name]
        result.languages.setdefault(column.name, {})[language] = name
        result.values[name] = read_column(plain, cells[place], result.rows, heading, found)


def _note_doubles(kind: Kind, result: Records, found: Findings) -> None:
    if any(name not in result for name in kind.key):
        return
    keys = list(zip(*(result.values[name] for name in kind.key), strict=True))
    if len(set(keys)) == len(keys):
        return
    first: dict[tuple[object, ...], int] = {}
    heading = result.heading(kind.key[-1])
    for row, key in zip(result.rows, keys, strict=True):
        if "" in key:
            continue
        if key in first:
            found.refuse(
                "key-doubled",
                _(
                    "{key} stands in row {row} already. Delete one of the two rows, or correct "
                    "the number.",
                    key=" / ".join(map(str, key)),
                    row=str(first[key]),
                ),
                row,
                heading,
            )
        first.setdefault(key, row)
