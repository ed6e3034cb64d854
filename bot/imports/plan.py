"""What an import would do, as data: rows to insert, change and delete, counts and samples.

A new row is known by a negative number until it gets its id: the first row inserted into
a table is -1, the second -2. Columns that point to that table may hold those numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from sqlalchemy import Table
from sqlmodel import SQLModel

from bot.i18n import Text

Row: TypeAlias = Sequence[object]


def table_of(model: type[SQLModel]) -> Table:
    """The table of a model."""
    return SQLModel.metadata.tables[str(model.__tablename__)]


def temporary_id(position: int) -> int:
    """What stands for the row at `position` (from 0) among a table's new rows."""
    return -(position + 1)


@dataclass
class Inserts:
    """New rows of one table, in this order; a table without `id` gets them as they are."""

    table: Table
    columns: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)


@dataclass
class Updates:
    """Changes of one set of columns: row id, values before, values after."""

    table: Table
    columns: tuple[str, ...]
    rows: list[tuple[int, Row, Row]] = field(default_factory=list)


@dataclass
class Deletes:
    """Rows to delete, told by all their columns; for tables without `id` only."""

    table: Table
    columns: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)


@dataclass
class Counts:
    """Rows of the file are new, changed or unchanged; moved and deactivated ones are among
    the changed. Missing ones are in the database, not in the file.
    """

    new: int = 0
    changed: int = 0
    moved: int = 0
    deactivated: int = 0
    missing: int = 0
    unchanged: int = 0


@dataclass
class Plan:
    """Everything an import would write, in the order of writing.

    `outcome` lists ids of the table `target` by what happens to them (the fields of
    `hooks.Applied`), for those who listen; `asks` says why a yes is needed first.
    """

    target: Table | None = None

    inserts: list[Inserts] = field(default_factory=list)
    updates: list[Updates] = field(default_factory=list)
    deletes: list[Deletes] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    outcome: dict[str, list[int]] = field(default_factory=dict)
    samples: list[Text] = field(default_factory=list)
    asks: Text | None = None


class UpdateSet:
    """Gathers changes of a table's rows into sets of the same columns."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._by_columns: dict[tuple[str, ...], Updates] = {}

    def add(self, row_id: int, columns: tuple[str, ...], before: Row, after: Row) -> None:
        """Note one row's change; columns that stay as they are are left out."""
        changed = [i for i, value in enumerate(after) if value != before[i]]
        if not changed:
            return
        names = tuple(columns[i] for i in changed)
        updates = self._by_columns.setdefault(names, Updates(self._table, names))
        updates.rows.append((row_id, [before[i] for i in changed], [after[i] for i in changed]))

    def updates(self) -> list[Updates]:
        return list(self._by_columns.values())
