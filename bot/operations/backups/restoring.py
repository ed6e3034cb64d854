"""Restoring a backup into an empty database, of either kind: all of it in one transaction.

The copy is held afterwards: it sends, fetches and answers nothing until `rollcall release`.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, column, inspect, table, text

from bot.db import Database
from bot.errors import Refusal
from bot.i18n import _
from bot.migrate import revisions, upgrade
from bot.models.system import Heartbeat, Instance
from bot.operations.backups import sealing
from bot.operations.backups.format import PIECE, Header, Kind, Shape, column_type
from bot.operations.backups.reading import Damaged, OnHeader, OnRows, Reader, damaged
from bot.operations.release import RESTORED_FROM

FOREIGN_KEYS = """
    SELECT conrelid::regclass::text, conname FROM pg_constraint
    WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
"""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restored backup held."""

    header: Header
    rows: int


def restore(url: str, file: Path, key: Path | None) -> Restored:
    """Check the whole file, then write it into the database at `url` and hold that.

    Refuses, with nothing written, a file that is damaged, sealed for another key or made by a
    newer Rollcall, and a database that is not empty.
    """
    source = _Source(file, key)
    header = check(source)
    database = Database(url, statement_seconds=None)
    try:
        with database.engine.begin() as connection:
            _refuse_unless_empty(connection)
            upgrade(connection, header.revision)
            _write(connection, source, header)
            upgrade(connection)
            _hold(connection, header)
    except Damaged as error:
        raise damaged() from error
    finally:
        database.close()
    return Restored(header, sum(shape.rows for shape in header.shapes))


class _Source:
    """A backup that is read twice: once to check it, once to write it."""

    def __init__(self, file: Path, key: Path | None) -> None:
        if not file.is_file():
            raise Refusal(_("There is no file {name}.", name=str(file)))
        self._file = file
        self._keys = None
        if sealing.is_sealed(file):
            if key is None:
                raise Refusal(
                    _("This backup is sealed. Give the file with its private key: --key FILE.")
                )
            self._keys = sealing.identities(key)

    def read(self, on_header: OnHeader, on_rows: OnRows) -> None:
        """Read it whole; raises Damaged at the first thing that is wrong."""
        reader = Reader(on_header, on_rows)
        with self._file.open("rb") as source:
            if self._keys is not None:
                sealing.unseal(source, reader, self._keys)
            else:
                while piece := source.read(PIECE):
                    reader.write(piece)
        reader.finish()


def check(source: _Source) -> Header:
    """The header of a backup that is whole, and no newer than this program."""
    found: list[Header] = []

    def keep(header: Header) -> None:
        if header.revision not in revisions():
            raise Refusal(
                _(
                    "This backup was made by a newer Rollcall, {program}. Update this one, then "
                    "restore again.",
                    program=header.program,
                )
            )
        found.append(header)

    try:
        source.read(keep, lambda _shape, _rows: None)
    except Damaged as error:
        raise damaged() from error
    return found[0]


def _refuse_unless_empty(connection: Connection) -> None:
    if inspect(connection).get_table_names():
        raise Refusal(
            _(
                "The database that ROLLCALL_DATABASE_URL names is not empty, and a restore never "
                "overwrites one. Name a new file, or a new PostgreSQL database, and restore again."
            )
        )


def _write(connection: Connection, source: _Source, header: Header) -> None:
    """Every row, then the numbers from which the next rows are counted."""
    put = _copy_in if connection.dialect.name == "postgresql" else _insert

    def write(shape: Shape, rows: list[list[Any]]) -> None:
        put(connection, shape, rows)

    with _references_checked_at_the_end(connection):
        source.read(lambda _header: None, write)
    if connection.dialect.name == "postgresql":
        _set_sequences(connection, header)


def _insert(connection: Connection, shape: Shape, rows: list[list[Any]]) -> None:
    """Without any model: the schema may be an older one."""
    types = [column_type(kind) for kind in shape.kinds]
    made = table(shape.name, *map(column, shape.columns, types))
    named = [dict(zip(shape.columns, row, strict=True)) for row in rows]
    connection.execute(made.insert(), named)


def _copy_in(connection: Connection, shape: Shape, rows: list[list[Any]]) -> None:
    """PostgreSQL keeps no NUL in a text; SQLite does, and a pasted one may have come in."""
    texts = [at for at, kind in enumerate(shape.kinds) if kind in (Kind.TEXT, Kind.JSON)]
    columns = ", ".join(f'"{name}"' for name in shape.columns)
    cursor: Any = connection.connection.cursor()
    with cursor.copy(f'COPY "{shape.name}" ({columns}) FROM STDIN') as copy:
        for row in rows:
            for at in texts:
                if row[at] is not None:
                    row[at] = row[at].replace("\x00", "")
            copy.write_row(row)


@contextmanager
def _references_checked_at_the_end(connection: Connection) -> Iterator[None]:
    """People point to people who come later: until the end, any order will do."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA defer_foreign_keys=ON"))
        yield
        return
    keys = connection.execute(text(FOREIGN_KEYS)).all()
    for of_table, name in keys:
        _alter(connection, of_table, name, "DEFERRABLE")
    connection.execute(text("SET CONSTRAINTS ALL DEFERRED"))
    yield
    connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    for of_table, name in keys:
        _alter(connection, of_table, name, "NOT DEFERRABLE")


def _alter(connection: Connection, of_table: str, name: str, what: str) -> None:
    connection.execute(text(f'ALTER TABLE {of_table} ALTER CONSTRAINT "{name}" {what}'))


def _set_sequences(connection: Connection, header: Header) -> None:
    for shape in header.shapes:
        if "id" not in shape.columns:
            continue
        name, last = connection.execute(
            text(
                f"SELECT pg_get_serial_sequence('{shape.name}', 'id'), max(id) "
                f'FROM "{shape.name}"'
            )
        ).one()
        if name is not None and last is not None:
            connection.execute(text("SELECT setval(:name, :last)"), {"name": name, "last": last})


def _hold(connection: Connection, header: Header) -> None:
    """Held, of no place yet, and with a note of when the backup was made."""
    instance = Instance.__table__  # type: ignore[attr-defined]  # SQLModel sets it
    held = connection.execute(instance.update().values(held=True, place=""))
    if held.rowcount == 0:
        new = {"id": 1, "instance_id": secrets.token_hex(16), "held": True, "place": ""}
        connection.execute(instance.insert().values(new))
    beats = Heartbeat.__table__  # type: ignore[attr-defined]  # SQLModel sets it
    connection.execute(beats.delete().where(beats.c.name == RESTORED_FROM))
    connection.execute(beats.insert().values(name=RESTORED_FROM, at=header.made_at))
