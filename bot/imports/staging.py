"""A plan kept in the database until somebody says yes: written in short transactions, read whole.

Values travel as JSON; dates and times come back by the type of their column.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Table, insert, select
from sqlmodel import Session, SQLModel

from bot.db import Database
from bot.errors import Fault
from bot.imports.plan import Deletes, Inserts, Plan, Row, Updates, table_of
from bot.imports.wording import pack_fault, unpack_fault
from bot.models.base import UtcTime
from bot.models.imports import ImportChunk, Part

ROWS_A_CHUNK = 1_000
CHUNKS_A_COMMIT = 8

Piece = dict[str, Any]
Converter = Callable[[Any], Any]


def stage(database: Database, run_id: int, plan: Plan | None, faults: Sequence[Fault]) -> None:
    """Write a plan (None for a refused file) and all faults, a few pieces per transaction."""
    pieces = _pieces(run_id, plan, faults)
    while batch := _take(pieces, CHUNKS_A_COMMIT):
        with database.transaction() as session:
            session.execute(insert(ImportChunk), batch)


def _take(pieces: Iterator[Piece], count: int) -> list[Piece]:
    return [piece for _number, piece in zip(range(count), pieces, strict=False)]


def _pieces(run_id: int, plan: Plan | None, faults: Sequence[Fault]) -> Iterator[Piece]:
    for rows in _chunks([pack_fault(fault) for fault in faults]):
        yield _piece(run_id, Part.FAULTS, "", (), rows)
    if plan is None:
        return
    for part, changes in (
        (Part.INSERT, plan.inserts),
        (Part.UPDATE, plan.updates),
        (Part.DELETE, plan.deletes),
    ):
        for change in changes:
            name = change.table.name
            for rows in _chunks(change.rows):
                yield _piece(run_id, part, name, change.columns, rows)
    target = plan.target.name if plan.target is not None else ""
    yield _piece(run_id, Part.OUTCOME, target, (), plan.outcome)


def _chunks(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(rows), ROWS_A_CHUNK):
        yield rows[start : start + ROWS_A_CHUNK]


def _piece(run_id: int, part: Part, target: str, columns: Sequence[str], rows: Any) -> Piece:
    return {
        "run_id": run_id,
        "part": part,
        "target": target,
        "columns": list(columns),
        "rows": _JSON.encode(rows),
    }


def _plain(value: Any) -> str:
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be staged")


_JSON = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, separators=(",", ":"), default=_plain
)


def faults_of(session: Session, run_id: int) -> tuple[Fault, ...]:
    """Every fault of a run, in the order in which they were told."""
    query = (
        select(ImportChunk.rows)
        .where(ImportChunk.run_id == run_id, ImportChunk.part == Part.FAULTS)
        .order_by(ImportChunk.id)
    )
    return tuple(
        unpack_fault(packed) for rows in session.scalars(query) for packed in json.loads(rows)
    )


def load(session: Session, run_id: int) -> Plan:
    """The staged plan, without its counts and samples."""
    table = table_of(ImportChunk)
    query = (
        select(table.c.part, table.c.target, table.c.columns, table.c.rows)
        .where(table.c.run_id == run_id, table.c.part != Part.FAULTS)
        .order_by(table.c.id)
    )
    plan = Plan()
    for part, target, columns, rows in session.execute(query):
        if part == Part.OUTCOME:
            plan.outcome = json.loads(rows)
            plan.target = SQLModel.metadata.tables.get(target)
        else:
            _add(plan, part, SQLModel.metadata.tables[target], tuple(columns), json.loads(rows))
    return plan


def _add(plan: Plan, part: Part, table: Table, columns: tuple[str, ...], rows: list[Any]) -> None:
    if part == Part.UPDATE:
        before = _typed(table, columns, [row[1] for row in rows])
        after = _typed(table, columns, [row[2] for row in rows])
        changes = [(row[0], b, a) for row, b, a in zip(rows, before, after, strict=True)]
        _last(plan.updates, Updates, table, columns).rows.extend(changes)
    elif part == Part.INSERT:
        _last(plan.inserts, Inserts, table, columns).rows.extend(_typed(table, columns, rows))
    else:
        _last(plan.deletes, Deletes, table, columns).rows.extend(_typed(table, columns, rows))


def _last(changes: list[Any], make: Any, table: Table, columns: tuple[str, ...]) -> Any:
    """The change set these rows go on with, or a new one."""
    if not changes or changes[-1].table is not table or changes[-1].columns != columns:
        changes.append(make(table, columns))
    return changes[-1]


def _typed(table: Table, columns: tuple[str, ...], rows: list[Any]) -> list[Row]:
    """Rows with dates, times and enumerations as their columns have them."""
    converters = [(i, _converter(table.c[name].type)) for i, name in enumerate(columns)]
    for i, convert in converters:
        if convert is not None:
            for row in rows:
                if row[i] is not None:
                    row[i] = convert(row[i])
    return rows


def _converter(kind: sa.types.TypeEngine[Any]) -> Converter | None:
    if isinstance(kind, UtcTime):
        return dt.datetime.fromisoformat
    if isinstance(kind, sa.Date):
        return dt.date.fromisoformat
    if isinstance(kind, sa.Time):
        return dt.time.fromisoformat
    if isinstance(kind, sa.Enum) and kind.enum_class is not None:
        enumeration: Converter = kind.enum_class
        return enumeration
    return None
