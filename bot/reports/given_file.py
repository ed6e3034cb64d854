"""The cells of a file somebody sent, read as the importer reads them."""

from __future__ import annotations

import io
from collections.abc import Sequence

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from bot.errors import Fault
from bot.imports import csv_file
from bot.imports.findings import Findings, Unreadable
from bot.imports.headings import plain
from bot.reports.fault_marks import Rows

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
CSV_SHEET = "Sheet1"


def pages(data: bytes, faults: Sequence[Fault]) -> dict[str, Rows]:
    """The values of every sheet by name, none of a file that cannot be read.

    Text in which no fault has a place is taken for no table at all.
    """
    try:
        if data.startswith((ZIP, OLE)):
            return _workbook_pages(data)
        if any(fault.row or fault.column for fault in faults):
            return {CSV_SHEET: _csv_rows(data, faults)}
    except (CalamineError, Unreadable):
        return {}
    return {}


def _workbook_pages(data: bytes) -> dict[str, Rows]:
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        return {
            sheet.name: book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
            for sheet in book.sheets_metadata
            if sheet.typ is SheetTypeEnum.WorkSheet
        }


def _csv_rows(data: bytes, faults: Sequence[Fault]) -> Rows:
    named = {plain(fault.column) for fault in faults if fault.column}

    def known(row: list[str]) -> int:
        return len(named & {plain(cell) for cell in row})

    return csv_file.read(data, known, Findings()).rows
