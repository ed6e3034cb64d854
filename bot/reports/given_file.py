"""The cells of a file somebody sent, of any kind, in rows as the spreadsheet counts them."""

from __future__ import annotations

import csv
import io

from python_calamine import CalamineWorkbook, SheetTypeEnum

from bot.reports.fault_marks import Rows

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
CSV_SHEET = "Sheet1"
DELIMITERS = ",;\t|"


def is_workbook(data: bytes) -> bool:
    """Whether this is an Excel file, new or old, rather than text."""
    return data.startswith((ZIP, OLE))


def pages(data: bytes) -> dict[str, Rows]:
    """The values of every sheet by name; a .csv file has one sheet."""
    if not is_workbook(data):
        return {CSV_SHEET: _csv_rows(data)}
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        return {
            sheet.name: book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
            for sheet in book.sheets_metadata
            if sheet.typ is SheetTypeEnum.WorkSheet
        }


def _csv_rows(data: bytes) -> Rows:
    text = _decoded(data)
    head = text[: text.find("\n")] if "\n" in text else text
    delimiter = max(DELIMITERS, key=head.count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _decoded(data: bytes) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
