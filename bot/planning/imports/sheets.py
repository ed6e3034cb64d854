"""From a workbook in one of the known layouts to the columns of a plan, row by row as it stands.

Faults keep the rows and the headings of the file, so that it comes back with its own cells marked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.errors import Severity
from bot.i18n import _
from bot.imports import csv_file, opening, reading, workbook_file
from bot.imports.findings import Findings
from bot.imports.headings import plain as heading
from bot.imports.headings import rows_to_try
from bot.imports.kinds import Kind, Records
from bot.imports.sheets import RawSheet
from bot.planning.layouts import classified, monthly, procurement
from bot.planning.layouts.monthly import month_in
from bot.planning.layouts.table import Layout, Taken, is_total, said

LAYOUTS: tuple[Layout, ...] = (monthly.MONTHLY, procurement.PROCUREMENT, classified.CLASSIFIED)
STARRED = "title"
"""The heading by which a sheet is a plan's own table; no layout has it."""


def read(content: bytes, kind: Kind, found: Findings) -> Records | None:
    """The lines of the first sheet that is in a known layout; None where a sheet is a plan's own
    table, or none is in a layout: then the file is read as any other.
    """
    noted = Findings()
    sheets = _sheets(content, noted)
    if any(_is_own(row) for sheet in sheets for row in rows_to_try(sheet)):
        return None
    for sheet in sheets:
        taken = _taken(sheet)
        if taken is not None:
            _pass_on(noted, {}, found)
            _warn_of_others(sheets, sheet, found)
            _warn_of_columns(sheet, taken, found)
            return _records(sheet, taken, kind, found)
    return None


def _sheets(content: bytes, found: Findings) -> list[RawSheet]:
    if content.startswith(opening.ZIP):
        return [sheet for sheet in workbook_file.read(content) if not sheet.is_empty]
    if content.startswith((opening.OLD_EXCEL, opening.PDF)):
        return []
    return [csv_file.read(content, lambda row: sum(map(bool, row)), found)]


def _is_own(row: Sequence[object]) -> bool:
    return any(heading(cell) == STARRED for cell in row)


def _taken(sheet: RawSheet) -> Taken | None:
    for layout in LAYOUTS:
        taken = layout.read(sheet.rows)
        if taken is not None:
            return layout.read(_filled(sheet, taken.heading_row)) or taken
    return None


def _filled(sheet: RawSheet, heading: int) -> list[list[object]]:
    """The rows with what is merged over several of them, below the headings, in each."""
    rows = [list(row) for row in sheet.rows]
    for (top, left), (bottom, _right) in sheet.merged:
        for row in rows[top + 1 : bottom + 1] if top > heading else []:
            if left < len(row) and not row[left]:
                row[left] = rows[top][left]
    return rows


def _warn_of_others(sheets: Sequence[RawSheet], read_one: RawSheet, found: Findings) -> None:
    for sheet in sheets:
        if sheet is not read_one:
            found.warn(
                "sheet-not-read",
                _(
                    "The sheet “{other}” was not read; the table was taken from “{sheet}”.",
                    other=sheet.name or "",
                    sheet=read_one.name or "",
                ),
            )


def _warn_of_columns(sheet: RawSheet, taken: Taken, found: Findings) -> None:
    """Say which headings mean nothing in the layout; months and sums are read otherwise."""
    row, known = sheet.rows[taken.heading_row], {*map(said, taken.headings.values())}
    for cell in dict.fromkeys(map(said, row)):
        if cell and cell not in known and month_in(cell) is None and not is_total([cell]):
            found.warn(
                "column-unknown",
                _("The column “{heading}” is not known and is not read.", heading=cell),
                taken.heading_row + 1,
                cell,
            )


def _records(sheet: RawSheet, taken: Taken, kind: Kind, found: Findings) -> Records:
    """The same lines as a table of the kind's own, in the same rows, read as any other."""
    found.sheet = sheet.name
    names = [column.name for column in kind.columns if _is_said(column.name, taken)]
    rows: list[list[object]] = [[] for _row in sheet.rows]
    rows[min(taken.heading_row, min(taken.lines, default=1) - 1)] = list(names)
    for number, values in taken.lines.items():
        rows[number] = [values.get(name, "") for name in names]
    own = Findings(sheet=sheet.name)
    records = reading.records(RawSheet(sheet.name, _in_reach(rows, taken)), kind, own)
    records.headings |= taken.headings
    _pass_on(own, taken.headings, found)
    return records


def _is_said(column: str, taken: Taken) -> bool:
    return any(column in values for values in taken.lines.values()) or column == "title"


def _in_reach(rows: list[list[object]], taken: Taken) -> list[list[object]]:
    """The header within the first rows, where it is looked for."""
    header = next(number for number, row in enumerate(rows) if row)
    if header >= 10:
        rows[9], rows[header] = rows[header], []
    return rows


def _pass_on(own: Findings, headings: Mapping[str, str], found: Findings) -> None:
    """The faults with the headings that the file has."""
    for fault in own.faults:
        note = found.refuse if fault.severity is Severity.REFUSED else found.warn
        column = headings.get(fault.column or "", fault.column)
        note(fault.code, fault.sentence, fault.row, column)
