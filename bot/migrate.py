"""Bring a database to the newest version, and note what is set at its first time."""

from __future__ import annotations

import secrets
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from bot.calendar import local_date
from bot.clock import Clock
from bot.config import Settings
from bot.db import Database
from bot.models.system import ClockOffset, Instance, PolicyValue

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


def migrate(database: Database, clock: Clock, settings: Settings) -> None:
    """Run all migrations; the first time, also set `go_live` to today and name the instance."""
    with database.engine.connect() as connection:
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
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
    head = ScriptDirectory.from_config(configuration()).get_current_head()
    with database.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == head


def configuration() -> Config:
    """Alembic's configuration; the caller puts its connection into `attributes`."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
