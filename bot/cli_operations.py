"""The operator's commands that look after an installation: health, and what comes with it."""

from __future__ import annotations

import sys

import typer

from bot.db import Database
from bot.terminal import DONE, REFUSED, out, read_settings


def add_to(app: typer.Typer) -> None:
    """Register every command of this file."""
    for command in (health,):
        app.command()(command)


def health() -> None:
    """Exit code 0 if the scheduler finished a round in the last two minutes."""
    from bot import app as root
    from bot.scheduler.due import HEARTBEAT, age_of

    settings = read_settings()
    database = Database(settings.database_url)
    with database.transaction(readonly=True) as session:
        age = age_of(session, HEARTBEAT, root.clock_for(settings).now())
    database.close()
    healthy = age is not None and age < 120
    out.print("healthy" if healthy else "the scheduler has not finished a round for two minutes")
    sys.exit(DONE if healthy else REFUSED)
