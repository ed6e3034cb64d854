"""Sheets of a plan's workbook, cell by cell as their layouts have them."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

import xlsxwriter

from bot.planning.imports.columns import COLUMNS
from bot.planning.layouts import classified, courses, education, monthly, procurement
from bot.planning.layouts.table import Written
from bot.planning.writing import PlanBook
from bot.reports.sheet_text import cell_text
from bot.reports.workbook import HEADER_FILL

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

OWN = "annual_plan"
OWN_WIDTH = 18.0


def write(book: PlanBook, language: str) -> bytes:
    """The plan's own table first, then each layout, with titles in a language."""
    plan = book.written(language)
    sheets = (
        _own(book),
        monthly.write(plan),
        procurement.write(plan),
        education.write(plan),
        education.modifications(plan),
        classified.write(plan),
        courses.monthly(plan),
        courses.details(plan),
    )
    target = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(target, options) as file:
        styles = _styles(file)
        for sheet in sheets:
            _put(file.add_worksheet(sheet.name), sheet, styles)
    return target.getvalue()


def _own(book: PlanBook) -> Written:
    heads = tuple(column.name for column in COLUMNS)
    widths = dict.fromkeys(range(len(heads)), OWN_WIDTH)
    return Written(OWN, (heads, *book.cells), heads=frozenset({0}), widths=widths)


def _styles(file: xlsxwriter.Workbook) -> dict[str, Format]:
    top = {"valign": "top"}
    return {
        "head": file.add_format({"bold": True, "bg_color": HEADER_FILL, "text_wrap": True, **top}),
        "bold": file.add_format({"bold": True, **top}),
        "date": file.add_format({"num_format": "yyyy-mm-dd", **top}),
        "time": file.add_format({"num_format": "hh:mm", **top}),
        "plain": file.add_format(top),
    }


def _put(page: Worksheet, sheet: Written, styles: dict[str, Format]) -> None:
    for column, width in sheet.widths.items():
        page.set_column(column, column, width)
    for number, row in enumerate(sheet.rows):
        style = "head" if number in sheet.heads else "bold" if number in sheet.bold else "plain"
        for place, cell in enumerate(row):
            _cell(page, (number, place), cell, styles, style)
    for (top, left), (bottom, right) in sheet.merged:
        words = cell_text(str(sheet.rows[top][left]))
        page.merge_range(top, left, bottom, right, words, styles["head"])
    if sheet.heads:
        page.freeze_panes(min(sheet.heads) + 1, 0)


def _cell(
    page: Worksheet, at: tuple[int, int], cell: object, styles: dict[str, Format], style: str
) -> None:
    if isinstance(cell, bool):
        page.write_string(*at, "yes" if cell else "no", styles[style])
    elif isinstance(cell, dt.date):
        page.write_datetime(*at, cell, styles["date"])
    elif isinstance(cell, dt.time):
        page.write_datetime(*at, cell, styles["time"])
    elif isinstance(cell, (int, float)):
        page.write_number(*at, cell, styles[style])
    elif cell not in ("", None):
        page.write_string(*at, cell_text(str(cell)), styles[style])
