"""Wiping from the database's files what deleted and replaced rows left there.

Runs outside any transaction. Tables are rewritten whole; what PostgreSQL keeps beside its
tables is wiped as far as the server lets this account do so.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine

REWRITTEN = ("anonymous_response", "draft", "chat", "asked", "assignment", "seen_update")
"""Tables that held answers of somebody known, or the number of the commit that took them."""
LOCK_SECONDS = 5
SNAPSHOT_TRIES = 150
_NEWEST = "SELECT pg_current_xact_id()::xid"
_OLD_SNAPSHOTS = """
SELECT count(*) FROM pg_stat_activity
WHERE pid <> pg_backend_pid() AND datname = current_database()
  AND backend_type IN ('client backend', 'walsender')
  AND greatest(age(backend_xmin), age(backend_xid)) >= age(CAST(%s AS xid))
"""
_LOG_RIGHTS = """
SELECT has_function_privilege('pg_switch_wal()', 'EXECUTE'),
       pg_has_role('pg_checkpoint', 'USAGE')
"""
_LOG_KEPT = (
    ("SELECT current_setting('wal_recycle') = 'on'", "wal_recycle is on"),
    ("SELECT current_setting('archive_mode') <> 'off'", "archive_mode is on"),
    ("SELECT count(*) > 0 FROM pg_replication_slots", "there are replication slots"),
    ("SELECT current_setting('wal_keep_size') <> '0'", "wal_keep_size is not 0"),
)


class NotWiped(Exception):
    """Somebody was reading for so long that old rows had to stay; try again later."""


def scrub(engine: Engine) -> None:
    """Wipe what deleted rows left behind; raises NotWiped where that has to be tried again."""
    connection = engine.raw_connection()
    try:
        if engine.dialect.name == "sqlite":
            _scrub_sqlite(connection.cursor())
        else:
            connection.rollback()
            connection.dbapi_connection.autocommit = True  # type: ignore[union-attr]
            _scrub_postgres(connection.cursor())
    finally:
        connection.invalidate()
        connection.close()


def kept_in_log(engine: Engine) -> list[str]:
    """Why the write-ahead log of PostgreSQL keeps old answers beside accounts; none if not."""
    if engine.dialect.name == "sqlite":
        return []
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        kept = [] if _may_wipe_log(cursor) else ["this account may not switch the log"]
        return kept + [words for query, words in _LOG_KEPT if _one(cursor, query)]
    finally:
        connection.close()


def _scrub_sqlite(cursor: Any) -> None:
    cursor.execute("VACUUM")
    busy, _pages, _moved = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise NotWiped("somebody is reading the database")


def _scrub_postgres(cursor: Any) -> None:
    cursor.execute("SET statement_timeout = 0")
    cursor.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'")
    _wait_for_readers(cursor)
    for table in REWRITTEN:
        cursor.execute(f"VACUUM FULL {table}")
    if _may_wipe_log(cursor):
        cursor.execute("SELECT pg_switch_wal()")
        cursor.execute("CHECKPOINT")


def _wait_for_readers(cursor: Any) -> None:
    """Rows that an older transaction may still read would be carried over into the new file."""
    newest = _one(cursor, _NEWEST)
    for _try in range(SNAPSHOT_TRIES):
        if not _one(cursor, _OLD_SNAPSHOTS, newest):
            return
        cursor.execute("SELECT pg_sleep(0.2)")
    raise NotWiped("a transaction has been open for too long")


def _may_wipe_log(cursor: Any) -> bool:
    cursor.execute(_LOG_RIGHTS)
    return all(cursor.fetchone())


def _one(cursor: Any, query: str, *values: Any) -> Any:
    cursor.execute(query, values)
    return cursor.fetchone()[0]
