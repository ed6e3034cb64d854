"""The lines of a backup, read as its bytes come in and checked to the last."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable
from typing import Any, TypeAlias

from bot.errors import Refusal
from bot.i18n import _
from bot.operations.backups.format import (
    GZIP,
    ROWS_AT_ONCE,
    Header,
    Shape,
    decoders,
    fits,
    header_from,
)

INFLATED_AT_ONCE = 1 << 20
LONGEST_LINE = 256 << 20

OnHeader: TypeAlias = Callable[[Header], None]
OnRows: TypeAlias = Callable[[Shape, list[list[Any]]], None]


class Damaged(Exception):
    """These bytes are no whole backup."""


def damaged() -> Refusal:
    """The refusal for whoever gave the file."""
    return Refusal(
        _("This file is damaged or not complete. Nothing was restored. Take another backup.")
    )


class Reader:
    """Takes the packed bytes in pieces (`write`) and gives rows on, at most 500 at once.

    What does not fit raises Damaged; the backup is whole only if `finish` raises nothing.
    """

    def __init__(self, on_header: OnHeader, on_rows: OnRows) -> None:
        self._on_header, self._on_rows = on_header, on_rows
        self._unpacker = zlib.decompressobj(GZIP)
        self._digest = hashlib.sha256()
        self._begun: list[bytes] = []
        self._begun_size = 0
        self._header: Header | None = None
        self._table = 0
        self._of_table = 0
        self._rows = 0
        self._waiting: list[list[Any]] = []
        self._ended = False

    def write(self, piece: bytes) -> int:
        """Take the next packed bytes; how many they were."""
        data = piece
        while data:
            try:
                plain = self._unpacker.decompress(data, INFLATED_AT_ONCE)
            except zlib.error as error:
                raise Damaged from error
            if self._unpacker.unused_data:
                raise Damaged
            data = self._unpacker.unconsumed_tail
            self._split(plain)
        return len(piece)

    def flush(self) -> None:
        """Nothing waits to be written."""

    def finish(self) -> None:
        """Say that no more bytes come; raises Damaged unless the last line has been read."""
        if not (self._ended and self._unpacker.eof):
            raise Damaged

    def _split(self, plain: bytes) -> None:
        first, *rest = plain.split(b"\n")
        self._begun.append(first)
        self._begun_size += len(first)
        if self._begun_size > LONGEST_LINE:
            raise Damaged
        for begun in rest:
            self._take(b"".join(self._begun) + b"\n")
            self._begun, self._begun_size = [begun], len(begun)

    def _take(self, line: bytes) -> None:
        if self._ended:
            raise Damaged
        try:
            value = json.loads(line.decode("utf-8", "surrogatepass"))
            if self._header is None:
                self._header = header_from(value)
                self._on_header(self._header)
            elif isinstance(value, dict):
                self._end(value)
            else:
                self._row(self._header, value)
        except (ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
            raise Damaged from error
        self._digest.update(line)

    def _row(self, header: Header, values: Any) -> None:
        self._pass_full_tables(header)
        shape = header.shapes[self._table]
        if not isinstance(values, list) or len(values) != len(shape.columns):
            raise Damaged
        if not all(map(fits, values, shape.kinds)):
            raise Damaged
        for at, decode in decoders(shape.kinds):
            if values[at] is not None:
                values[at] = decode(values[at])
        self._waiting.append(values)
        self._of_table += 1
        self._rows += 1
        if len(self._waiting) >= ROWS_AT_ONCE or shape.name == "blob":
            self._give_on(shape)

    def _pass_full_tables(self, header: Header) -> None:
        while self._of_table == header.shapes[self._table].rows:
            self._give_on(header.shapes[self._table])
            self._table, self._of_table = self._table + 1, 0

    def _give_on(self, shape: Shape) -> None:
        if self._waiting:
            self._on_rows(shape, self._waiting)
            self._waiting = []

    def _end(self, last: dict[str, Any]) -> None:
        assert self._header is not None, "the first line is the header"
        if self._waiting:
            self._give_on(self._header.shapes[self._table])
        expected = sum(shape.rows for shape in self._header.shapes)
        if not self._rows == last["rows"] == expected:
            raise Damaged
        if self._digest.hexdigest() != last["sha256"]:
            raise Damaged
        self._ended = True
