"""Old Excel workbooks (.xls), read with xlrd."""

from __future__ import annotations

import io
from collections.abc import Iterator

import xlrd

from bot.forms.workbook import MAX_COLUMNS, RawSheet, UnreadableWorkbook
from bot.forms.workbook_cells import cell_text
from bot.i18n import _

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_xls(data: bytes) -> list[RawSheet]:
    """The sheets of an .xls file; raises UnreadableWorkbook."""
    if _ENCRYPTED in data:
        raise _locked()
    try:
        book = xlrd.open_workbook(file_contents=data, ragged_rows=True, logfile=io.StringIO())
    except Exception as error:  # noqa: BLE001 - xlrd meets a broken file with any exception
        raise _locked() if "encrypted" in str(error).lower() else _broken() from None
    return [(sheet.name, _rows(sheet, book.datemode)) for sheet in book.sheets()]


def _rows(sheet: xlrd.sheet.Sheet, datemode: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    for index in range(sheet.nrows):
        cells = sheet.row(index)[:MAX_COLUMNS]
        yield index + 1, tuple(_text(cell, datemode) for cell in cells)


def _text(cell: xlrd.sheet.Cell, datemode: int) -> str:
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return cell_text(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#VALUE!"))
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _date(cell.value, datemode)
    return cell_text(cell.value)


def _date(value: float, datemode: int) -> str:
    try:
        moment = xlrd.xldate_as_datetime(value, datemode)
    except (xlrd.xldate.XLDateError, OverflowError, ValueError):
        return cell_text(value)
    return cell_text(moment.time() if value < 1 else moment)


def _locked() -> UnreadableWorkbook:
    return UnreadableWorkbook(
        "password",
        _("The workbook is protected with a password. Save it without one and send it again."),
    )


def _broken() -> UnreadableWorkbook:
    return UnreadableWorkbook(
        "broken_file",
        _("The workbook is damaged and cannot be opened. Save it again as .xlsx and send that."),
    )
