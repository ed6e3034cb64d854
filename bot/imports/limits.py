"""How much a file of a table may hold, and the sentences that say so."""

from __future__ import annotations

from bot.i18n import Text, _
from bot.imports.findings import Unreadable

MOST_BYTES = 20_000_000
"""Of the file itself; what Telegram lets a bot fetch."""
MOST_UNPACKED = 150_000_000
MOST_MEMBERS = 2_000
MOST_SHEETS = 100
MOST_CELLS = 4_000_000
"""Room for every cell up to the last one, used or not; 100,000 rows of 40 columns."""
MOST_ROWS = 200_000
MOST_COLUMNS = 300
LONGEST_HEADING = 200
LONGEST_CELL = 4_000
LONGEST_NAME = 250
"""Databases keep no longer words where they have an index, such as a unit and those above it."""
LONGEST_KEY = 100


def refuse_bytes(content: bytes) -> None:
    """Refuse a file that is larger than any that could be sent."""
    if len(content) > MOST_BYTES:
        raise Unreadable(
            "too-large",
            _(
                "The file is larger than {limit} MB. Remove pictures and what does not belong "
                "to the table, or part it into several files.",
                limit=MOST_BYTES // 1_000_000,
            ),
        )


def too_many_cells() -> Unreadable:
    """For a sheet that reaches far beyond any table."""
    return Unreadable("too-large", _TOO_MANY_CELLS)


def unpacks_too_large() -> Unreadable:
    """For a workbook that is small only as long as it is packed."""
    return Unreadable(
        "unpacks-too-large",
        _(
            "The workbook unpacks to more than {limit} MB. Remove other sheets, pictures and "
            "formats, or part the table into several files.",
            limit=MOST_UNPACKED // 1_000_000,
        ),
    )


def too_many_rows() -> Unreadable:
    """For a table that is better sent in parts."""
    return Unreadable(
        "too-many-rows",
        _(
            "The table has more than {limit} rows. Part it into several files.",
            limit=MOST_ROWS,
        ),
    )


def too_many_columns() -> Unreadable:
    """For a header that no kind of table has."""
    return Unreadable(
        "too-many-columns",
        _(
            "The header row has more than {limit} columns. Delete those that do not belong to "
            "the table.",
            limit=MOST_COLUMNS,
        ),
    )


def too_long(limit: int) -> Text:
    """For a value that is no single value."""
    return _("This cell holds more than {limit} characters. Shorten it.", limit=limit)


_TOO_MANY_CELLS = _(
    "The used part of the file is far larger than its table: more than {limit} cells. Delete "
    "the empty rows and columns after the last entry, or part the table into several files.",
    limit=MOST_CELLS,
)
