"""What every command of the operator shares: words on the terminal, settings, the database."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError
from rich.console import Console

from bot import logs
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.i18n import Words, render

DONE, REFUSED, ASKS_AGAIN = 0, 1, 2
out = Console(soft_wrap=True, highlight=False, markup=False)


def say(words: Words) -> None:
    """One line to the operator, in English."""
    out.print(render(words, "en"))


def read_settings() -> Settings:
    """The settings; refuses a bad one, naming it."""
    try:
        settings = Settings()
    except ValidationError as error:
        for fault in error.errors():
            name = "_".join(str(part) for part in fault["loc"]).upper()
            out.print(f"ROLLCALL_{name}: {fault['msg']}")
        sys.exit(REFUSED)
    if settings.log:
        logs.set_up(settings.log)
    return settings


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """The migrated database, every registry filled."""
    from bot import app as root

    root.register_speaking()
    database = Database(settings.database_url, statement_seconds=None)
    try:
        root.prepare(settings, database, root.clock_for(settings))
        yield database
    finally:
        database.close()


@contextmanager
def transaction(settings: Settings) -> Iterator[Ctx]:
    """A context of the system in one transaction."""
    from bot import app as root

    with opened(settings) as database, database.transaction() as session:
        yield Ctx(session, root.clock_for(settings), SYSTEM, settings)


def form_source(file: Path) -> Path | str:
    """A workbook as it is, Markdown as its text."""
    return file.read_text("utf-8") if file.suffix.lower() == ".md" else file


def print_fault(fault) -> None:  # type: ignore[no-untyped-def]
    """One line: sheet, row, column: sentence."""
    place = [fault.sheet or ""]
    place += [f"row {fault.row}"] if fault.row else []
    place += [f"column {fault.column}"] if fault.column else []
    where = ", ".join(part for part in place if part)
    sentence = render(fault.sentence, "en")
    mark = "" if fault.severity == "refused" else "warning: "
    out.print(f"{where}: {mark}{sentence}" if where else f"{mark}{sentence}")
