"""Finding the header row, and which column of the file is which column of the kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from babel import Locale, UnknownLocaleError

from bot.i18n import _
from bot.imports import limits
from bot.imports.cleaning import clean
from bot.imports.findings import Findings, Unreadable
from bot.imports.kinds import Column, Kind
from bot.imports.sheets import RawSheet

LOOKED_AT = 10
TRANSLATED = re.compile(r"(.+?)::.*\(([A-Za-z]{2,3})\)$")


@dataclass
class Header:
    """Where the table begins, and the position of each known column.

    `languages` maps a multilingual column to positions by language code; `headings` are
    the known columns' names as the file spells them.
    """

    row: int
    positions: dict[str, int] = field(default_factory=dict)
    languages: dict[str, dict[str, int]] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)


def translated(column: str, language: str) -> str:
    """What a multilingual column in another language is called among the values."""
    return f"{column}::{language}"


def plain(heading: object) -> str:
    """A heading without differences of case, spaces, hyphens and stars."""
    words = clean(str(heading)).casefold().replace("*", "")
    return re.sub(r"[\s\-_]+", "_", words).strip("_")


def counter(kind: Kind) -> Callable[[Sequence[object]], int]:
    """A function that counts the headings of `kind` in a row."""
    names = {column.name for column in kind.columns}

    def known(row: Sequence[object]) -> int:
        return len({word for cell in row if (word := plain(cell).split("::")[0]) in names})

    return known


def rows_to_try(sheet: RawSheet) -> list[list[object]]:
    """The first rows, with what is merged over several rows standing in each of them."""
    rows = [list(row) for row in sheet.rows[:LOOKED_AT]]
    for (top, left), (bottom, _right) in sheet.merged:
        for number in range(top + 1, min(bottom + 1, len(rows))):
            if left < len(rows[number]) and not rows[number][left]:
                rows[number][left] = rows[top][left]
    return rows


def find(sheet: RawSheet, kind: Kind, found: Findings) -> Header:
    """The header of a sheet; notes missing, doubled and unknown columns.

    Raises Unreadable if none of the first rows has a known heading, or one has far too many.
    """
    rows = rows_to_try(sheet)
    known = counter(kind)
    number = max(range(len(rows)), key=lambda n: (known(rows[n]), -n), default=0)
    if not rows or known(rows[number]) == 0:
        raise Unreadable(
            "no-header",
            _(
                "No header row was found in the first {count} rows. The columns {columns} "
                "must be there, named in English.",
                count=LOOKED_AT,
                columns=", ".join(_starred(kind)),
            ),
        )
    if sum(map(bool, rows[number])) > limits.MOST_COLUMNS:
        raise limits.too_many_columns()
    header = Header(number)
    unknown = _place(header, rows[number], kind, found)
    _note_missing(header, unknown, kind, found)
    _note_unknown(header, unknown, kind, found)
    return header


def _starred(kind: Kind) -> list[str]:
    return [column.name for column in kind.columns if column.starred]


def _place(header: Header, row: Sequence[object], kind: Kind, found: Findings) -> list[str]:
    """Put each heading in its place; those no column is named after are returned."""
    unknown = []
    for position, cell in enumerate(row):
        heading = _heading(cell)
        if not heading:
            continue
        column, language = _meaning(heading, kind)
        if column is None:
            unknown.append(heading)
        elif language:
            name = translated(column.name, language)
            if name in header.headings:
                _note_double(header, Column(name, column.read), heading, found)
                continue
            header.languages.setdefault(column.name, {})[language] = position
            header.headings[name] = heading
        elif column.name in header.positions:
            _note_double(header, column, heading, found)
        else:
            header.positions[column.name] = position
            header.headings[column.name] = heading
    return unknown


def _heading(cell: object) -> str:
    """A heading as it is written, or the beginning of what is far too long for one."""
    heading = clean(str(cell))
    if len(heading) <= limits.LONGEST_HEADING:
        return heading
    return f"{heading[: limits.LONGEST_HEADING - 1]}…"


def _meaning(heading: str, kind: Kind) -> tuple[Column | None, str]:
    """Which column a heading names, and in which language."""
    column = kind.column(plain(heading))
    match = TRANSLATED.match(heading)
    if column is not None or match is None:
        return column, ""
    column = kind.column(plain(match[1]))
    language = match[2].lower()
    if column is None or not column.multilingual or not _is_language(language):
        return None, ""
    return column, language


def _is_language(code: str) -> bool:
    try:
        Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return False
    return True


def _note_double(header: Header, column: Column, heading: str, found: Findings) -> None:
    if column.starred:
        found.refuse(
            "column-doubled",
            _(
                "The column {column} is there twice. Delete or rename one of them.",
                column=column.name,
            ),
            header.row + 1,
            heading,
        )
    else:
        found.warn(
            "column-doubled",
            _(
                "The column {column} is there twice; only the first one is read.",
                column=column.name,
            ),
            header.row + 1,
            heading,
        )


def _note_missing(header: Header, unknown: list[str], kind: Kind, found: Findings) -> None:
    for name in _starred(kind):
        if name in header.positions:
            continue
        near = _nearest(name, unknown)
        if near:
            found.refuse(
                "column-missing",
                _(
                    "The column {column} is missing. If “{heading}” is meant, rename that one.",
                    column=name,
                    heading=near,
                ),
                header.row + 1,
                name,
            )
        else:
            found.refuse(
                "column-missing",
                _(
                    "The column {column} is missing. Add it to the header row and fill it in.",
                    column=name,
                ),
                header.row + 1,
                name,
            )


def _nearest(name: str, headings: list[str]) -> str:
    by_plain = {plain(heading): heading for heading in headings}
    near = get_close_matches(name, by_plain, n=1, cutoff=0.6)
    return by_plain[near[0]] if near else ""


def _note_unknown(header: Header, unknown: list[str], kind: Kind, found: Findings) -> None:
    free = [column.name for column in kind.columns if column.name not in header.positions]
    for heading in unknown:
        near = get_close_matches(plain(heading), free, n=1, cutoff=0.6)
        if near:
            found.warn(
                "column-unknown",
                _(
                    "The column “{heading}” is not known and is not read. If {column} is meant, "
                    "rename it.",
                    heading=heading,
                    column=near[0],
                ),
                header.row + 1,
                heading,
            )
        else:
            found.warn(
                "column-unknown",
                _("The column “{heading}” is not known and is not read.", heading=heading),
                header.row + 1,
                heading,
            )
