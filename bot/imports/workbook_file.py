"""Excel workbooks: visible sheets, merged cells, and what the cell values alone do not tell:
formulas that were never calculated and formulas that failed.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree
from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from bot.i18n import _
from bot.imports.findings import Unreadable
from bot.imports.sheets import RawSheet

Place: TypeAlias = tuple[int, int]

MOST_BYTES = 800_000_000
MOST_CELLS = 30_000_000
BLOCK = 1 << 20
OVERLAP = 64
SEEN_WHOLE = 20_000_000
PLACE = re.compile(rb'\sr="([A-Z]{1,4})([0-9]{1,8})"')
DIMENSION = re.compile(rb'<dimension ref="[A-Z]+\d+:([A-Z]+)(\d+)"')
CELL = re.compile(
    rb'<c r="([A-Z]+)(\d+)"([^>]*)>\s*'
    rb"(?:<f(?:\s[^>]*)?(?:/>|>([^<]*)</f>)\s*)?(?:<v>([^<]*)</v>)?"
)
# What the libraries raise over archives and documents that are damaged inside.
DAMAGE = (
    CalamineError,
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    KeyError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    UnicodeDecodeError,
)


def read(content: bytes) -> Iterator[RawSheet]:
    """The visible sheets in the workbook's order, each read when it is asked for.

    Refuses a workbook with a password, a broken one, and one that is far too large.
    """
    try:
        archive = _archive(content)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        parts = _parts(archive)
        for sheet in workbook.sheets_metadata:
            if sheet.typ is SheetTypeEnum.WorkSheet and sheet.visible is SheetVisibleEnum.Visible:
                yield _sheet(workbook, archive, sheet.name, parts[sheet.name])
    except PasswordError:
        raise Unreadable(
            "password", _("The workbook has a password. Remove it and send the file again.")
        ) from None
    except DAMAGE:
        raise _broken() from None


def _archive(content: bytes) -> zipfile.ZipFile:
    archive = zipfile.ZipFile(io.BytesIO(content))
    if "xl/workbook.xml" not in archive.namelist():
        raise Unreadable(
            "not-a-workbook",
            _("This is no Excel workbook. Save the table as .xlsx or as CSV UTF-8."),
        )
    if sum(member.file_size for member in archive.infolist()) > MOST_BYTES:
        raise _too_large()
    return archive


def _sheet(workbook: CalamineWorkbook, archive: zipfile.ZipFile, name: str, part: str) -> RawSheet:
    needs_care = _scan(archive, part)
    sheet = workbook.get_sheet_by_name(name)
    rows: list[list[object]] = sheet.to_python(skip_empty_area=False)  # type: ignore[assignment]  # list is invariant
    merged = sheet.merged_cell_ranges or []
    if not needs_care:
        return RawSheet(name, rows, merged)
    uncounted, failed = _formulas(archive.read(part))
    _make_room(rows, [*uncounted, *failed])
    return RawSheet(name, rows, merged, frozenset(uncounted), failed)


def _scan(archive: zipfile.ZipFile, part: str) -> bool:
    """Whether formulas or errors stand in a sheet; refuses one whose used area is huge."""
    if archive.getinfo(part).file_size <= SEEN_WHOLE:
        xml = archive.read(part)
        _refuse_huge(*_reach(xml))
        return _needs_care(xml)
    with archive.open(part) as source:
        tail, block = b"", source.read(BLOCK)
        used = DIMENSION.search(block)
        if used:
            _refuse_huge(int(used[2]), _column(used[1]))
        while block:
            if _needs_care(tail + block):
                return True
            tail, block = block[-OVERLAP:], source.read(BLOCK)
    return False


def _needs_care(xml: bytes) -> bool:
    return b"<f>" in xml or b"<f " in xml or b't="e"' in xml


def _reach(xml: bytes) -> Place:
    """The last row and column in which there is a cell, whatever the sheet says of itself."""
    places = set(PLACE.findall(xml))
    rows = max((int(row) for _letters, row in places), default=0)
    return rows, max((_column(letters) for letters, _row in places), default=0)


def _refuse_huge(rows: int, columns: int) -> None:
    """The reader makes room for every cell up to the last one, used or not."""
    if rows * columns > MOST_CELLS:
        raise _too_large()


def _formulas(xml: bytes) -> tuple[list[Place], dict[Place, str]]:
    """Where formulas have no value, and where they have an error for a value."""
    uncounted: list[Place] = []
    failed: dict[Place, str] = {}
    for match in CELL.finditer(xml):
        column, row, attributes, formula, value = match.groups()
        place = int(row) - 1, _column(column) - 1
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
    """Which member of the archive holds each sheet."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    book = etree.fromstring(archive.read("xl/workbook.xml"), parser)
    links = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"), parser)
    targets = {link.get("Id"): str(link.get("Target")) for link in links}
    members = set(archive.namelist())
    found = {}
    for sheet in book.iter("{*}sheet"):
        link = next((value for name, value in sheet.items() if str(name).endswith("}id")), None)
        target = targets.get(link, "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in members:
            found[str(sheet.get("name"))] = part
    return found


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _broken() -> Unreadable:
    return Unreadable(
        "workbook-broken",
        _(
            "The workbook cannot be opened. Open it in the spreadsheet, save it again as .xlsx "
            "and send that file."
        ),
    )


def _too_large() -> Unreadable:
    return Unreadable(
        "too-large",
        _(
            "The used part of the sheet is far larger than its table. Delete the empty rows and "
            "columns after the last entry, save and send the file again."
        ),
    )
