"""Text files of values: which encoding, which separator, which rows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

from bot.i18n import _
from bot.imports import limits
from bot.imports.findings import Findings, Unreadable
from bot.imports.formula_signs import MARK, as_meant
from bot.imports.sheets import RawSheet

SEPARATORS = (",", ";", "\t")
LOOKED_AT, MOST_LOOKED_AT = 10, 100_000
LETTERS_IN_A_ROW = re.compile(r"[^\W\d_\x00-\x7f]{3,}")
SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def read(content: bytes, known_headings: Callable[[list[str]], int], found: Findings) -> RawSheet:
    """The file as one sheet; `known_headings` counts the headings it knows in a row.

    Refuses bytes in no encoding it can be sure of, and quotes that are never closed.
    """
    limits.refuse_bytes(content)
    words = decode(content, found)
    declared = SEPARATOR_LINE.match(words)
    if declared:
        words = words[declared.end() :]
        return RawSheet(None, _rows(words, declared[1]), is_text=True)
    separator = _separator(words, known_headings)
    return RawSheet(None, _rows(words, separator), is_text=True)


def decode(content: bytes, found: Findings) -> str:
    """The file's text: UTF-8, UTF-16 or, with a warning, Western European."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _strictly(content, "utf-16")
    if b"\0" in content[:2000]:
        return _strictly(content, "utf-16-le" if content[1:2] == b"\0" else "utf-16-be")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _western(content, found)


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise _unknown_encoding() from None


def _western(content: bytes, found: Findings) -> str:
    """Windows-1252, unless its letters come in runs as those of another script would."""
    try:
        words = content.decode("cp1252")
    except UnicodeDecodeError:
        raise _unknown_encoding() from None
    if LETTERS_IN_A_ROW.search(words):
        raise _unknown_encoding()
    found.warn(
        "encoding-guessed",
        _(
            "The file is not in UTF-8; it was read as Western European (Windows-1252). Check "
            "letters with accents, or save it as “CSV UTF-8”."
        ),
    )
    return words


def _unknown_encoding() -> Unreadable:
    return Unreadable(
        "encoding-unknown",
        _(
            "The letters of this file cannot be read. Open it in the spreadsheet and save it as "
            "“CSV UTF-8” or as an Excel workbook (.xlsx)."
        ),
    )


def _separator(words: str, known_headings: Callable[[list[str]], int]) -> str:
    """The separator under which the first rows show most known headings, else most cells."""

    beginning = "\n".join(words[:MOST_LOOKED_AT].splitlines()[:LOOKED_AT])

    def score(separator: str) -> tuple[int, int]:
        lines = io.StringIO(beginning, newline="")
        try:
            rows = list(csv.reader(lines, delimiter=separator))
        except csv.Error:
            return 0, 0
        return (
            max((known_headings(row) for row in rows), default=0),
            max((len(row) for row in rows), default=0),
        )

    return max(SEPARATORS, key=score)


def _rows(words: str, separator: str) -> list[list[object]]:
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=separator, strict=True)
    rows: list[list[object]] = []
    cells = 0
    try:
        for row in reader:
            rows.append([as_meant(cell) if cell[:1] == MARK else cell for cell in row])
            cells += max(1, len(row))
            if cells > limits.MOST_CELLS:
                raise limits.too_many_cells()
    except csv.Error as error:
        raise _too_long(rows) if "limit" in str(error) else _quotes_broken(rows) from None
    return rows


def _too_long(rows: list[list[object]]) -> Unreadable:
    """A value longer than the library reads, most often because a quotation mark is open."""
    return Unreadable(
        "cell-endless",
        _(
            "A value that begins in this row holds more than {limit} characters. Put quotation "
            "marks in pairs, or shorten it.",
            limit=csv.field_size_limit(),
        ),
        row=len(rows) + 1,
    )


def _quotes_broken(rows: list[list[object]]) -> Unreadable:
    return Unreadable(
        "quotes-broken",
        _(
            "From this row on the quotation marks do not match. Put a second quotation mark "
            "beside each one that belongs to a value, or save the file as .xlsx."
        ),
        row=len(rows) + 1,
    )
