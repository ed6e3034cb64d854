"""How far the cells of a sheet reach, told before a reader makes room for all of them."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.parsers import expat

BLOCK = 1 << 22
OVERLAP = 64
BEGINNING = 1 << 16
COLUMN = re.compile(rb'<c r="([A-Z]{1,3})')
ROW = re.compile(rb'<c r="[A-Z]{1,3}([0-9]{1,7})"')
# A cell that says its place in another way, or not at all; and, found in half the time, what
# may be one. It begins with its letter, since that is what the search leaps to.
OTHERWISE = re.compile(rb'<(?:[^\s<>/:]+:)?c(?! r="[A-Z]{1,3}[0-9]{1,7}")[\s/>]')
PERHAPS_OTHERWISE = re.compile(rb'c(?<=[<:]c)(?! r="[A-Z]{1,3}[0-9]{1,7}")[\s/>]')
REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


class Reach(NamedTuple):
    """The last row and the last column that hold a cell, counted from 1."""

    rows: int
    columns: int

    @property
    def cells(self) -> int:
        return self.rows * self.columns


def reach_of(xml: bytes) -> Reach:
    """The reach of a sheet, never less than what its reader will find.

    Sheets as nearly all programs write them are searched, others are parsed. Raises
    ExpatError for a document that is not well-formed, ValueError for places outside a sheet.
    """
    row, letters = _likely(xml)
    if not _outside(row, letters).search(xml):
        return Reach(row, column_number(letters.encode()))
    if PERHAPS_OTHERWISE.search(xml) and OTHERWISE.search(xml):
        return _parsed(xml)
    rows, found = 0, {b""}
    for start in range(0, len(xml), BLOCK):
        end = start + BLOCK + OVERLAP
        found.update(COLUMN.findall(xml, start, end))
        rows = max(rows, max(map(int, set(ROW.findall(xml, start, end))), default=0))
    return Reach(rows, max(map(column_number, found)))


def _likely(xml: bytes) -> tuple[int, str]:
    """The row of the last cell and the widest column of the first ones: mostly the reach."""
    last = ROW.match(xml, max(xml.rfind(b'<c r="'), 0))
    letters = max({b"", *COLUMN.findall(xml, 0, BEGINNING)}, key=column_number)
    return int(last[1]) if last else 0, letters.decode()


def _outside(row: int, letters: str) -> re.Pattern[bytes]:
    """What may be a cell beyond these two, or one that says its place in another way."""
    wider, deeper = _beyond(letters, "A-Z"), _beyond(str(row), "0-9")
    inside = rf'(?!(?:{wider})[0-9])[A-Z]{{1,3}}(?!(?:{deeper})")[0-9]{{1,7}}'
    return re.compile(rf'c(?<=[<:]c)(?! r="{inside}")[\s/>]'.encode())


def _beyond(word: str, signs: str) -> str:
    """A pattern of the words that come after this one: longer ones, then by their signs."""
    last = signs[-1]
    after = [f"[{signs}]{{{len(word) + 1},}}"]
    for place, sign in enumerate(word):
        if sign < last:
            rest = len(word) - place - 1
            after.append(f"{word[:place]}[{chr(ord(sign) + 1)}-{last}][{signs}]{{{rest}}}")
    return "|".join(after)


def column_number(letters: bytes) -> int:
    """A is 1, Z is 26, AA is 27; nothing is 0."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


class _Places:
    """Counts as readers do: a cell without a place of its own stands beside the last one."""

    def __init__(self) -> None:
        self.row, self.column, self.reach = 0, 0, Reach(0, 0)

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        word = name.rpartition(":")[2]
        if word == "row":
            self.row = int(attributes["r"]) if "r" in attributes else self.row + 1
            self.column = 0
        elif word == "c":
            self._cell(attributes.get("r"))

    def _cell(self, reference: str | None) -> None:
        self.column, row = self.column + 1, self.row
        if reference is not None:
            match = REFERENCE.fullmatch(reference)
            if match is None:
                raise ValueError(f"no place in a sheet: {reference[:20]!r}")
            self.column, row = column_number(match[1].upper().encode()), int(match[2])
        rows, columns = self.reach
        self.reach = Reach(max(rows, row), max(columns, self.column))


def _parsed(xml: bytes) -> Reach:
    places = _Places()
    parser = expat.ParserCreate()
    parser.StartElementHandler = places.begin
    parser.Parse(xml, True)
    return places.reach
