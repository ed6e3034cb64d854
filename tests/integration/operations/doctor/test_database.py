"""Mistakes of the database: missing, old, held, copied, damaged, locked."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import delete, text, update

from bot.forms.library_sync import DIGEST
from bot.models.system import Instance, PolicyValue
from tests.integration.operations.doctor.clinic import UNKNOWN, WARNING, WRONG, Clinic

DEPENDENT = ("database version", "database copied", "roster", "running", "database file")


async def test_database__missing__is_not_made(clinic: Clinic, tmp_path: Path) -> None:
    absent = f"sqlite:///{tmp_path / 'typo' / 'rollcall.db'}"
    await clinic.says("database", WRONG, "There is no database at", database_url=absent)
    for name in DEPENDENT:
        await clinic.says(name, UNKNOWN, "no database yet", database_url=absent)
    assert not (tmp_path / "typo").exists()


async def test_database__that_is_no_database(clinic: Clinic, tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("Remember the milk. " * 100)
    notes = f"sqlite:///{tmp_path / 'notes.db'}"
    await clinic.says("database", WRONG, "does not answer", database_url=notes)


async def test_database__locked_by_another_program(clinic: Clinic) -> None:
    clinic.close()
    other = sqlite3.connect(clinic.path, isolation_level=None)
    other.execute("PRAGMA locking_mode=EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    other.execute("CREATE TABLE more (id)")
    await clinic.says("database", WRONG, "End what holds it")
    other.close()


async def test_database__of_a_running_rollcall__is_read_beside_it(clinic: Clinic) -> None:
    with clinic.database.transaction() as session:
        session.execute(text("UPDATE chat SET language = 'km'"))
        for name in ("database", "roster", "running", "messages on time"):
            await clinic.is_fine(name)


async def test_database__examined__is_not_written(clinic: Clinic) -> None:
    patient = clinic.patient()
    with pytest.raises(Exception, match="readonly"), patient.reading() as session:
        session.execute(text("UPDATE chat SET language = 'km'"))
    patient.close()


@pytest.mark.parametrize(
    ("version", "words"), [("0000", "rollcall migrate"), ("9999", "Update the program")]
)
async def test_version__of_another_program(clinic: Clinic, version: str, words: str) -> None:
    with clinic.database.transaction() as session:
        session.execute(text(f"UPDATE alembic_version SET version_num = '{version}'"))
    await clinic.says("database version", WRONG, words)


async def test_version__of_tables_that_nobody_made(clinic: Clinic, tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "empty.db").execute("CREATE TABLE other (id)").connection.close()
    empty = f"sqlite:///{tmp_path / 'empty.db'}"
    await clinic.says("database version", WRONG, "no tables", database_url=empty)
    await clinic.says("roster", UNKNOWN, "does not answer this", database_url=empty)


async def test_database__restored_and_not_released(clinic: Clinic) -> None:
    with clinic.database.transaction() as session:
        session.execute(update(Instance).values(held=True))
    await clinic.says("database held", WRONG, "rollcall release")


async def test_database__copied_elsewhere(clinic: Clinic, tmp_path: Path) -> None:
    clinic.close()
    (tmp_path / "copy").mkdir()
    shutil.copy(clinic.path, tmp_path / "copy" / "rollcall.db")
    copy = f"sqlite:///{tmp_path / 'copy' / 'rollcall.db'}"
    await clinic.says("database copied", WRONG, "rollcall release", database_url=copy)


async def test_questionnaires__of_an_older_program(clinic: Clinic) -> None:
    with clinic.database.transaction() as session:
        session.execute(delete(PolicyValue).where(PolicyValue.name == DIGEST))
    await clinic.says("questionnaires", WRONG, "rollcall migrate")


async def test_go_live__in_the_future(clinic: Clinic) -> None:
    coming = clinic.clock.now().date() + dt.timedelta(days=30)
    with clinic.database.transaction() as session:
        session.merge(PolicyValue(name="go_live", value=coming.isoformat()))
    await clinic.says("go live", WARNING, f"before {coming:%Y-%m-%d}")


async def test_file__damaged_in_the_middle(clinic: Clinic) -> None:
    with clinic.database.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        page = connection.exec_driver_sql(
            "SELECT rootpage FROM sqlite_master WHERE name = 'audit_entry'"
        ).scalar_one()
        size = connection.exec_driver_sql("PRAGMA page_size").scalar_one()
    clinic.close()
    with clinic.path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    await clinic.says("database file", WRONG, "restore the last backup")


async def test_links__to_rows_that_are_gone(clinic: Clinic) -> None:
    connection = sqlite3.connect(clinic.path)
    connection.execute("UPDATE person SET supervisor_id = 999999 WHERE id = 5")
    connection.commit()
    connection.close()
    await clinic.says("database links", WRONG, "Rows of table person")


async def test_large_database__not_checked_whole__says_so(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.operations.patient.PROGRESS_STEPS", 1)
    monkeypatch.setattr("bot.operations.checks.integrity.SECONDS", 1e-9)
    await clinic.says("database file", UNKNOWN, "too large")


async def test_time__used_up__is_said(clinic: Clinic) -> None:
    patient = clinic.patient()
    patient._deadline = 0.0
    with pytest.raises(Exception, match="no time left"), patient.reading():
        pass
