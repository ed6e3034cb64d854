"""The swap: a staged plan written into the target tables in one transaction, set by set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, and_, bindparam, delete, func, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from bot.errors import Refusal
from bot.i18n import _
from bot.imports import bulk
from bot.imports.plan import Deletes, Inserts, Plan, Row, Updates

FEW = 500


def swap_in(session: Session, plan: Plan) -> dict[str, int]:
    """Write the whole plan; the first id given out per table.

    Refuses if rows the plan changes are no longer as they were when it was made, or if
    rows it adds have come to be there meanwhile.
    """
    for updates in plan.updates:
        if differing(
            session,
            updates.table,
            updates.columns,
            {row_id: before for row_id, before, _after in updates.rows},
        ):
            raise _world_changed()
    first_ids = _number(session, plan)
    try:
        for deletes in plan.deletes:
            delete_rows(session, deletes)
        for inserts in plan.inserts:
            _insert(session, inserts, first_ids)
        for updates in plan.updates:
            resolve(updates.table, updates.columns, [row[2] for row in updates.rows], first_ids)
            write_updates(session, updates, after=True)
    except IntegrityError:
        raise _world_changed() from None
    return first_ids


def _world_changed() -> Refusal:
    return Refusal(
        _("What this file is about was changed after the file was checked. Send the file again.")
    )


def differing(
    session: Session, table: Table, columns: Sequence[str], expected: dict[int, Row]
) -> list[int]:
    """Ids of rows that are gone, or whose columns are not as expected."""
    if not expected:
        return []
    query = select(table.c.id, *(table.c[name] for name in columns))
    if len(expected) <= FEW:
        query = query.where(table.c.id.in_(expected))
    else:
        query = query.where(table.c.id.between(min(expected), max(expected)))
    current = {row[0]: row[1:] for row in session.execute(query)}
    return [
        row_id
        for row_id, values in expected.items()
        if row_id not in current or tuple(current[row_id]) != tuple(values)
    ]


def _number(session: Session, plan: Plan) -> dict[str, int]:
    """The first id for each table that gets new rows."""
    return {
        inserts.table.name: _first_id(session, inserts.table, len(inserts.rows))
        for inserts in plan.inserts
        if inserts.rows and "id" in inserts.table.c
    }


def _first_id(session: Session, table: Table, count: int) -> int:
    """Take `count` ids in a row; nobody else can insert until this transaction ends."""
    if session.get_bind().dialect.name == "sqlite":
        return int(session.scalar(select(func.max(table.c.id))) or 0) + 1
    session.execute(text(f'LOCK TABLE "{table.name}" IN SHARE ROW EXCLUSIVE MODE'))
    sequence = func.pg_get_serial_sequence(table.name, "id")
    first = int(session.scalar(select(func.nextval(sequence))) or 1)
    session.execute(select(func.setval(sequence, first + count - 1)))
    return first


def _insert(session: Session, inserts: Inserts, first_ids: dict[str, int]) -> None:
    if not inserts.rows:
        return
    table, columns = inserts.table, inserts.columns
    resolve(table, columns, inserts.rows, first_ids)
    if "id" not in table.c:
        bulk.insert_rows(session, table, columns, inserts.rows)
        return
    first = first_ids[table.name]
    later = _put_off(table, columns, inserts.rows, first)
    bulk.insert_rows(session, table, columns, inserts.rows, first)
    for name, rows in later.items():
        changes = Updates(table, (name,), [(row_id, [None], [value]) for row_id, value in rows])
        write_updates(session, changes, after=True)


def _put_off(
    table: Table, columns: tuple[str, ...], rows: list[Row], first: int
) -> dict[str, list[tuple[int, object]]]:
    """Take out references to rows of the same table that come later; they are set afterwards."""
    later: dict[str, list[tuple[int, object]]] = {}
    for i, name in enumerate(columns):
        if not any(key.column.table is table for key in table.c[name].foreign_keys):
            continue
        for row_id, row in enumerate(rows, first):
            if row[i] is not None and row[i] > row_id:  # type: ignore[operator]  # an id
                later.setdefault(name, []).append((row_id, row[i]))
                row[i] = None  # type: ignore[index]  # staged rows are lists
    return later


def resolve(
    table: Table, columns: Sequence[str], rows: Sequence[Any], first_ids: dict[str, int]
) -> None:
    """Put real ids for the negative ones, in columns that point to tables with new rows."""
    for i, name in enumerate(columns):
        for key in table.c[name].foreign_keys:
            first = first_ids.get(key.column.table.name)
            if first is None:
                continue
            for row in rows:
                value = row[i]
                if value is not None and value < 0:
                    row[i] = first - value - 1


def write_updates(session: Session, updates: Updates, *, after: bool) -> None:
    """Set the rows to their values after the change, or back to those before."""
    if not updates.rows:
        return
    table = updates.table
    statement = (
        update(table)
        .where(table.c.id == bindparam("row_id"))
        .values({name: bindparam(f"to_{name}") for name in updates.columns})
    )
    names = [f"to_{name}" for name in updates.columns]
    values = [
        {"row_id": row[0], **dict(zip(names, row[2] if after else row[1], strict=True))}
        for row in updates.rows
    ]
    _execute_many(session, statement, values)


def delete_rows(session: Session, rows: Deletes | Inserts) -> None:
    """Delete rows told by all their columns."""
    table = rows.table
    if rows.rows:
        same = and_(*(table.c[name] == bindparam(f"is_{name}") for name in rows.columns))
        names = [f"is_{name}" for name in rows.columns]
        _execute_many(session, delete(table).where(same), _named(names, rows.rows))


def _named(columns: Sequence[str], rows: Sequence[Row]) -> list[dict[str, Any]]:
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _execute_many(session: Session, statement: Any, values: list[dict[str, Any]]) -> None:
    session.connection().execute(statement, values)
