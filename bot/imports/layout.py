"""What is wrong with how a sheet is laid out: shifted rows, merged cells, dead formulas."""

from __future__ import annotations

from typing import NamedTuple

from bot.i18n import _
from bot.imports.findings import Findings
from bot.imports.headings import Header, translated
from bot.imports.kinds import Kind
from bot.imports.sheets import RawSheet


def note_shifted(
    sheet: RawSheet,
    header: Header,
    numbers: list[int],
    rows: list[list[object]],
    found: Findings,
) -> None:
    """In separated text, a row with more values than headings has an unquoted separator in it."""
    if not sheet.is_text:
        return
    width = len(sheet.rows[header.row])
    for number, row in zip(numbers, rows, strict=True):
        if any(row[width:]):
            found.refuse(
                "row-shifted",
                _(
                    "This row has {count} values, the header has {width}. A value that contains "
                    "the separator needs quotation marks around it.",
                    count=len(row),
                    width=width,
                ),
                number,
            )


def note_formulas(sheet: RawSheet, header: Header, kind: Kind, found: Findings) -> None:
    """Formulas that were never calculated, and those that give an error, have no value."""
    if not sheet.uncounted and not sheet.failed:
        return
    columns = _columns_at(header, kind)
    for row, place in sorted(sheet.uncounted):
        if row > header.row and place in columns:
            found.bad_cell(
                "formula-uncounted",
                _(
                    "This formula has no value. Open the file in the spreadsheet, let it "
                    "calculate, save it and send it again."
                ),
                row + 1,
                columns[place].heading,
                starred=columns[place].starred,
            )
    for (row, place), error in sorted(sheet.failed.items()):
        if row > header.row and place in columns:
            found.bad_cell(
                "formula-failed",
                _("This formula gives {error}. Correct it or type the value.", error=error),
                row + 1,
                columns[place].heading,
                starred=columns[place].starred,
            )


def note_merged(sheet: RawSheet, header: Header, kind: Kind, found: Findings) -> None:
    """Cells merged below the header block the file where they reach a starred column."""
    columns = _columns_at(header, kind)
    for (top, left), (bottom, right) in sheet.merged:
        touched = [column for place, column in columns.items() if left <= place <= right]
        if bottom <= header.row or not touched:
            continue
        column = min(touched, key=lambda column: not column.starred)
        place = max(top, header.row + 1) + 1, column.heading
        if column.starred:
            said = _(
                "Cells are merged here, so that only the first has a value. Unmerge them and "
                "fill in each one."
            )
            found.refuse("cells-merged", said, *place)
        else:
            said = _(
                "Cells are merged here, so that only the first has a value; the others are "
                "taken as blank. Unmerge them and fill in each one."
            )
            found.warn("cells-merged", said, *place)


class _Headed(NamedTuple):
    """A known column of the file, by the heading it has there."""

    heading: str
    starred: bool


def _columns_at(header: Header, kind: Kind) -> dict[int, _Headed]:
    """What stands at each position, columns in other languages too."""
    starred = {column.name for column in kind.columns if column.starred}
    found = {
        place: _Headed(header.headings[name], name in starred)
        for name, place in header.positions.items()
    }
    for name, places in header.languages.items():
        for language, place in places.items():
            found[place] = _Headed(header.headings[translated(name, language)], False)
    return found
