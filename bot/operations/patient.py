"""What the doctor looks at: one installation, its settings, its server, its database.

The database is opened for reading only: nothing is made, migrated or locked by a look at it.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot.clock import Clock, monotonic
from bot.config import Settings
from bot.operations.bot_server import BotServer
from bot.operations.unavailable import Unavailable

ALL_SECONDS = 13.0
STATEMENT_SECONDS = 3.0
PROGRESS_STEPS = 20_000


class Patient:
    """One examination; it lasts `seconds` at most, what is left then is not checked."""

    def __init__(self, settings: Settings, clock: Clock, seconds: float = ALL_SECONDS) -> None:
        self.settings = settings
        self.clock = clock
        self.server = BotServer(settings)
        self._deadline = monotonic() + seconds

    def now(self) -> dt.datetime:
        """Business time."""
        return self.clock.now()

    @contextmanager
    def reading(self, seconds: float | None = None) -> Iterator[Session]:
        """A session that can only read, for a few seconds at most; raises Unavailable."""
        left = min(seconds or STATEMENT_SECONDS, self._deadline - monotonic())
        if left <= 0:
            raise Unavailable("There was no time left for this.")
        if self._silence:
            raise Unavailable(self._silence)
        with Session(self._engine) as session:
            _limit(session, left)
            yield session

    def close(self) -> None:
        if "_engine" in self.__dict__:
            self._engine.dispose()

    @cached_property
    def _silence(self) -> str:
        """Why the database cannot be read, found out once."""
        path = self.settings.sqlite_path
        if path is not None and not path.is_file():
            return "There is no database yet."
        try:
            with self._engine.connect() as connection:
                kind = "pg_class" if path is None else "sqlite_master"
                connection.execute(text(f"SELECT count(*) FROM {kind}"))
        except SQLAlchemyError:
            return "The database does not answer."
        return ""

    @cached_property
    def _engine(self) -> Engine:
        path = self.settings.sqlite_path
        if path is not None:
            engine = create_engine(
                f"sqlite:///file:{quote(str(path))}?mode=ro&uri=true",
                hide_parameters=True,
                connect_args={"check_same_thread": False, "timeout": 2},
            )
            event.listen(engine, "connect", _as_it_stands)
            return engine
        return create_engine(
            self.settings.database_url.replace("postgresql://", "postgresql+psycopg://", 1),
            hide_parameters=True,
            connect_args={
                "connect_timeout": 3,
                "options": "-c default_transaction_read_only=on -c statement_timeout=3000",
            },
        )


def _as_it_stands(connection: sqlite3.Connection, _record: Any) -> None:
    connection.execute("PRAGMA query_only=ON")


def _limit(session: Session, seconds: float) -> None:
    raw = session.connection().connection.dbapi_connection
    if isinstance(raw, sqlite3.Connection):
        end = monotonic() + seconds
        raw.set_progress_handler(lambda: 1 if monotonic() > end else 0, PROGRESS_STEPS)
    else:
        milliseconds = max(1, int(seconds * 1000))
        session.execute(text(f"SET LOCAL statement_timeout = {milliseconds}"))
