"""One copy of everything: the raw bytes of the files, the rows, the log, a backup, the reports."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.context import Actor, Ctx
from bot.errors import Refusal
from bot.evaluation import class_results
from bot.evaluation.results import ClassResults
from bot.operations.backups.writing import NotShuffled, packed_lines
from scripts.guessing.house import SQLITE, House

GZIP = 31
_POSTGRES_PLACE = "(({t}.ctid::text::point)[0] * 1000 + ({t}.ctid::text::point)[1])"
_POSTGRES_COMMIT = "{t}.xmin::text::bigint"
_PEOPLE = """
SELECT a.person_id, c.user_id, a.id AS assignment_id, {a_place} AS a_place, {a_commit} AS a_commit,
       {c_place} AS c_place, {c_commit} AS c_commit, c.revision, c.message_id, c.shown_at,
       c.decided_at, c.show_tries, p.gender
FROM assignment a JOIN chat c ON c.person_id = a.person_id JOIN person p ON p.id = a.person_id
WHERE a.class_id = {class_id} AND a.stage = 'reaction_trainee' AND a.state = 'answered'
"""
_ANSWERS = """
SELECT r.key, r.gender, r.answers, {r_place} AS r_place, {r_commit} AS r_commit
FROM anonymous_response r WHERE r.class_id = {class_id} ORDER BY r_place
"""
_ASKED = "SELECT user_id, message_id, asks FROM asked"
_SEEN = "SELECT update_id, at, {s_commit} AS s_commit FROM seen_update s ORDER BY update_id"
_COMMITS = "SELECT {a_commit} AS a_commit FROM assignment a WHERE a.state = 'answered'"
_FILES = """
SELECT pg_relation_filepath(c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname IN ('public', 'pg_toast') AND c.relkind IN ('r', 't', 'i')
  AND pg_relation_filepath(c.oid) LIKE 'base/%%'
"""

Row = dict[str, Any]


@dataclass(slots=True)
class Copy:
    """What the attacker holds, about one class at one moment; files by name."""

    files: dict[str, bytes] = field(default_factory=dict)
    people: list[Row] = field(default_factory=list)
    answers: list[Row] = field(default_factory=list)
    asked: list[Row] = field(default_factory=list)
    seen: list[Row] = field(default_factory=list)
    commits: list[int] = field(default_factory=list)
    report: ClassResults | None = None


def take(house: House, class_id: int, logged: bytes) -> Copy:
    """Copy everything as it lies there now; `logged` is all that was logged so far."""
    copy = Copy(_files(house) | {"log": logged}, report=report_of(house, class_id))
    copy.files["backup"] = b""
    with suppress(NotShuffled):  # of answers as they came no backup can be had
        packed = b"".join(packed_lines(house.database, house.clock.now()))
        copy.files["backup"] = zlib.decompress(packed, GZIP)
    connection = house.database.engine.raw_connection()
    try:
        cursor = connection.cursor()
        copy.people = _rows(cursor, house, _PEOPLE, class_id)
        copy.answers = _answers(cursor, house, class_id)
        copy.asked = _rows(cursor, house, _ASKED, class_id)
        copy.seen = _rows(cursor, house, _SEEN, class_id)
        copy.commits = [row["a_commit"] for row in _rows(cursor, house, _COMMITS, class_id)]
    finally:
        connection.close()
    return copy


def answers_of(house: House, class_id: int) -> list[Row]:
    """The answers about a class in the order in which they lie."""
    connection = house.database.engine.raw_connection()
    try:
        return _answers(connection.cursor(), house, class_id)
    finally:
        connection.close()


def _answers(cursor: Any, house: House, class_id: int) -> list[Row]:
    rows = _rows(cursor, house, _ANSWERS, class_id)
    for row in rows:
        if isinstance(row["answers"], str):
            row["answers"] = json.loads(row["answers"])
    return rows


def report_of(house: House, class_id: int) -> ClassResults | None:
    """What the training unit is shown now; None where that is refused."""
    with house.database.transaction(readonly=True) as session:
        reader = Actor(house.unit_person, 1, "en", "UTC")
        ctx = Ctx(session, house.clock, reader, house.settings)
        try:
            return class_results.read(ctx, class_id)
        except Refusal:
            return None


def _rows(cursor: Any, house: House, query: str, class_id: int) -> list[Row]:
    cursor.execute(query.format(class_id=class_id, **_words(house.kind)))
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _words(kind: str) -> dict[str, str]:
    """How each database says where a row lies, and which commit wrote it."""
    place = "{t}.rowid" if kind == SQLITE else _POSTGRES_PLACE
    commit = "0" if kind == SQLITE else _POSTGRES_COMMIT
    tables = {"a": "a", "c": "c", "r": "r", "s": "s"}
    return {f"{name}_place": place.format(t=name) for name in tables} | {
        f"{name}_commit": commit.format(t=name) for name in tables
    }


def _files(house: House) -> dict[str, bytes]:
    if house.kind == SQLITE:
        return _read(sorted(house.folder.glob("rollcall.db*")))
    connection = house.database.engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("SHOW data_directory")
        base = Path(cursor.fetchall()[0][0])
        cursor.execute(_FILES, ())
        names = [row[0] for row in cursor.fetchall()]
        connection.rollback()
        connection.dbapi_connection.autocommit = True  # type: ignore[union-attr]
        cursor.execute("CHECKPOINT")
        connection.dbapi_connection.autocommit = False  # type: ignore[union-attr]
    finally:
        connection.close()
    heaps = [file for name in names for file in (base / name, base / f"{name}_fsm")]
    return _read([*heaps, *sorted((base / "pg_wal").glob("0*"))])


def _read(files: Sequence[Path]) -> dict[str, bytes]:
    found = {file.name: file.read_bytes().rstrip(b"\0") for file in files if file.is_file()}
    return {name: content for name, content in found.items() if content}
