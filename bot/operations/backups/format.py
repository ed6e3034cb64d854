"""What a backup is made of: lines of JSON, packed with gzip, then usually sealed with age.

The first line is the header, then come the rows of each table in the header's order, each a
list of values; the last line counts the rows and gives the SHA-256 of all lines before it.
"""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Table, Text, cast, type_coerce
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

import bot.models  # noqa: F401  (fills the metadata)
from bot.models.base import UtcTime

FORMAT = 1
GZIP = 31
"""Window bits of zlib for the largest window with a gzip header."""
PIECE = 1 << 16
ROWS_AT_ONCE = 500
LEFT_OUT = frozenset({"lease", "send_budget"})
"""Tables about processes that run now; they mean nothing in another place."""


class Kind(StrEnum):
    """How a column's values are written."""

    TEXT = "text"
    INTEGER = "integer"
    REAL = "real"
    BOOLEAN = "boolean"
    INSTANT = "instant"
    DATE = "date"
    TIME = "time"
    JSON = "json"
    BYTES = "bytes"


@dataclass(frozen=True, slots=True)
class Shape:
    """One table of a backup: its columns, their kinds, and how many rows follow."""

    name: str
    columns: tuple[str, ...]
    kinds: tuple[Kind, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class Header:
    """The first line; `revision` is the schema's, `made_at` the business time of the copy."""

    revision: str
    made_at: dt.datetime
    program: str
    shapes: tuple[Shape, ...]

    def as_json(self) -> dict[str, Any]:
        """The header as its line holds it."""
        return {
            "rollcall_backup": FORMAT,
            "revision": self.revision,
            "made_at": self.made_at.isoformat(),
            "program": self.program,
            "tables": [asdict(shape) for shape in self.shapes],
        }


def header_from(line: Any) -> Header:
    """Read a header's line; raises ValueError, KeyError or TypeError where it is none."""
    if line["rollcall_backup"] != FORMAT:
        raise ValueError("another format")
    shapes = tuple(
        Shape(
            str(table["name"]),
            tuple(map(str, table["columns"])),
            tuple(map(Kind, table["kinds"])),
            int(table["rows"]),
        )
        for table in line["tables"]
    )
    made_at = dt.datetime.fromisoformat(line["made_at"])
    return Header(str(line["revision"]), made_at, str(line["program"]), shapes)


def tables() -> list[Table]:
    """The tables a backup holds, those first that others point to."""
    return [table for table in SQLModel.metadata.sorted_tables if table.name not in LEFT_OUT]


def kind_of(column: sa.Column[Any]) -> Kind:
    """How values of a column are written."""
    for kind, types in _TYPES:
        if isinstance(column.type, types):
            return kind
    raise TypeError(f"{column} has a type that no backup can hold")


def selected(column: sa.Column[Any]) -> ColumnElement[Any]:
    """What to select for a column: JSON as the text that is stored, lists as their words."""
    kind = kind_of(column)
    if kind is Kind.JSON:
        return cast(column, Text).label(column.name)
    if kind is Kind.TEXT:
        return type_coerce(column, Text).label(column.name)
    return column


def encoders(kinds: tuple[Kind, ...]) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
    """For each column whose values JSON does not know: its place, and what makes them text."""
    return tuple((at, _ENCODE[kind]) for at, kind in enumerate(kinds) if kind in _ENCODE)


def decoders(kinds: tuple[Kind, ...]) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
    """The way back; what they refuse raises ValueError or TypeError."""
    return tuple((at, _DECODE[kind]) for at, kind in enumerate(kinds) if kind in _DECODE)


def fits(value: Any, kind: Kind) -> bool:
    """Whether a value read from a line is one of its kind."""
    return value is None or isinstance(value, _PLAIN.get(kind, str))


def column_type(kind: Kind) -> Any:
    """The type under which values of a kind are written to a database."""
    return _STORED[kind]


_TYPES: tuple[tuple[Kind, tuple[type, ...]], ...] = (
    (Kind.BOOLEAN, (sa.Boolean,)),
    (Kind.INTEGER, (sa.Integer,)),
    (Kind.REAL, (sa.Float,)),
    (Kind.INSTANT, (UtcTime,)),
    (Kind.DATE, (sa.Date,)),
    (Kind.TIME, (sa.Time,)),
    (Kind.JSON, (sa.JSON,)),
    (Kind.BYTES, (sa.LargeBinary,)),
    (Kind.TEXT, (sa.String, AutoString)),
)
_PLAIN: dict[Kind, type | tuple[type, ...]] = {
    Kind.BOOLEAN: bool,
    Kind.INTEGER: int,
    Kind.REAL: (int, float),
}
_ENCODE: dict[Kind, Callable[[Any], Any]] = {
    Kind.INSTANT: dt.datetime.isoformat,
    Kind.DATE: dt.date.isoformat,
    Kind.TIME: dt.time.isoformat,
    Kind.BYTES: lambda value: base64.b64encode(value).decode("ascii"),
}
_DECODE: dict[Kind, Callable[[Any], Any]] = {
    Kind.INSTANT: dt.datetime.fromisoformat,
    Kind.DATE: dt.date.fromisoformat,
    Kind.TIME: dt.time.fromisoformat,
    Kind.BYTES: lambda value: base64.b64decode(value, validate=True),
}
_STORED: dict[Kind, Any] = {
    Kind.TEXT: sa.Text(),
    Kind.JSON: sa.Text(),
    Kind.INTEGER: sa.BigInteger(),
    Kind.REAL: sa.Float(),
    Kind.BOOLEAN: sa.Boolean(),
    Kind.INSTANT: UtcTime(),
    Kind.DATE: sa.Date(),
    Kind.TIME: sa.Time(),
    Kind.BYTES: sa.LargeBinary(),
}
