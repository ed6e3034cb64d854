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
from posixpath import normpath

import openpyxl
from lxml import etree
from openpyxl.worksheet.worksheet import Worksheet

from bot.errors import Fault
from bot.forms.workbook import MAX_COLUMNS, MAX_EMPTY, MAX_ROWS, RawSheet, UnreadableWorkbook
from bot.forms.workbook_cells import cell_text
from bot.i18n import _

MAX_UNPACKED = 20_000_000
MAX_SHEETS = 50
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
    parts = _parts(data)
    _refuse_shared_sheets(parts)
    clean = _packed(parts)
    book = _opened(clean, data_only=True)
    has_formulas = any(
        name.startswith("xl/worksheets/") and _FORMULA.search(content)
        for name, content in parts.items()
    )
    faults = tuple(_formulas_without_result(clean, book)) if has_formulas else ()
    return [(sheet.title, _rows(sheet)) for sheet in _sheets(book)], faults


def _parts(data: bytes) -> dict[str, bytes]:
    """The parts a reader needs, refusing archives that are no workbook or would harm."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if not any(name.startswith("xl/") for name in names):
                raise _no_workbook()
            return _unpacked(archive, names)
    except UnreadableWorkbook:
        raise
    except Exception:  # noqa: BLE001 - a damaged archive raises whatever its codec raises
        raise _broken() from None


def _unpacked(archive: zipfile.ZipFile, names: list[str]) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    left = MAX_UNPACKED
    if len(names) > MAX_PARTS:
        raise _too_large()
    for name in names:
        if not name.endswith((".xml", ".rels")):
            continue
        content = _content(archive, name, left)
        left -= len(content)
        if any(word in content for word in _DECLARATIONS):
            raise UnreadableWorkbook(
                "entities",
                _("The workbook holds declarations that no spreadsheet writes. Save it anew."),
            )
        parts[name] = content
    return parts


def _content(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """One part, read in pieces, since the size an archive states may be a lie."""
    content = bytearray()
    with archive.open(name) as part:
        while piece := part.read(1 << 16):
            content += piece
            if len(content) > most:
                raise _too_large()
    return bytes(content)


def _refuse_shared_sheets(parts: dict[str, bytes]) -> None:
    """Refuse sheets without end: too many, or one part read again and again as another sheet."""
    try:
        book = etree.fromstring(parts["xl/workbook.xml"], _parser())
        links = etree.fromstring(parts.get("xl/_rels/workbook.xml.rels", b"<none/>"), _parser())
    except (KeyError, etree.XMLSyntaxError):
        raise _broken() from None
    sheets = list(book.iter("{*}sheet"))
    if len(sheets) > MAX_SHEETS:
        raise _too_large()
    ids = [
        tuple(value for key, value in sheet.items() if str(key).endswith("}id"))
        for sheet in sheets
    ]
    targets = [normpath(f"/xl/{link.get('Target')}") for link in links.iter("{*}Relationship")]
    if len(set(ids)) < len(ids) or len(set(targets)) < len(targets):
        raise _broken()


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)


def _packed(parts: dict[str, bytes]) -> bytes:
    """The inspected parts as an archive of their own, so that only they are parsed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


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


def _formulas_without_result(data: bytes, results: openpyxl.Workbook) -> Iterator[Fault]:
    formulas = _opened(data, data_only=False)
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
