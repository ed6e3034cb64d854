"""From the bytes of a file to the one sheet that is to be imported."""

from __future__ import annotations

from bot.i18n import _
from bot.imports import csv_file, workbook_file
from bot.imports.findings import Findings, Unreadable
from bot.imports.headings import counter, rows_to_try
from bot.imports.kinds import Kind
from bot.imports.sheets import RawSheet

ZIP, OLD_EXCEL, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"


def open_table(content: bytes, kind: Kind, found: Findings) -> RawSheet:
    """The sheet that holds the kind's table, whatever the file is called.

    Raises Unreadable for an empty file and for anything but .xlsx and separated text.
    """
    if content.startswith(ZIP):
        sheet = _best_sheet(content, kind, found)
    else:
        _refuse_other_formats(content)
        known = counter(kind)
        sheet = csv_file.read(content, known, found)
    if sheet.is_empty:
        raise Unreadable("empty", _("The file is empty. Fill in the table and send it again."))
    found.sheet = sheet.name
    return sheet


def _refuse_other_formats(content: bytes) -> None:
    head = content[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if content.startswith(OLD_EXCEL):
        raise Unreadable(
            "old-workbook",
            _(
                "This is a workbook of an old format or with a password. Save it as .xlsx "
                "without a password and send it again."
            ),
        )
    if content.startswith(PDF) or head.startswith((b"<html", b"<!doctype", b"<?xml", b"{\\rtf")):
        raise Unreadable(
            "not-a-table", _("This file is no table. Save the table as .xlsx or as CSV UTF-8.")
        )


def _best_sheet(content: bytes, kind: Kind, found: Findings) -> RawSheet:
    """The sheet named after the kind, else the first with a known heading, else the first."""
    known = counter(kind)
    filled = [sheet for sheet in workbook_file.read(content) if not sheet.is_empty]
    if not filled:
        raise Unreadable(
            "empty",
            _(
                "The workbook has no visible sheet with anything in it. Fill in the table, show "
                "its sheet and send the file again."
            ),
        )
    with_header = [sheet for sheet in filled if any(known(row) for row in rows_to_try(sheet))]
    named = [sheet for sheet in with_header if (sheet.name or "").casefold() == kind.name]
    best = (named or with_header or filled)[0]
    for sheet in filled:
        if sheet is not best:
            found.warn(
                "sheet-not-read",
                _(
                    "The sheet “{other}” was not read; the table was taken from “{sheet}”.",
                    other=sheet.name or "",
                    sheet=best.name or "",
                ),
            )
    return best
