"""Faults marked in a new workbook that holds the values of the given file."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bot.errors import Fault
from bot.i18n import _, is_right_to_left, render
from bot.reports.fault_marks import AUTHOR, LIST_WIDTHS, LISTED, Mark, Rows, heading_row, listed
from bot.reports.sheet_text import cell_text, sheet_names

MOST_COMMENTS = 5_000
COMMENT = {"author": AUTHOR, "x_scale": 2.5, "y_scale": 1.5}
FORMATS = {
    dt.datetime: "yyyy-mm-dd hh:mm",
    dt.date: "yyyy-mm-dd",
    dt.time: "hh:mm",
    dt.timedelta: "[h]:mm",
}

Marks: TypeAlias = Mapping[str, Sequence[Mark]]
Numbered: TypeAlias = Iterable[tuple[int, Sequence[object]]]


def whole(
    given: Mapping[str, Rows], marks: Marks, faults: Sequence[Fault], language: str
) -> bytes:
    """Every sheet with every row, in its place."""
    writer = _Writer(given, marks, language)
    with writer.book:
        for name, rows in given.items():
            writer.page(name, enumerate(rows, 1))
        writer.list(faults)
    return writer.file.getvalue()


def excerpt(
    given: Mapping[str, Rows], marks: Marks, faults: Sequence[Fault], language: str
) -> bytes:
    """Each sheet down to its heading and its faulty rows, row numbers in a column before."""
    writer = _Writer(given, marks, language)
    with writer.book:
        for name, rows in given.items():
            heading = heading_row(rows, faults)
            wanted = sorted({*range(1, heading + 1), *(mark.row for mark in marks[name])})
            writer.page(name, _chosen(rows, wanted, heading), shift=1)
        writer.list(faults)
    return writer.file.getvalue()


def _chosen(
    rows: Rows, wanted: Iterable[int], heading: int
) -> Iterator[tuple[int, Sequence[object]]]:
    for number in wanted:
        cells = rows[number - 1] if number <= len(rows) else ()
        yield number, [_("Row") if number == heading else number, *cells]


class _Writer:
    """A workbook in the making, written from the top down."""

    def __init__(self, given: Mapping[str, Rows], marks: Marks, language: str) -> None:
        self.file = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.file, {"constant_memory": True})
        self.names = sheet_names([*given, render(_("Faults"), language)])
        self.titles = dict(zip(given, self.names, strict=False))
        self.marks = marks
        self.language = language
        self.comments = 0
        self.formats: dict[tuple[str, str], Format] = {}

    def page(self, name: str, rows: Numbered, shift: int = 0) -> None:
        """One sheet; marks stand `shift` columns to the right of where they are counted."""
        page = self.book.add_worksheet(self.titles[name])
        waiting = {(mark.row, mark.column + shift): mark for mark in self.marks[name]}
        by_row: dict[int, list[int]] = {}
        for row, column in waiting:
            by_row.setdefault(row, []).append(column)
        for place, (number, cells) in enumerate(rows):
            width = max([len(cells), *by_row.get(number, ())])
            for column in range(width):
                value = cells[column] if column < len(cells) else ""
                mark = waiting.get((number, column + 1))
                if mark or value not in {"", None}:
                    self._cell(page, place, column, value, mark)

    def list(self, faults: Sequence[Fault]) -> None:
        """The last sheet: all faults, also those that no cell could show."""
        page = self.book.add_worksheet(self.names[-1])
        if is_right_to_left(self.language):
            page.right_to_left()
        for column, width in enumerate(LIST_WIDTHS):
            page.set_column(column, column, width)
        for row, values in enumerate([LISTED, *listed(faults, self.language)]):
            for column, value in enumerate(values):
                self._cell(page, row, column, value)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, max(1, len(faults)), len(LISTED) - 1)

    def _cell(
        self, page: Worksheet, row: int, column: int, value: object, mark: Mark | None = None
    ) -> None:
        style = self._format(mark.colour if mark else "", FORMATS.get(type(value), ""))
        if isinstance(value, bool):
            page.write_boolean(row, column, value, style)
        elif isinstance(value, (int, float)):
            page.write_number(row, column, value, style)
        elif isinstance(value, (dt.date, dt.time, dt.timedelta)):
            page.write_datetime(row, column, value, style)
        elif value in {"", None}:
            page.write_blank(row, column, None, style)
        else:
            page.write_string(row, column, cell_text(render(value, self.language)), style)
        if mark and self.comments < MOST_COMMENTS:
            self.comments += 1
            page.write_comment(row, column, cell_text(mark.comment), COMMENT)

    def _format(self, colour: str, pattern: str) -> Format:
        if (colour, pattern) not in self.formats:
            fill = {"bg_color": f"#{colour}"} if colour else {}
            number = {"num_format": pattern} if pattern else {}
            self.formats[colour, pattern] = self.book.add_format({**fill, **number})
        return self.formats[colour, pattern]
