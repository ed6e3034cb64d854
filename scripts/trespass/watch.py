"""What a step changed, in whatever table: triggers on all of them, on one connection.

A step runs inside a savepoint and leaves nothing behind.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import LargeBinary, Table
from sqlmodel import Session, SQLModel


@dataclass(frozen=True, slots=True)
class Change:
    """One row that is new, gone, or not what it was; `row` as it stands after, or stood before."""

    table: str
    how: str
    row: dict[str, Any]


def install(session: Session) -> None:
    """Have every change noted in a table of this connection only."""
    run = session.connection().exec_driver_sql
    run("PRAGMA temp_store = MEMORY")
    run("CREATE TEMP TABLE IF NOT EXISTS changed (name TEXT, how TEXT, row TEXT)")
    for table in SQLModel.metadata.tables.values():
        for how, version in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
            run(_trigger(table, how, version))


@contextmanager
def undone(session: Session) -> Iterator[None]:
    """Undo all that is done inside."""
    session.flush()
    session.expunge_all()
    run = session.connection().exec_driver_sql
    run("SAVEPOINT step")
    try:
        yield
    finally:
        session.expunge_all()
        run("ROLLBACK TO SAVEPOINT step")
        run("RELEASE SAVEPOINT step")


def changes(session: Session) -> list[Change]:
    """What has been changed since `forget` in the innermost step."""
    session.flush()
    rows = session.connection().exec_driver_sql("SELECT name, how, row FROM changed").all()
    return [Change(name, how, json.loads(row)) for name, how, row in rows]


def forget(session: Session) -> None:
    """Begin to note anew."""
    session.connection().exec_driver_sql("DELETE FROM changed")


def _trigger(table: Table, how: str, version: str) -> str:
    columns = [column.name for column in table.columns if not isinstance(column.type, LargeBinary)]
    row = ", ".join(f"'{name}', {version}.\"{name}\"" for name in columns)
    differs = " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in columns)
    when = f"WHEN {differs}" if how == "UPDATE" else ""
    return (
        f'CREATE TEMP TRIGGER IF NOT EXISTS "{table.name}_{how}" AFTER {how} '
        f'ON main."{table.name}" {when} BEGIN INSERT INTO changed VALUES '
        f"('{table.name}', '{how}', json_object({row})); END"
    )
