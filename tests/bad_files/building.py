"""Files as spreadsheets write them: text in some encoding, or workbooks cell by cell."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

Build = Callable[[], bytes]


def text(*lines: str, encoding: str = "utf-8", end: str = "\r\n") -> Build:
    """A file of separated values, as it is."""
    return lambda: "".join(line + end for line in lines).encode(encoding)


def raw(content: bytes) -> Build:
    return lambda: content


def book(*rows: Sequence[Any], sheet: str = "Sheet1") -> Build:
    """A workbook of one sheet; numbers, dates and times are real ones, None is no cell."""

    def fill(page: Worksheet) -> None:
        for row in rows:
            page.append(list(row))

    return opened(fill, sheet=sheet)


def opened(fill: Callable[[Worksheet], object], sheet: str = "Sheet1") -> Build:
    """A workbook whose one sheet `fill` writes; its formulas have never been calculated."""

    def build() -> bytes:
        workbook = openpyxl.Workbook()
        page = workbook.active
        assert isinstance(page, Worksheet)
        page.title = sheet
        fill(page)
        return _saved(workbook)

    return build


def many(fill: Callable[[openpyxl.Workbook], object]) -> Build:
    """A workbook whose sheets `fill` adds; it begins with none."""

    def build() -> bytes:
        workbook = openpyxl.Workbook()
        assert workbook.active is not None
        workbook.remove(workbook.active)
        fill(workbook)
        return _saved(workbook)

    return build


def calculated(*rows: Sequence[Any]) -> Build:
    """A workbook in which a pair (formula, value) is a formula with its calculated value."""

    def build() -> bytes:
        target = io.BytesIO()
        with xlsxwriter.Workbook(target, {"strings_to_numbers": False}) as workbook:
            page = workbook.add_worksheet()
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if isinstance(cell, tuple):
                        page.write_formula(number, place, cell[0], None, cell[1])
                    else:
                        page.write(number, place, cell)
        return target.getvalue()

    return build


def archive(*members: str) -> Build:
    """A zip file that is something else than a workbook."""

    def build() -> bytes:
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as packed:
            for member in members:
                packed.writestr(member, "<xml/>")
        return target.getvalue()

    return build


def _saved(workbook: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()
