"""Statements of the answer path: compiled once per dialect, run on the driver's own cursor.

Only for what every answer does; anywhere else a Session's own `execute` is clearer.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Dialect, Select
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.type_api import TypeEngine
from sqlmodel import Session

from bot.db import driver_errors

Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Ready:
    """One dialect's SQL, and how values go in and come out."""

    sql: str
    order: Sequence[str] | None
    bind: tuple[tuple[str, Convert], ...]
    results: tuple[Convert | None, ...]
    dialect: Dialect


class Statement:
    """A Core statement whose values are all `bindparam`s, made once and run many times.

    `columns` names the values of an insert. What the session has not flushed is flushed first;
    objects that the session has loaded are not refreshed. No values are in its errors or logs.
    """

    def __init__(self, clause: Select[*tuple[Any, ...]] | UpdateBase, *columns: str) -> None:
        self._clause = clause
        self._columns = list(columns) or None
        self._ready: dict[str, _Ready] = {}
        self._row: Callable[..., Any] = tuple
        if isinstance(clause, Select):
            names = [str(column.key) for column in clause.selected_columns]
            self._row = namedtuple("Row", names)  # type: ignore[misc]  # names are data here

    def first(self, session: Session, **values: Any) -> Any:
        """The first row, its columns as attributes; None if there is none."""
        cursor, ready = self._execute(session, [values])
        found = cursor.fetchone()
        cursor.close()
        if found is None:
            return None
        return self._row(
            *(
                value if convert is None else convert(value)
                for value, convert in zip(found, ready.results, strict=True)
            )
        )

    def run(self, session: Session, *rows: Mapping[str, Any]) -> int:
        """Write once for each row of values; how many rows of the table it met."""
        cursor, _ready = self._execute(session, rows)
        count: int = cursor.rowcount
        cursor.close()
        return count

    def _execute(self, session: Session, rows: Sequence[Mapping[str, Any]]) -> tuple[Any, _Ready]:
        session.flush()
        connection = session.connection()
        ready = self._ready.get(connection.dialect.name)
        if ready is None:
            ready = self._compile(connection.dialect)
        values = [_bound(ready, row) for row in rows]
        cursor = connection.connection.cursor()
        with driver_errors(ready.dialect, ready.sql):
            if len(values) == 1:
                cursor.execute(ready.sql, values[0])
            else:
                cursor.executemany(ready.sql, values)
        return cursor, ready

    def _compile(self, dialect: Dialect) -> _Ready:
        compiled: Any = self._clause.compile(dialect=dialect, column_keys=self._columns)
        bind = tuple(
            (name, convert)
            for name, parameter in compiled.binds.items()
            if (convert := parameter.type.dialect_impl(dialect).bind_processor(dialect))
        )
        results: tuple[Convert | None, ...] = ()
        if isinstance(self._clause, Select):
            results = tuple(
                _result_of(column.type, dialect) for column in self._clause.selected_columns
            )
        order = tuple(compiled.positiontup) if compiled.positional else None
        ready = _Ready(str(compiled), order, bind, results, dialect)
        self._ready[dialect.name] = ready
        return ready


def _result_of(type_: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    return type_.dialect_impl(dialect).result_processor(dialect, None)


def _bound(ready: _Ready, row: Mapping[str, Any]) -> Any:
    values = dict(row)
    for name, convert in ready.bind:
        values[name] = convert(values[name])
    return values if ready.order is None else [values[name] for name in ready.order]
