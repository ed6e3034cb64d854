"""A settled administration, copied for every file that is sent to it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import SQLModel

import bot.people.roster_import
import bot.training.imports  # noqa: F401  (importing them registers the kinds)
from bot.clock import FixedClock
from bot.config import Settings
from bot.db import Database
from tests.bad_files.world import settle
from tests.conftest import START


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the administration in it."""
    path = tmp_path_factory.mktemp("world") / "settled.db"
    settings = Settings(_env_file=None, database_url=f"sqlite:///{path}")
    database = Database(settings.database_url)
    SQLModel.metadata.create_all(database.engine)
    settle(database, FixedClock(START), settings)
    database.close()  # the last connection to go writes the log into the file
    return path


@pytest.fixture
def database(settled: Path, settings: Settings) -> Iterator[Database]:
    path = settings.sqlite_path
    assert path is not None
    shutil.copy(settled, path)
    database = Database(settings.database_url)
    yield database
    database.close()
