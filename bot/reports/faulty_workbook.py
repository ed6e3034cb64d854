"""A clerk's own file given back with its faults: cells coloured, comments beside them, a list.

Red blocks the file, yellow is a warning. The list is a sheet of its own at the end.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Sequence

from bot.errors import Fault
from bot.reports import faults_in_place, faults_rebuilt
from bot.reports.fault_marks import is_list, marks_by_sheet
from bot.reports.given_file import pages

log = logging.getLogger(__name__)

ROWS_GIVEN_BACK_WHOLE = 20_000


def colour_faults(original: bytes, faults: Sequence[Fault], language: str) -> bytes:
    """`original` (.xlsx, .xls or .csv) as an .xlsx with its faults marked.

    A workbook keeps its formulas, formats and merged cells. One that cannot be kept so,
    an old .xls and a .csv come back with the same values; one of more than 20,000 rows
    with its headings and faulty rows only, each with its row number. Of a file that is
    no table or has a password only the list comes back.
    """
    found = pages(original, faults)
    given = {name: rows for name, rows in found.sheets.items() if not is_list(rows)}
    marks = marks_by_sheet(faults, given, language)
    if sum(len(rows) for rows in given.values()) > ROWS_GIVEN_BACK_WHOLE:
        return faults_rebuilt.excerpt(given, marks, faults, language)
    if given and found.is_modest:
        try:
            with warnings.catch_warnings(action="ignore"):
                return faults_in_place.coloured(original, marks, faults, language)
        except Exception as error:  # noqa: BLE001 - odd workbooks break the library in many ways
            log.warning("a workbook is given back with its values only: %r", type(error))
    return faults_rebuilt.whole(given, marks, faults, language)
