"""Many rows at once. On SQLite they go to the driver as tuples, each column converted once per
distinct value; other databases get SQLAlchemy's own executemany.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from json.encoder import encode_basestring_ascii as quoted
from typing import Any

from sqlalchemy import JSON, Table, insert
from sqlalchemy.engine import Dialect
from sqlmodel import Session

from bot.imports.plan import Row

Convert = Callable[[Any], Any]


def insert_rows(
    session: Session,
    table: Table,
    columns: Sequence[str],
    rows: Sequence[Row],
    first_id: int | None = None,
) -> None:
    """Insert rows as they are, numbered from `first_id` on if it is given."""
    if not rows:
        return
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        connection.execute(insert(table), _named(columns, rows, first_id))
        return
    values = _stored(connection.dialect, table, columns, rows)
    names = list(columns)
    if first_id is not None:
        names.append("id")
        values.append(range(first_id, first_id + len(rows)))
    listed = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" * len(names))
    connection.exec_driver_sql(
        f'INSERT INTO "{table.name}" ({listed}) VALUES ({marks})', list(zip(*values, strict=True))
    )


def _named(
    columns: Sequence[str], rows: Sequence[Row], first_id: int | None
) -> list[dict[str, Any]]:
    named = [dict(zip(columns, row, strict=True)) for row in rows]
    if first_id is not None:
        for row_id, values in enumerate(named, first_id):
            values["id"] = row_id
    return named


def _stored(
    dialect: Dialect, table: Table, columns: Sequence[str], rows: Sequence[Row]
) -> list[Iterable[Any]]:
    """Column by column, the values as the database keeps them."""
    stored: list[Iterable[Any]] = []
    for name, values in zip(columns, zip(*rows, strict=True), strict=True):
        kind = table.c[name].type
        if isinstance(kind, JSON):
            stored.append(map(json_text, values))
            continue
        convert = kind.dialect_impl(dialect).bind_processor(dialect)
        stored.append(values if convert is None else _converted(convert, values))
    return stored


def _converted(convert: Convert, values: Sequence[Any]) -> Iterable[Any]:
    known = {value: convert(value) for value in set(values)}
    return map(known.__getitem__, values)


def json_text(value: object) -> str:
    """A JSON value as text; objects of words are spared the set-up of an encoder for each."""
    if not isinstance(value, dict):
        return json.dumps(value)
    pairs = []
    for name, words in value.items():
        if type(words) is not str:
            return json.dumps(value)
        pairs.append(f"{quoted(name)}: {quoted(words)}")
    return f"{{{', '.join(pairs)}}}"
