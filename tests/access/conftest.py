"""Two regions that mirror each other, made once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlmodel import Session

from scripts.trespass import watch, world
from scripts.trespass.world import World


@pytest.fixture(scope="session")
def mirrored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = world.make(tmp_path_factory.mktemp("mirrored"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def session(mirrored: World) -> Iterator[Session]:
    """A session in which steps can be watched; nothing of it is kept."""
    with Session(mirrored.database.engine, expire_on_commit=False) as session:
        watch.install(session)
        yield session
        session.rollback()
