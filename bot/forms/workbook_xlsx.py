"""Excel workbooks (.xlsx), read row by row with openpyxl.

The archive is looked at before anything is parsed: its unpacked size, and that no part
declares entities.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from bot.errors import Fault
from bot.forms.workbook import MAX_COLUMNS, MAX_EMPTY, MAX_ROWS, RawSheet, UnreadableWorkbook
from bot.forms.workbook_cells import cell_text
from bot.i18n import _

MAX_UNPACKED = 60_000_000
MAX_PARTS = 2_000
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_DECLARATIONS = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)


def read_xlsx(data: bytes) -> tuple[list[RawSheet], tuple[Fault, ...]]:
    """The sheets of an .xlsx file and the formulas whose result it lacks.

    Raises UnreadableWorkbook.
    """
    has_formulas = _inspect(data)
    book = _opened(data, data_only=True)
    faults = tuple(_formulas_without_result(data)) if has_formulas else ()
    return [(sheet.title, _rows(sheet)) for sheet in _sheets(book)], faults


def _inspect(data: bytes) -> bool:
    """Refuse archives that are no workbook or would harm; tell whether there are formulas."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise _too_large()
            if not any(part.filename.startswith("xl/") for part in parts):
                raise _no_workbook()
            found = [_inspect_part(archive, part) for part in parts]
    except (zipfile.BadZipFile, RuntimeError, OSError, NotImplementedError, EOFError, ValueError):
        raise _broken() from None
    return any(found)


def _inspect_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    if not part.filename.endswith((".xml", ".rels")):
        return False
    content = archive.read(part)
    if any(word in content for word in _DECLARATIONS):
        raise UnreadableWorkbook(
            "entities",
            _("The workbook holds declarations that no spreadsheet writes. Save it anew."),
        )
    return part.filename.startswith("xl/worksheets/") and bool(_FORMULA.search(content))


def _opened(data: bytes, *, data_only: bool) -> openpyxl.Workbook:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=data_only)
    except Exception:  # noqa: BLE001 - openpyxl meets a broken file with any exception
        raise _broken() from None


def _sheets(book: openpyxl.Workbook) -> list[Worksheet]:
    return list(book.worksheets)


def _rows(sheet: Worksheet) -> Iterator[tuple[int, tuple[str, ...]]]:
    for number, row in _values(sheet):
        yield number, tuple(cell_text(value) for value in row)


def _values(sheet: Worksheet) -> list[tuple[int, tuple[object, ...]]]:
    """Rows with something in them, up to a long stretch that holds nothing but formats."""
    rows: list[tuple[int, tuple[object, ...]]] = []
    last = 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            cells = sheet.iter_rows(min_row=1, min_col=1, max_col=MAX_COLUMNS, values_only=True)
            for number, row in enumerate(cells, 1):
                values = _trimmed(row)
                if values:
                    rows.append((number, values))
                    last = number
                if number - last > MAX_EMPTY or len(rows) > MAX_ROWS + 1:
                    break
    except Exception:  # noqa: BLE001 - openpyxl meets a broken sheet with any exception
        raise _broken() from None
    return rows


def _trimmed(row: Sequence[object]) -> tuple[object, ...]:
    end = len(row)
    while end and row[end - 1] is None:
        end -= 1
    return tuple(row[:end])


def _formulas_without_result(data: bytes) -> Iterator[Fault]:
    formulas, results = _opened(data, data_only=False), _opened(data, data_only=True)
    for written, shown in zip(_sheets(formulas), _sheets(results), strict=True):
        for (number, cells), (_number, values) in zip(
            _values(written), _values(shown), strict=False
        ):
            for formula, value in zip(cells, values, strict=False):
                if value is None and isinstance(formula, str) and formula.startswith("="):
                    yield Fault(
                        _(
                            "The formula in this cell has no stored result. Open the workbook "
                            "in Excel, save it and send it again, or write the text itself."
                        ),
                        sheet=written.title,
                        row=number,
                        code="formula_without_result",
                    )


def _too_large() -> UnreadableWorkbook:
    return UnreadableWorkbook(
        "unpacks_too_large",
        _("The workbook unpacks to more than can be read. Remove what the form does not use."),
    )


def _no_workbook() -> UnreadableWorkbook:
    return UnreadableWorkbook(
        "not_a_workbook",
        _("This file is no Excel workbook. Save the form as an Excel workbook (.xlsx)."),
    )


def _broken() -> UnreadableWorkbook:
    return UnreadableWorkbook(
        "broken_file",
        _("The workbook is damaged and cannot be opened. Save it again as .xlsx and send that."),
    )
