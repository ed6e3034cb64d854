"""Databases for the tests of backups: the demo administration, every table filled, both kinds."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, Table, insert, select
from sqlmodel import SQLModel

from bot import app as root
from bot.clock import FixedClock
from bot.config import Settings
from bot.db import Database
from bot.models.base import UtcTime
from bot.operations.backups import making
from bot.operations.backups.format import LEFT_OUT, selected, tables
from bot.sandbox.demo.load import load_demo
from tests import databases

START = dt.datetime(2026, 3, 2, 2, 0, tzinfo=dt.UTC)
KINDS = ("sqlite", "postgresql")
MARKER = "ខ្មែរ اُردُو \u2028 “quoted”\nline"


class Places:
    """Makes addresses of empty databases, of one kind or the other."""

    def __init__(self, folder: Path, server: str) -> None:
        self._folder, self._server = folder, server
        self._numbers = itertools.count(1)

    def empty(self, kind: str) -> str:
        number = next(self._numbers)
        if kind == "sqlite":
            folder = self._folder / f"place{number}"
            folder.mkdir()
            return f"sqlite:///{folder / 'rollcall.db'}"
        return databases.make(self._server)

    def copy(self, address: str) -> str:
        """Another database of the same kind with the same rows."""
        if address.startswith("sqlite"):
            other = self.empty("sqlite")
            databases.copy(other, address)
            return other
        return databases.make(self._server, template=address)


def settings_for(address: str, recipient: str = "") -> Settings:
    return Settings(_env_file=None, database_url=address, backup_recipient=recipient)


def fill(address: str, cast_file: Path) -> None:
    """The demo administration, and at least one odd row in every table."""
    settings, clock = settings_for(address), FixedClock(START)
    root.register_speaking()
    root.register_working()
    database = Database(address, statement_seconds=None)
    load_demo(database, clock, settings, cast_file)
    with database.engine.begin() as connection:
        for table in SQLModel.metadata.sorted_tables:
            if table.name not in LEFT_OUT and table.name != "instance":
                connection.execute(insert(table), odd_row(connection, table))
    database.close()


def odd_row(connection: sa.Connection, table: Table) -> dict[str, Any]:
    """A row with something in every column, unlike those that are there."""
    return {
        column.name: _odd_value(connection, column)
        for column in table.c
        if not (column.primary_key and column.name == "id" and _counts_up(table))
    }


def _counts_up(table: Table) -> bool:
    return table.name not in ("clock_offset", "shuffle_due")


def _odd_value(connection: sa.Connection, column: Column[Any]) -> Any:
    for key in column.foreign_keys:
        found = connection.execute(select(sa.func.max(key.column))).scalar()
        if column.table.name != "chat" or found is not None:
            return found
    kind = column.type
    if isinstance(kind, sa.Enum):
        return list(kind.enum_class)[0]  # type: ignore[arg-type]
    for types, value in (
        (UtcTime, dt.datetime(2026, 3, 1, 23, 59, 59, 123456, tzinfo=dt.UTC)),
        (sa.Boolean, True),
        (sa.BigInteger, 7_000_000_001),
        (sa.Integer, 77),
        (sa.Float, 1.1),
        (sa.Date, dt.date(2024, 2, 29)),
        (sa.Time, dt.time(8, 30)),
        (sa.JSON, {"k": [1, 1.5, None, True, MARKER]}),
        (sa.LargeBinary, bytes(range(256))),
    ):
        if isinstance(kind, types):
            return value
    return f"{column.name} {MARKER}"


def contents(address: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that a backup holds, as the database gives it."""
    database = Database(address, statement_seconds=None)
    with database.engine.connect() as connection:
        found = {
            table.name: [
                tuple(row)
                for row in connection.execute(
                    select(*(selected(column) for column in table.c)).order_by(
                        *table.primary_key.columns
                    )
                )
            ]
            for table in tables()
        }
    database.close()
    return found


def back_up(address: str, file: Path, recipient: str) -> None:
    """A backup sealed for the recipient; plain without one."""
    database = Database(address, statement_seconds=None)
    settings = settings_for(address, recipient)
    making.make(database, FixedClock(START), settings, file, plain=not recipient)
    database.close()


def tables_in(address: str) -> list[str]:
    database = Database(address)
    found = sa.inspect(database.engine).get_table_names()
    database.close()
    return found
