"""An administration in a database of its own, of which every file gets a copy."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlmodel import SQLModel

import bot.models  # noqa: F401  (importing them makes the tables known)
from bot.clock import FixedClock
from bot.config import Settings
from bot.db import Database
from tests.bad_files.world import settle

NOW = dt.datetime(2026, 3, 2, 2, 0, tzinfo=dt.UTC)


class Settled:
    """The administration that the table of bad files is sent to, in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock = folder, FixedClock(NOW)
        self._whole, self._copy = folder / "settled.db", folder / "copy.db"
        self.settings = Settings(_env_file=None, database_url=f"sqlite:///{self._copy}")
        database = Database(f"sqlite:///{self._whole}")
        SQLModel.metadata.create_all(database.engine)
        settle(database, self.clock, self.settings)
        database.close()

    @contextmanager
    def fresh(self) -> Iterator[Database]:
        """A copy, as if nothing had ever been sent."""
        for rest in self.folder.glob("copy.db*"):
            rest.unlink()
        shutil.copy(self._whole, self._copy)
        database = Database(self.settings.database_url)
        try:
            yield database
        finally:
            database.close()
