"""Finding words about one person in every text of the database, and taking them out.

Which tables and columns there are is read from the models, so that a new one is swept too.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, Enum, Table, Text, cast, or_, select, update
from sqlmodel import Session, SQLModel

from bot.operations.backups.format import Kind, kind_of

GONE = "—"
KEPT = frozenset({"person", "unit", "course", "form_version"})
"""Names of others, of offices and in questionnaires stay, whoever they are like."""


class Words:
    """What is to be taken out: names and texts, a telephone number, numbers of accounts.

    A name in Latin letters is found as whole words only: Li is not taken out of List.
    """

    def __init__(self, texts: Iterable[str], numbers: Iterable[int]) -> None:
        self.texts = sorted({text for text in texts if text.strip()}, key=len, reverse=True)
        self.numbers = frozenset(numbers)
        spellings = dict.fromkeys(
            spelling for text in self.texts for spelling in (text, html.escape(text, quote=False))
        )
        parts = [_whole(spelling) for spelling in spellings]
        parts += [rf"(?<!\d){number}(?!\d)" for number in sorted(self.numbers)]
        self._pattern = re.compile("|".join(parts)) if parts else None

    def without(self, value: Any) -> Any:
        """A text, or a value of JSON, with the words gone."""
        if isinstance(value, str):
            return self._pattern.sub(GONE, value) if self._pattern else value
        if isinstance(value, list):
            return [self.without(item) for item in value]
        if isinstance(value, dict):
            return {self.without(key): self.without(item) for key, item in value.items()}
        if isinstance(value, int) and not isinstance(value, bool) and value in self.numbers:
            return None
        return value

    def likely(self, columns: Sequence[Column[Any]]) -> ColumnElement[bool]:
        """Rows that may hold them; in JSON other scripts may stand as escapes."""
        spellings = {str(number) for number in self.numbers}
        for text in self.texts:
            spellings |= {text, html.escape(text, quote=False)}
            spellings |= {json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1]}
        return or_(
            *(
                cast(column, Text).contains(spelling, autoescape=True)
                for column in columns
                for spelling in sorted(spellings)
            )
        )


def sweep(session: Session, words: Words) -> int:
    """Take the words out of every text that is not kept; how many rows were changed."""
    if not words.texts and not words.numbers:
        return 0
    return sum(_sweep_table(session, table, words) for table in SQLModel.metadata.sorted_tables)


def texts_of(table: Table) -> list[Column[Any]]:
    """The columns of a table in which anything may be written; a closed list holds no names."""
    return [
        column
        for column in table.c
        if kind_of(column) in (Kind.TEXT, Kind.JSON)
        and not column.primary_key
        and not isinstance(column.type, Enum)
    ]


def _sweep_table(session: Session, table: Table, words: Words) -> int:
    columns = texts_of(table)
    if table.name in KEPT or not columns:
        return 0
    keys = list(table.primary_key.columns)
    rows = session.execute(select(*keys, *columns).where(words.likely(columns))).all()
    changed = 0
    for row in rows:
        new = dict(_changes(columns, row[len(keys) :], words))
        if new:
            own = [key == value for key, value in zip(keys, row, strict=False)]
            session.execute(update(table).where(*own).values(new))
            changed += 1
    return changed


def _changes(
    columns: Sequence[Column[Any]], values: Sequence[Any], words: Words
) -> Iterator[tuple[str, Any]]:
    for column, value in zip(columns, values, strict=True):
        new = _clean(column, value, words)
        if new != value:
            yield column.name, new


def _clean(column: Column[Any], value: Any, words: Words) -> Any:
    """JSON that is kept as plain text, as staged rows are, stays JSON."""
    if isinstance(value, str) and not isinstance(column.type, JSON) and value[:1] in "[{":
        try:
            staged = json.loads(value)
        except ValueError:
            return words.without(value)
        cleaned = words.without(staged)
        if cleaned == staged:
            return value
        return json.dumps(cleaned, ensure_ascii=False, separators=(",", ":"))
    return words.without(value)


def _whole(text: str) -> str:
    quoted = re.escape(text)
    return rf"(?<!\w){quoted}(?!\w)" if text.isascii() else quoted
