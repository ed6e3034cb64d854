"""The cells of a file somebody sent, read as the importer reads them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from bot.errors import Fault
from bot.imports import csv_file, workbook_file
from bot.imports.findings import Findings, Unreadable
from bot.imports.headings import plain
from bot.reports.fault_marks import Rows

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
CSV_SHEET = "Sheet1"
MOST_KEPT = 400_000
"""Cells, merged ones too, up to which a workbook is opened whole in order to be changed."""


@dataclass(frozen=True, slots=True)
class Given:
    """The values of every sheet by name; `is_modest` if the file could be kept as it is."""

    sheets: Mapping[str, Rows]
    is_modest: bool = False


def pages(data: bytes, faults: Sequence[Fault]) -> Given:
    """The sheets of a file, none of one that cannot be read.

    Text, and an old workbook, in which no fault has a place is taken for no table at all.
    """
    try:
        if data.startswith(ZIP):
            return _workbook(data)
        if any(fault.row or fault.column for fault in faults):
            return Given(_old_pages(data) if data.startswith(OLE) else _csv_pages(data, faults))
    except (CalamineError, Unreadable):
        return Given({})
    return Given({})


def _workbook(data: bytes) -> Given:
    book = workbook_file.opened(data)
    sheets = {name: book.sheet(name) for name in book.names}
    cells = sum(len(sheet.rows) * len(sheet.rows[0]) for sheet in sheets.values() if sheet.rows)
    merged = (
        (bottom - top + 1) * (right - left + 1)
        for sheet in sheets.values()
        for (top, left), (bottom, right) in sheet.merged
    )
    is_modest = cells + sum(merged) <= MOST_KEPT
    return Given({name: sheet.rows for name, sheet in sheets.items()}, is_modest)


def _old_pages(data: bytes) -> dict[str, Rows]:
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        return {
            sheet.name: book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
            for sheet in book.sheets_metadata
            if sheet.typ is SheetTypeEnum.WorkSheet
        }


def _csv_pages(data: bytes, faults: Sequence[Fault]) -> dict[str, Rows]:
    named = {plain(fault.column) for fault in faults if fault.column}

    def known(row: list[str]) -> int:
        return len(named & {plain(cell) for cell in row})

    return {CSV_SHEET: csv_file.read(data, known, Findings()).rows}
