"""A database read as the lines of a backup: one snapshot, in little memory whatever its size."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Table, false, func, select

from bot import __version__
from bot.db import Database
from bot.migrate import newest
from bot.models.forms import AnonymousResponse
from bot.models.system import Blob
from bot.operations.backups.format import (
    GZIP,
    PIECE,
    ROWS_AT_ONCE,
    Header,
    Shape,
    encoders,
    kind_of,
    selected,
    tables,
)

ROWS_OF_FILES_AT_ONCE = 1
BACKUP_MIME = "application/age"
"""Files of this type are backups on their way to the alert chat; a backup holds no other."""
_AS_IT_CAME = select(AnonymousResponse.key).where(AnonymousResponse.as_it_came).limit(1)


def packed_lines(database: Database, made_at: dt.datetime) -> Iterator[bytes]:
    """The whole backup, packed, in pieces; the database must be at the newest revision."""
    packer = zlib.compressobj(6, zlib.DEFLATED, GZIP)
    for line in _lines(database, made_at):
        for start in range(0, len(line), PIECE):
            if piece := packer.compress(line[start : start + PIECE]):
                yield piece
    yield packer.flush()


class NotShuffled(Exception):
    """An anonymous answer came in after the last shuffle: the backup would tell which it was."""


class Pieces:
    """Pieces of bytes as a file that can be read once."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._left = b""

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, all of them if it is negative; b"" at the end."""
        while size < 0 or len(self._left) < size:
            piece = next(self._pieces, None)
            if piece is None:
                break
            self._left += piece
        cut = len(self._left) if size < 0 else size
        taken, self._left = self._left[:cut], self._left[cut:]
        return taken


def _lines(database: Database, made_at: dt.datetime) -> Iterator[bytes]:
    digest, rows = hashlib.sha256(), 0
    for value in _values(database, made_at):
        line = _line(value)
        digest.update(line)
        yield line
        rows += 1
    yield _line({"rows": rows - 1, "sha256": digest.hexdigest()})


def _line(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass") + b"\n"


def _values(database: Database, made_at: dt.datetime) -> Iterator[Any]:
    """The header, then every row, all from one snapshot."""
    options: dict[str, Any] = {"rollcall_readonly": True}
    if not database.is_sqlite:
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    engine = database.engine.execution_options(**options)
    with engine.connect() as connection, connection.begin():
        if connection.execute(_AS_IT_CAME).first():
            raise NotShuffled
        shapes = tuple(_shape(connection, table) for table in tables())
        yield Header(newest(), made_at, __version__, shapes).as_json()
        for table, shape in zip(tables(), shapes, strict=True):
            yield from _rows(connection, table, shape)


def _shape(connection: Connection, table: Table) -> Shape:
    rows = connection.execute(
        select(func.count()).select_from(table).where(*_kept(table))
    ).scalar_one()
    columns = tuple(column.name for column in table.c)
    return Shape(table.name, columns, tuple(kind_of(column) for column in table.c), rows)


def _kept(table: Table) -> Sequence[Any]:
    return [table.c.mime != BACKUP_MIME] if table.name == Blob.__tablename__ else []


def _rows(connection: Connection, table: Table, shape: Shape) -> Iterator[list[Any]]:
    """In the order of the primary key: that of anonymous answers is random, and says nothing."""
    query = select(*(_value(column) for column in table.c)).where(*_kept(table))
    at_once = ROWS_OF_FILES_AT_ONCE if table.name == Blob.__tablename__ else ROWS_AT_ONCE
    found = connection.execution_options(yield_per=at_once).execute(
        query.order_by(*table.primary_key.columns)
    )
    convert = encoders(shape.kinds)
    for row in found:
        yield _plain(row, convert)


def _value(column: Column[Any]) -> ColumnElement[Any]:
    """Which anonymous answers came in last stays here."""
    if column.name == "as_it_came":
        return false().label(column.name)
    return selected(column)


def _plain(row: Any, convert: Sequence[tuple[int, Callable[[Any], Any]]]) -> list[Any]:
    values = list(row)
    for at, encode in convert:
        if values[at] is not None:
            values[at] = encode(values[at])
    return values
