"""Workbooks: tables with a frozen header, real dates and numbers, and text that stays text."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.i18n import Moment, Percent, Words, is_right_to_left, render
from bot.reports.sheet_text import cell_text, sheet_names

if TYPE_CHECKING:  # whoever only names a report does not load what writes it
    import xlsxwriter
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_576
HEADER_FILL, CODE_FILL = "#dbe5f1", "#f2f2f2"


class Kind(StrEnum):
    TEXT = "text"
    INT = "int"
    DECIMAL = "decimal"
    DATE = "date"
    PERCENT = "percent"


WIDTHS = {Kind.TEXT: 28, Kind.INT: 10, Kind.DECIMAL: 11, Kind.DATE: 13, Kind.PERCENT: 11}
NUMBER_FORMATS = {
    Kind.TEXT: "@",
    Kind.INT: "#,##0",
    Kind.DECIMAL: "#,##0.00",
    Kind.DATE: "yyyy-mm-dd",
    Kind.PERCENT: "0%",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the code beside it, its width in characters (0: by kind)."""

    header: Words
    code: str = ""
    width: float = 0
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. `notes` stand above it; `with_codes` adds a second heading row of codes.

    A cell is words, a number, a date, a `Moment`, a `Percent`, yes or no, or None.
    """

    name: Words
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[object]]
    notes: tuple[Words, ...] = ()
    with_codes: bool = False


def write_workbook(
    sheets: Sequence[Sheet], language: str, made_at: dt.datetime | None = None
) -> bytes:
    """The sheets as an .xlsx file for a reader of `language`; rows are taken as they come.

    Refuses (ValueError) a table longer than a sheet can be.
    """
    import xlsxwriter

    file = io.BytesIO()
    names = sheet_names(render(sheet.name, language) for sheet in sheets)
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        if made_at:
            book.set_properties({"created": made_at.replace(tzinfo=None)})
        styles = _Styles(book)
        for sheet, name in zip(sheets, names, strict=True):
            _Table(book.add_worksheet(name), sheet, styles, language).write()
    return file.getvalue()


class _Styles:
    """The formats of one workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        top = {"valign": "top"}
        self.header = book.add_format(
            {"bold": True, "bg_color": HEADER_FILL, "text_wrap": True, "bottom": 1, **top}
        )
        self.code = book.add_format({"font_color": "#5f6368", "bg_color": CODE_FILL, **top})
        self.note = book.add_format({"italic": True, "font_color": "#5f6368"})
        self.moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm", **top})
        self.time = book.add_format({"num_format": "hh:mm", **top})
        self.by_kind = {
            kind: book.add_format({"num_format": pattern, "text_wrap": kind is Kind.TEXT, **top})
            for kind, pattern in NUMBER_FORMATS.items()
        }


class _Table:
    """Writes one sheet from the top down, as constant memory demands."""

    def __init__(self, page: Worksheet, sheet: Sheet, styles: _Styles, language: str) -> None:
        self.page = page
        self.sheet = sheet
        self.styles = styles
        self.language = language
        self.row = 0

    def write(self) -> None:
        if is_right_to_left(self.language):
            self.page.right_to_left()
        for number, column in enumerate(self.sheet.columns):
            self.page.set_column(number, number, column.width or WIDTHS[column.kind])
        self._notes()
        first = self._headers()
        for values in self.sheet.rows:
            self._cells(values)
        if self.sheet.columns:
            last = max(self.row - 1, first)
            self.page.autofilter(first, 0, last, len(self.sheet.columns) - 1)

    def _notes(self) -> None:
        for note in self.sheet.notes:
            self._string(0, note, self.styles.note)
            self.row += 1
        self.row += bool(self.sheet.notes)

    def _headers(self) -> int:
        """Writes the heading rows and gives the one the filter hangs on."""
        for number, column in enumerate(self.sheet.columns):
            self._string(number, column.header, self.styles.header)
        self.row += 1
        if self.sheet.with_codes:
            for number, column in enumerate(self.sheet.columns):
                self._string(number, column.code, self.styles.code)
            self.row += 1
        self.page.freeze_panes(self.row, 0)
        return self.row - 1

    def _cells(self, values: Sequence[object]) -> None:
        if self.row >= MOST_ROWS:
            raise ValueError(f"a sheet holds at most {MOST_ROWS} rows")
        for number, (column, value) in enumerate(zip(self.sheet.columns, values, strict=True)):
            if value is not None and value != "":
                self._cell(number, value, column.kind)
        self.row += 1

    def _cell(self, number: int, value: object, kind: Kind) -> None:
        page, row, style = self.page, self.row, self.styles.by_kind[kind]
        if isinstance(value, Percent):
            page.write_number(row, number, value.share, self.styles.by_kind[Kind.PERCENT])
        elif isinstance(value, Moment):
            local = value.at.astimezone(ZoneInfo(value.zone)).replace(tzinfo=None)
            page.write_datetime(row, number, local, self.styles.moment)
        elif isinstance(value, dt.time):
            page.write_datetime(row, number, value, self.styles.time)
        elif isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            page.write_datetime(row, number, value, self.styles.by_kind[Kind.DATE])
        elif isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
            page.write_number(row, number, float(value), style)
        else:
            self._string(number, value, style)

    def _string(self, number: int, value: object, style: Format) -> None:
        words = cell_text(render(value, self.language))
        self.page.write_string(self.row, number, words, style)
