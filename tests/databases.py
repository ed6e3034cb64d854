"""Where tests keep their rows: a SQLite file each, or, with ROLLCALL_TESTS_ON=postgresql, a
database each on one PostgreSQL, made as a copy of a prepared one.
"""

from __future__ import annotations

import os
import shutil
import tempfile
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


def forget_the_disk(address: str) -> None:
    """Let the server at `address` not wait for the disk: nobody needs its rows after a crash."""
    with server(address) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))


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


def copy(address: str, original: str) -> None:
    """Make the database at `address` a copy of the original, to which nobody may be connected."""
    if address.startswith("sqlite"):
        shutil.copy(_file(original), _file(address))
        return
    drop(address)
    with server(address) as connection:
        names = make_url(address).database, make_url(original).database
        connection.execute(text("CREATE DATABASE {} TEMPLATE {}".format(*names)))


def fill(address: str, prepared: str) -> None:
    """As `copy`, of an installation that is at home there: what nobody meant to copy is held."""
    copy(address, prepared)
    if not address.startswith("sqlite"):
        with server(address, make_url(address).database) as connection:
            connection.execute(text("UPDATE instance SET place = ''"))


@contextmanager
def another(original: str) -> Iterator[str]:
    """The address of one more copy of the original, beside it, for as long as it is used."""
    if not original.startswith("sqlite"):
        address = make(original, original)
        yield address
        drop(address)
        return
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{folder}/rollcall.db"
        copy(address, original)
        yield address


def _file(address: str) -> Path:
    return Path(address.removeprefix("sqlite:///"))
