"""The same checks on PostgreSQL: well, away, locked, of another version, copied."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text, update

from bot import app as root
from bot.clock import FixedClock, SystemClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.models.system import Instance
from bot.operations import copies, metrics, readings
from bot.operations.checks.registry import CHECKS
from bot.sandbox.server import SandboxServer
from bot.vitals import Vitals
from tests.cast import settle_cast
from tests.integration.operations.doctor.clinic import (
    OK,
    UNKNOWN,
    WARNING,
    WRONG,
    Clinic,
    make_well,
)

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def address(postgres_server: str) -> str:
    """A database of this file's own."""
    server = Database(postgres_server)
    with server.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CREATE DATABASE clinic"))
    server.close()
    return postgres_server.replace("/postgres?", "/clinic?")


@pytest.fixture(scope="module")
def ids(address: str) -> dict[str, int]:
    """A well installation's database, and its people."""
    settings = Settings(_env_file=None, database_url=address)
    clock = FixedClock(SystemClock().now())
    database = Database(address)
    root.prepare(settings, database, clock)
    copies.check(database)
    with database.transaction() as session:
        people = settle_cast(Ctx(session, clock, SYSTEM, settings))
        make_well(session, clock.now(), people)
    database.close()
    return people


@pytest.fixture
async def ward(
    tmp_path: Path, address: str, ids: dict[str, int], server: SandboxServer
) -> AsyncIterator[Clinic]:
    """Like the clinic, on PostgreSQL."""
    clock = FixedClock(SystemClock().now())
    ward = Clinic.__new__(Clinic)
    ward.path, ward.ids, ward.clock, ward.server = tmp_path, ids, clock, server
    ward.settings = Settings(_env_file=None, database_url=address, listen="off")
    ward.database = Database(address)
    yield ward
    ward.close()


async def test_checks__of_the_database__are_fine(ward: Clinic) -> None:
    found = {name: await ward.finding(name) for name in CHECKS}
    lacking = {"token set", "backup key", "alert chat set"}
    server = {"Bot API", "token accepted", "clock", "webhook", "webhook delivery"}
    apart = {*lacking, *server, "waiting updates", "alert chat", "old answers"}
    bad = {name: one for name, one in found.items() if one.verdict is not OK}
    assert set(bad) == apart, bad


async def test_database__away__is_given_up_at_once(ward: Clinic) -> None:
    away = "postgresql://rollcall:secret@127.0.0.1:9/rollcall"
    await ward.says("database", WRONG, "Start the database server", database_url=away)
    await ward.says("roster", UNKNOWN, "does not answer", database_url=away)
    assert "secret" not in (await ward.finding("database", database_url=away)).sentence


async def test_table__locked_by_somebody__only_that_is_not_checked(
    ward: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.operations.patient.STATEMENT_SECONDS", 0.2)
    with ward.database.transaction() as session:
        session.execute(text("LOCK TABLE person IN ACCESS EXCLUSIVE MODE"))
        await ward.says("roster", UNKNOWN, "does not answer this")
        await ward.is_fine("running")


async def test_version__of_a_newer_program(ward: Clinic) -> None:
    with ward.database.transaction() as session:
        kept = session.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await ward.says("database version", WRONG, "Update the program")
    with ward.database.transaction() as session:
        session.execute(text(f"UPDATE alembic_version SET version_num = '{kept}'"))
    await ward.is_fine("database version")


async def test_database__copied_to_another_server(ward: Clinic) -> None:
    with ward.database.transaction() as session:
        place = session.get_one(Instance, 1).place
        session.execute(update(Instance).values(place="another/1"))
    await ward.says("database copied", WRONG, "rollcall release")
    with ward.database.transaction() as session:
        session.execute(update(Instance).values(place=place))
    await ward.is_fine("database copied")


async def test_log__that_keeps_old_answers(ward: Clinic) -> None:
    await ward.says("old answers", WARNING, "wal_recycle is on")
    engine = ward.database.engine.execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("ALTER SYSTEM SET wal_recycle = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
        await asyncio.sleep(0.2)
        await ward.is_fine("old answers")
        connection.execute(text("ALTER SYSTEM RESET wal_recycle"))
        connection.execute(text("SELECT pg_reload_conf()"))


async def test_database__examined__is_not_written(ward: Clinic) -> None:
    patient = ward.patient()
    with pytest.raises(Exception, match="read-only"), patient.reading() as session:
        session.execute(text("UPDATE chat SET language = 'km'"))
    patient.close()


def test_metrics__are_read_on_postgres_too(ward: Clinic) -> None:
    with ward.database.transaction() as session:
        found = readings.read(ward.ctx(session))
    assert found.database_bytes > 1_000_000
    assert found.linked == 1
    assert b"rollcall_database_up 1.0" in metrics.rendered(Vitals(), found)
