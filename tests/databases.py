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
from functools import cache
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, make_url, text

ON_POSTGRES = os.environ.get("ROLLCALL_TESTS_ON") == "postgresql"


@cache
def server(address: URL) -> Connection:
    """A connection to the server itself, outside any transaction, kept for the whole run."""
    home = address.set(drivername="postgresql+psycopg", database="postgres")
    return create_engine(home, isolation_level="AUTOCOMMIT").connect()


def tell(address: str, *sentences: str) -> None:
    """Have the server at `address` execute these statements."""
    for sentence in sentences:
        server(make_url(address).set(database="postgres")).execute(text(sentence))


def leave(address: str) -> None:
    """End the connection that was kept to the server at `address`."""
    server(make_url(address).set(database="postgres")).engine.dispose()


def forget_the_disk(address: str) -> None:
    """Let the server at `address` not wait for the disk: nobody needs its rows after a crash."""
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        tell(address, f"ALTER SYSTEM SET {setting} = off")
    tell(address, "SELECT pg_reload_conf()")


def reserve(address: str) -> str:
    """The address of a database on the server at `address` that is not there yet."""
    fresh = make_url(address).set(drivername="postgresql", database=f"t{uuid.uuid4().hex}")
    return fresh.render_as_string(hide_password=False)


def make(address: str, template: str = "") -> str:
    """A new database on the server at `address`, empty or a copy of `template`; its address."""
    fresh = reserve(address)
    if template:
        copy(fresh, template)
    else:
        tell(address, f"CREATE DATABASE {name_of(fresh)}")
    return fresh


def drop(address: str) -> None:
    """Remove the database at `address`, whoever is still connected."""
    tell(address, f"DROP DATABASE IF EXISTS {name_of(address)} WITH (FORCE)")


def copy(address: str, original: str) -> None:
    """Make a database at `address`, where there is none, as a copy of the original, to which
    nobody may be connected.
    """
    if address.startswith("sqlite"):
        shutil.copy(_file(original), _file(address))
    else:
        tell(address, f"CREATE DATABASE {name_of(address)} TEMPLATE {name_of(original)}")


def name_of(address: str) -> str:
    """The name of the database at `address`, on its server."""
    return str(make_url(address).database)


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
