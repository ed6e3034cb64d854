"""What the database holds, as a file that could be imported again without changing anything."""

from __future__ import annotations

import csv
import datetime as dt
import io

from sqlmodel import Session

from bot.errors import Refusal
from bot.i18n import _
from bot.imports.formula_signs import harmless
from bot.imports.kinds import Exported, kind_named

WIDTH = 18


def export(session: Session, kind: str, file_name: str) -> bytes:
    """All rows of a kind as .xlsx or .csv, by the ending of the file's name.

    Refuses an unknown kind, one that cannot be exported and any other ending.
    """
    chosen = kind_named(kind)
    if chosen.export is None:
        raise Refusal(_("There is no export of “{kind}”.", kind=kind))
    if file_name.lower().endswith(".csv"):
        return as_csv(chosen.export(session))
    if file_name.lower().endswith(".xlsx"):
        return as_workbook(chosen.export(session), kind)
    raise Refusal(_("Give the file a name that ends in .xlsx or .csv."))


def as_csv(table: Exported) -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheets show every script.

    What a spreadsheet would calculate gets an apostrophe before it, which an import takes away.
    """
    words = io.StringIO(newline="")
    writer = csv.writer(words)
    writer.writerow(table.headings)
    writer.writerows([_word(cell) for cell in row] for row in table.rows)
    return words.getvalue().encode("utf-8-sig")


def _word(cell: object) -> object:
    if isinstance(cell, dt.time):
        return cell.strftime("%H:%M")
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, str):
        return harmless(cell)
    return "" if cell is None else cell


def as_workbook(table: Exported, sheet_name: str) -> bytes:
    """One sheet; staff numbers and codes stay text, dates and times are real ones."""
    import xlsxwriter

    target = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet(sheet_name)
        times = book.add_format({"num_format": "hh:mm"})
        sheet.write_row(0, 0, table.headings, book.add_format({"bold": True}))
        sheet.set_column(0, len(table.headings) - 1, WIDTH)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(table.rows, 1):
            for place, cell in enumerate(row):
                value = "yes" if cell is True else "no" if cell is False else cell
                if isinstance(value, dt.time):
                    sheet.write_datetime(number, place, value, times)
                elif value not in {"", None}:
                    sheet.write(number, place, value)
    return target.getvalue()
