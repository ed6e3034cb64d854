"""A well installation for every test."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pyrage
import pytest

from bot.clock import FixedClock, SystemClock
from bot.sandbox.server import SandboxServer
from tests import databases
from tests.cast import telegram_cast
from tests.integration.operations.doctor.clinic import Clinic
from tests.prepared import Prepared


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is slow because the machine is busy with other tests is no mistake to be found."""
    monkeypatch.setattr("bot.operations.patient.STATEMENT_SECONDS", 30.0)


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[SandboxServer]:
    clock = FixedClock(SystemClock().now())
    async with SandboxServer(tmp_path / "telegram", cast=telegram_cast(), clock=clock) as server:
        yield server


@pytest.fixture
async def clinic(
    tmp_path: Path, prepared: Prepared, server: SandboxServer
) -> AsyncIterator[Clinic]:
    if databases.ON_POSTGRES:
        pytest.skip("the clinic is on SQLite; the ward of test_on_postgres is not")
    path = tmp_path / "rollcall.db"
    shutil.copy(prepared.address.removeprefix("sqlite:///"), path)
    key = str(pyrage.x25519.Identity.generate().to_public())
    clinic = Clinic(path, prepared.ids, FixedClock(SystemClock().now()), server, key)
    yield clinic
    clinic.close()
