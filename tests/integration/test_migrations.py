"""Migrations: up, down and up again, and the result equal to the models; on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect
from sqlmodel import Session, SQLModel, select

import bot.models  # noqa: F401  (fills the metadata)
from bot.clock import FixedClock
from bot.config import Settings
from bot.db import Database
from bot.migrate import configuration, is_current, migrate, newest
from bot.models.system import Instance, PolicyValue


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without any table."""
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        address = request.getfixturevalue("postgres_url")
    database = Database(address)
    yield database
    database.close()


def _run(database: Database, direction: str, target: str) -> None:
    with database.engine.connect() as connection:
        config = configuration()
        config.attributes["connection"] = connection
        getattr(command, direction)(config, target)
        connection.commit()


def _tables(database: Database) -> set[str]:
    return set(inspect(database.engine).get_table_names()) - {"alembic_version"}


def test_migrations__up_down_up__come_back_to_the_same_tables(empty: Database) -> None:
    _run(empty, "upgrade", "head")
    first = _tables(empty)
    _run(empty, "downgrade", "base")
    assert _tables(empty) == set()
    _run(empty, "upgrade", "head")
    assert _tables(empty) == first == set(SQLModel.metadata.tables)


def test_migrations__result__is_equal_to_the_models(empty: Database) -> None:
    _run(empty, "upgrade", "head")
    with empty.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_newest__by_file_name__is_what_alembic_calls_head() -> None:
    assert ScriptDirectory.from_config(configuration()).get_current_head() == newest()


def test_migrate__twice__sets_go_live_and_instance_only_once(
    empty: Database, clock: FixedClock, settings: Settings
) -> None:
    assert not is_current(empty)
    migrate(empty, clock, settings)
    first = _first_settings(empty)
    clock.advance(days=40)
    migrate(empty, clock, settings)
    assert is_current(empty)
    assert _first_settings(empty) == first
    assert first[0] == "2026-03-02"


def _first_settings(database: Database) -> tuple[object, str]:
    with database.transaction(readonly=True) as session:
        return _go_live(session), session.get_one(Instance, 1).instance_id


def _go_live(session: Session) -> object:
    query = select(PolicyValue).where(PolicyValue.name == "go_live")
    return session.exec(query).one().value
