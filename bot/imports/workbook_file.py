"""Excel workbooks: visible sheets, merged cells, and what the cell values alone do not tell:
formulas that were never calculated and formulas that failed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from lxml import etree
from python_calamine import (
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from bot.i18n import _
from bot.imports import limits
from bot.imports.findings import Unreadable
from bot.imports.reach import Reach, column_number, reach_of
from bot.imports.sheets import RawSheet, Span
from bot.imports.unpacking import unpacked

Place: TypeAlias = tuple[int, int]

PANIC = "PanicException"
"""What the library raises, as no ordinary exception, over dates that no calendar has."""
CELL = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"([^<>]*)>\s*'
    rb"(?:<f(?:\s[^<>]*)?(?:/>|>([^<]*)</f>)\s*)?(?:<v>([^<]*)</v>)?"
)


def read(content: bytes) -> Iterator[RawSheet]:
    """The visible sheets in the workbook's order, each read when it is asked for.

    Refuses a workbook with a password, a broken one, and one that is far too large.
    """
    book = opened(content)
    cells = 0
    for name in book.visible:
        sheet = book.sheet(name)
        cells += len(sheet.rows) * max(map(len, sheet.rows), default=0)
        if cells > limits.MOST_CELLS:
            raise limits.too_many_cells()
        yield sheet


def opened(content: bytes) -> OpenedBook:
    """The workbook, once everything in it has been found small enough to be read.

    Refuses the same as `read`, whatever the libraries make of a damaged file.
    """
    try:
        return OpenedBook(content)
    except Unreadable:
        raise
    except PasswordError:
        raise Unreadable(
            "password", _("The workbook has a password. Remove it and send the file again.")
        ) from None
    except Exception:  # noqa: BLE001 - a damaged archive raises whatever its codecs raise
        raise _broken() from None


class OpenedBook:
    """A workbook whose sheets, hidden ones too, are known not to be too large together."""

    def __init__(self, content: bytes) -> None:
        _refuse_no_workbook(content)
        plain = unpacked(content)
        self._archive = zipfile.ZipFile(io.BytesIO(plain))
        self._parts = _parts(self._archive)
        self._reaches, self._without_care = _looked_through(self._archive)
        self._book = CalamineWorkbook.from_filelike(io.BytesIO(plain))
        found = self._book.sheets_metadata
        worksheets = [sheet for sheet in found if sheet.typ is SheetTypeEnum.WorkSheet]
        self.names = [sheet.name for sheet in worksheets]
        self.visible = [
            sheet.name for sheet in worksheets if sheet.visible is SheetVisibleEnum.Visible
        ]
        if len(set(self.names)) < len(self.names) or not self._parts.keys() >= {*self.names}:
            raise _broken()

    def sheet(self, name: str) -> RawSheet:
        """The cells of a sheet, and what is wrong with its formulas."""
        part = self._parts[name]
        rows, merged = _cells(self._book, name)
        if part in self._without_care:
            return RawSheet(name, rows, merged)
        xml = self._archive.read(part)
        if not _needs_care(xml):
            return RawSheet(name, rows, merged)
        uncounted, failed = _formulas(xml, self._reaches[part])
        _make_room(rows, [*uncounted, *failed])
        return RawSheet(name, rows, merged, frozenset(uncounted), failed)


def _refuse_no_workbook(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            raise Unreadable(
                "not-a-workbook",
                _("This is no Excel workbook. Save the table as .xlsx or as CSV UTF-8."),
            )


def _looked_through(archive: zipfile.ZipFile) -> tuple[dict[str, Reach], set[str]]:
    """How far the sheets reach, since the reader makes room for every cell up to the last one,
    and those that hold no formulas.

    Every document is looked at, since the reader may take another one for a sheet than we.
    """
    found: dict[str, Reach] = {}
    without_care = set()
    for name in archive.namelist():
        if name.startswith("xl/") and name.endswith(".xml"):
            xml = archive.read(name)
            found[name] = reach_of(xml)
            if sum(reach.cells for reach in found.values()) > limits.MOST_CELLS:
                raise limits.too_many_cells()
            if not _needs_care(xml):
                without_care.add(name)
    return found, without_care


def _cells(book: CalamineWorkbook, name: str) -> tuple[list[list[object]], Sequence[Span]]:
    try:
        sheet = book.get_sheet_by_name(name)
        rows: list[list[object]] = sheet.to_python(skip_empty_area=False)  # type: ignore[assignment]  # list is invariant
        return rows, sheet.merged_cell_ranges or []
    except OverflowError:
        raise _no_time() from None
    except Exception:  # noqa: BLE001 - damaged sheets raise whatever the library meets
        raise _broken() from None
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        raise _no_time() from None


def _needs_care(xml: bytes) -> bool:
    return b"<f>" in xml or b"<f " in xml or b't="e"' in xml


def _formulas(xml: bytes, reach: Reach) -> tuple[list[Place], dict[Place, str]]:
    """Where formulas have no value, and where they have an error for a value."""
    uncounted: list[Place] = []
    failed: dict[Place, str] = {}
    for match in CELL.finditer(xml):
        column, row, attributes, formula, value = match.groups()
        place = int(row) - 1, column_number(column) - 1
        if place[0] >= reach.rows or place[1] >= reach.columns:
            continue
        if b't="e"' in attributes:
            failed[place] = (value or b"").decode()
        elif formula is not None and not value and b't="str"' not in attributes:
            uncounted.append(place)
    return uncounted, failed


def _make_room(rows: list[list[object]], places: list[Place]) -> None:
    """Let `rows` reach every place: cells without a value may lie outside what was read."""
    height = max((row for row, _column_ in places), default=-1) + 1
    width = max([len(rows[0]) if rows else 0, *(column + 1 for _row, column in places)])
    rows.extend([] for _missing in range(height - len(rows)))
    for row in rows:
        row.extend([""] * (width - len(row)))


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Which member of the archive holds each sheet; no two may share one."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    book = etree.fromstring(archive.read("xl/workbook.xml"), parser)
    links = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"), parser)
    targets = {link.get("Id"): str(link.get("Target")) for link in links}
    sheets = list(book.iter("{*}sheet"))
    found = {str(sheet.get("name")): _part(targets.get(_link(sheet), "")) for sheet in sheets}
    known = {name: part for name, part in found.items() if part in archive.NameToInfo}
    if len(sheets) > limits.MOST_SHEETS:
        raise limits.too_many_cells()
    if len(targets) < len(links) or len({*known.values()}) < len(known):
        raise _broken()
    return known


def _link(sheet: etree._Element) -> str | None:
    links = [str(value) for name, value in sheet.items() if str(name).endswith("}id")]
    return links[0] if len(links) == 1 else None


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _broken() -> Unreadable:
    return Unreadable(
        "workbook-broken",
        _(
            "The workbook cannot be opened. Open it in the spreadsheet, save it again as .xlsx "
            "and send that file."
        ),
    )


def _no_time() -> Unreadable:
    return Unreadable(
        "number-as-time",
        _(
            "A cell that is formatted as a date or time holds a number that is none. Format "
            "such columns as text or as numbers, save and send the file again."
        ),
    )
