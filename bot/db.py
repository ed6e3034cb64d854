"""The database: engine, and `transaction()`, the only place that commits.

SQLite runs in WAL with synchronous=FULL and one writer behind one lock; PostgreSQL
through psycopg with a small pool.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    CursorResult,
    Dialect,
    Engine,
    Select,
    create_engine,
    event,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel

from bot.clock import monotonic

STATEMENT_SECONDS = 10.0
PROGRESS_STEPS = 200_000
PREPARING = -1
"""An advisory lock that is no account's number."""

_INSERT: dict[str, Callable[..., Any]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


class Database:
    """One engine and its transactions.

    `statement_seconds` interrupts a statement that runs longer; None lets it run,
    which only long work in a process of its own may ask for.
    """

    def __init__(self, url: str, statement_seconds: float | None = STATEMENT_SECONDS) -> None:
        self.is_sqlite = url.startswith("sqlite")
        self._statement_seconds = statement_seconds
        self._writer = threading.RLock()
        self.engine = self._sqlite(url) if self.is_sqlite else self._postgres(url)

    @contextmanager
    def transaction(self, *, readonly: bool = False) -> Iterator[Session]:
        """A session that commits at the end, or rolls back whole if anything is raised."""
        if self.is_sqlite and not readonly:
            with self._writer, self._begun(readonly=False) as session:
                yield session
        else:
            with self._begun(readonly=readonly) as session:
                yield session

    @contextmanager
    def one_at_a_time(self) -> Iterator[None]:
        """What is inside is done by one process after the other, over several transactions.

        On SQLite the transactions themselves wait for each other.
        """
        if self.is_sqlite:
            yield
            return
        with self.engine.connect() as connection:
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": PREPARING})
            connection.commit()
            try:
                yield
            finally:
                connection.rollback()
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": PREPARING})

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def _begun(self, *, readonly: bool) -> Iterator[Session]:
        engine = self.engine.execution_options(rollcall_readonly=readonly)
        with Session(engine, expire_on_commit=False) as session:
            deadline = self._deadline(session)
            try:
                yield session
                session.commit()
            except BaseException:
                session.rollback()
                raise
            finally:
                if deadline is not None:
                    deadline.set_progress_handler(None, 0)

    def _deadline(self, session: Session) -> sqlite3.Connection | None:
        """On SQLite, interrupt any statement after the limit (PostgreSQL does it itself)."""
        if not self.is_sqlite or self._statement_seconds is None:
            return None
        raw = session.connection().connection.dbapi_connection
        if not isinstance(raw, sqlite3.Connection):
            return None
        end = monotonic() + self._statement_seconds
        raw.set_progress_handler(lambda: 1 if monotonic() > end else 0, PROGRESS_STEPS)
        return raw

    def _sqlite(self, url: str) -> Engine:
        path = url.removeprefix("sqlite:///")
        if path and path != url:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(
            url,
            hide_parameters=True,
            connect_args={"check_same_thread": False, "timeout": 10},
        )
        event.listen(engine, "connect", _prepare_sqlite)
        if self._statement_seconds is None:
            event.listen(engine, "connect", _give_room)
        event.listen(engine, "begin", _begin_sqlite)
        return engine

    def _postgres(self, url: str) -> Engine:
        address = url.replace("postgresql://", "postgresql+psycopg://", 1)
        options = ""
        if self._statement_seconds is not None:
            options = f"-c statement_timeout={int(self._statement_seconds * 1000)}"
        return create_engine(
            address,
            hide_parameters=True,
            pool_size=6,
            pool_pre_ping=True,
            connect_args={"options": options},
        )


def insert_missing(
    session: Session, model: type[SQLModel], rows: Sequence[Mapping[str, Any]]
) -> int:
    """Insert those rows whose unique keys nobody has taken; how many were.

    Of two transactions that insert the same at once, the second waits for the first and finds
    it there. Every row names the same columns.
    """
    if not rows:
        return 0
    table = SQLModel.metadata.tables[str(model.__tablename__)]
    insert = _INSERT[session.get_bind().dialect.name](table).on_conflict_do_nothing()
    key = next(iter(table.primary_key))
    return len(session.execute(insert.returning(key), list(rows)).all())


def insert_found(
    session: Session,
    model: type[SQLModel],
    columns: Iterable[str],
    found: Select[Any],
    given: Mapping[str, Any] | None = None,
) -> int:
    """Insert what a query finds, column by column, where nobody has taken its unique keys; how
    many rows that were. `given` are the values of its parameters.
    """
    table = SQLModel.metadata.tables[str(model.__tablename__)]
    insert = _INSERT[session.get_bind().dialect.name](table).on_conflict_do_nothing()
    missing = insert.execution_options(preserve_rowcount=True)
    statement = missing.from_select([*columns], found, include_defaults=False)
    result = session.execute(statement, dict(given or {}))
    assert isinstance(result, CursorResult)
    return int(result.rowcount)


@contextmanager
def savepoint(session: Session) -> Iterator[None]:
    """Undo alone what is done inside, where an exception passes through.

    The session then forgets every object it had. After an error of the database itself the
    whole transaction is to be rolled back. A tenth of the cost of Session.begin_nested.
    """
    session.flush()
    connection = session.connection()
    _on_driver(connection, "SAVEPOINT rollcall")
    try:
        yield
        session.flush()
    except DBAPIError:
        raise
    except BaseException:
        session.expunge_all()
        _on_driver(connection, "ROLLBACK TO SAVEPOINT rollcall")
        _on_driver(connection, "RELEASE SAVEPOINT rollcall")
        raise
    _on_driver(connection, "RELEASE SAVEPOINT rollcall")


@contextmanager
def all_kept(session: Session) -> Iterator[None]:
    """Whatever is read inside stays in the session, which else forgets what nobody holds on to,
    and reads it again.
    """
    kept: list[object] = []

    def keep(_session: Session, instance: object) -> None:
        kept.append(instance)

    event.listen(session, "loaded_as_persistent", keep)
    try:
        yield
    finally:
        event.remove(session, "loaded_as_persistent", keep)


@contextmanager
def driver_errors(dialect: Dialect, sql: str) -> Iterator[None]:
    """Turn what the driver itself raises into what SQLAlchemy would raise, without the values."""
    error_type = dialect.loaded_dbapi.Error
    try:
        yield
    except error_type as error:
        raise DBAPIError.instance(sql, None, error, error_type, dialect=dialect) from error


def _on_driver(connection: Connection, sql: str) -> None:
    with driver_errors(connection.dialect, sql):
        connection.connection.cursor().execute(sql)


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "busy_timeout=10000",
        "cache_size=-2000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _give_room(connection: sqlite3.Connection, _record: Any) -> None:
    """Long work over many rows keeps 32 MB of pages; the bot lets the system keep them."""
    connection.execute("PRAGMA cache_size=-32000")


def _begin_sqlite(connection: Connection) -> None:
    readonly = connection.get_execution_options().get("rollcall_readonly", False)
    connection.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")
