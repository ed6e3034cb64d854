"""Where tests keep their rows: a SQLite file each, or, with ROLLCALL_TESTS_ON=postgresql, a
database each on one PostgreSQL, made as a copy of a prepared one.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, create_engine, make_url, text

ON_POSTGRES = os.environ.get("ROLLCALL_TESTS_ON") == "postgresql"


@contextmanager
def server(address: str, name: str | None = "postgres") -> Iterator[Connection]:
    """A connection to one database of the server, outside any transaction."""
    engine = create_engine(
        make_url(address).set(drivername="postgresql+psycopg", database=name),
        isolation_level="AUTOCOMMIT",
    )
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def make(address: str, template: str = "") -> str:
    """A new database on the server at `address`, empty or a copy of `template`; its address."""
    name = f"t{uuid.uuid4().hex}"
    source = f" TEMPLATE {make_url(template).database}" if template else ""
    with server(address) as connection:
        connection.execute(text(f"CREATE DATABASE {name}{source}"))
    fresh = make_url(address).set(drivername="postgresql", database=name)
    return fresh.render_as_string(hide_password=False)


def drop(address: str) -> None:
    """Remove the database at `address`, whoever is still connected."""
    with server(address) as connection:
        connection.execute(text(f"DROP DATABASE {make_url(address).database} WITH (FORCE)"))


def fill(address: str, prepared: str) -> None:
    """Make the database at `address` a copy of the prepared one, to which nobody may be connected.

    It is at home where it is: only a copy that nobody meant is held.
    """
    if address.startswith("sqlite"):
        shutil.copy(_file(prepared), _file(address))
        return
    drop(address)
    with server(address) as connection:
        names = make_url(address).database, make_url(prepared).database
        connection.execute(text("CREATE DATABASE {} TEMPLATE {}".format(*names)))
    with server(address, names[0]) as connection:
        connection.execute(text("UPDATE instance SET place = ''"))


def _file(address: str) -> Path:
    return Path(address.removeprefix("sqlite:///"))
