"""Bring a database to the newest version, and note what is set at its first time."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from bot.calendar import local_date
from bot.clock import Clock
from bot.config import Settings
from bot.db import Database
from bot.errors import Refusal
from bot.i18n import _
from bot.models.system import ClockOffset, Instance, PolicyValue

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
NEWER = _("A newer Rollcall made this database. Update the program, or restore an older backup.")


def migrate(database: Database, clock: Clock, settings: Settings) -> None:
    """Run all migrations; the first time, also set `go_live` to today and name the instance.

    Refuses a database that a newer program has made.
    """
    if not is_current(database):
        if (_stored(database) or "") > newest():
            raise Refusal(NEWER)
        with database.engine.connect() as connection:
            upgrade(connection)
            connection.commit()
    with database.transaction() as session:
        if session.get(Instance, 1) is None:
            session.add(Instance(id=1, instance_id=secrets.token_hex(16)))
            today = local_date(clock.now(), settings.timezone)
            session.merge(PolicyValue(name="go_live", value=today.isoformat()))
        if session.get(ClockOffset, 1) is None:
            session.add(ClockOffset(id=1, seconds=0.0))


def is_current(database: Database) -> bool:
    """Whether the database has every migration of this program."""
    return _stored(database) == newest()


def newest() -> str:
    """The newest revision: migrations are numbered, and their files begin with the number."""
    return max(revisions())


def revisions() -> set[str]:
    """Every revision that this program knows."""
    return {path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*")}


def _stored(database: Database) -> str | None:
    """The revision of the database, None if it has no tables yet."""
    with database.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        stored = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return None if stored is None else str(stored)


def configuration() -> Config:
    """Alembic's configuration; the caller puts its connection into `attributes`.

    Alembic is loaded only where there is something to migrate: the serving process does
    without its memory.
    """
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Run the migrations up to a revision, in the transaction that is open, if one is."""
    from alembic import command

    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
