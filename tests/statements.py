"""What is asked of the database meanwhile, to count how often, and what comes from it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event
from sqlmodel import SQLModel


@contextmanager
def asked(engine: Engine) -> Iterator[list[str]]:
    """The statements that are executed inside, each on one line."""
    found: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_others: object) -> None:
        found.append(" ".join(statement.split()))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


@contextmanager
def loaded(table: type[SQLModel]) -> Iterator[list[SQLModel]]:
    """The rows of a table that are read inside."""
    found: list[SQLModel] = []

    def note(row: SQLModel, _context: object) -> None:
        found.append(row)

    event.listen(table, "load", note)
    try:
        yield found
    finally:
        event.remove(table, "load", note)
