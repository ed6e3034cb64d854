"""Keeps the sandbox's rows in one SQLite file, so that a restart keeps every chat."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

SCHEMA = """
CREATE TABLE IF NOT EXISTS record (
    kind TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, key)
) WITHOUT ROWID
"""


class Store:
    """Rows by kind and key; a write survives the end of this process, not of the machine."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.execute(SCHEMA)

    def put(self, kind: str, key: object, body: object) -> None:
        row = (kind, str(key), json.dumps(body, ensure_ascii=False))
        self._connection.execute("INSERT OR REPLACE INTO record VALUES (?, ?, ?)", row)

    def remove(self, kind: str, key: object) -> None:
        self._connection.execute("DELETE FROM record WHERE kind = ? AND key = ?", (kind, str(key)))

    def bodies(self, kind: str) -> list[Any]:
        rows = self._connection.execute("SELECT body FROM record WHERE kind = ?", (kind,))
        return [json.loads(body) for (body,) in rows]

    def get(self, kind: str, key: object) -> Any:
        """One row's body, or None."""
        row = self._connection.execute(
            "SELECT body FROM record WHERE kind = ? AND key = ?", (kind, str(key))
        ).fetchone()
        return json.loads(row[0]) if row else None

    def close(self) -> None:
        self._connection.close()
