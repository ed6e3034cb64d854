"""Faults marked in the workbook itself, which keeps everything else it holds."""

from __future__ import annotations

import io
from collections.abc import Container, Mapping, Sequence

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.errors import Fault
from bot.i18n import _, is_right_to_left, render
from bot.reports.fault_marks import (
    AUTHOR,
    LIST_WIDTHS,
    LISTED,
    RED,
    YELLOW,
    Mark,
    listed,
)
from bot.reports.sheet_text import cell_text, sheet_names

COMMENT_WIDTH, COMMENT_HEIGHT = 320, 120
OUR_COLOURS = frozenset({f"00{RED}", f"00{YELLOW}", f"FF{RED}", f"FF{YELLOW}"})


def coloured(
    original: bytes, marks: Mapping[str, Sequence[Mark]], faults: Sequence[Fault], language: str
) -> bytes:
    """The workbook with this round's faults in the sheets named in `marks`.

    Other sheets (the list of an earlier round) and the marks of that round go.
    """
    book = load_workbook(io.BytesIO(original), rich_text=True)
    _forget_earlier(book, marks)
    for name, here in marks.items():
        page = book[name]
        for mark in here:
            _colour(_shown_cell(page, mark), mark)
    _append_list(book, faults, language)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _shown_cell(page: Worksheet, mark: Mark) -> Cell:
    """The cell itself, or the one that shows in its place where cells are merged."""
    row, column = mark.row, mark.column
    for area in page.merged_cells.ranges:
        if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
            row, column = area.min_row, area.min_col
    cell = page.cell(row, column)
    assert isinstance(cell, Cell)
    return cell


def _colour(cell: Cell, mark: Mark) -> None:
    said = [cell.comment.text] if cell.comment else []
    blocks_already = bool(cell.comment) and cell.fill.fgColor.rgb == f"FF{RED}"
    colour = RED if blocks_already else mark.colour
    cell.fill = PatternFill("solid", fgColor=f"FF{colour}")
    text = cell_text("\n".join([*said, mark.comment]))
    cell.comment = Comment(text, AUTHOR, height=COMMENT_HEIGHT, width=COMMENT_WIDTH)


def _forget_earlier(book: Workbook, kept: Container[str]) -> None:
    for page in list(book.worksheets):
        if page.title not in kept:
            book.remove(page)
            continue
        for row in page.iter_rows():
            for cell in row:
                if isinstance(cell, Cell) and cell.comment and cell.comment.author == AUTHOR:
                    _clear(cell)


def _clear(cell: Cell) -> None:
    cell.comment = None
    if cell.fill.fgColor.rgb in OUR_COLOURS:
        cell.fill = PatternFill()


def _append_list(book: Workbook, faults: Sequence[Fault], language: str) -> None:
    taken = [page.title for page in book.worksheets]
    name = sheet_names([*taken, render(_("Faults"), language)])[-1]
    page = book.create_sheet(name)
    page.sheet_view.rightToLeft = is_right_to_left(language)
    for number, (words, width) in enumerate(zip(LISTED, LIST_WIDTHS, strict=True), 1):
        page.column_dimensions[get_column_letter(number)].width = width
        _write(page.cell(1, number), render(words, language), bold=True)
    for row, values in enumerate(listed(faults, language), 2):
        for column, value in enumerate(values, 1):
            _write(page.cell(row, column), value)
    page.freeze_panes = "A2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(LISTED))}{len(faults) + 1}"


def _write(cell: Cell, value: object, *, bold: bool = False) -> None:
    """A number or text; text that looks like a formula stays text."""
    if isinstance(value, int):
        cell.value = value
    else:
        cell.value = cell_text(str(value))
        cell.data_type = "s"
    cell.font = Font(bold=bold)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
