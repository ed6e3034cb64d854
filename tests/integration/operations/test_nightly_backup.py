"""The nightly backup: asked for once a night, made by the worker, told where it fails."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pyrage
import pytest
from sqlmodel import Session, select

from bot import app as root
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.models.delivery import OutboxItem
from bot.models.system import Blob, Heartbeat, PolicyValue
from bot.models.work import WorkItem, WorkState
from bot.operations.backups import making, restoring
from bot.scheduler import watched
from bot.scheduler.jobs import backup as job
from bot.work.queue import Workshop
from bot.work.runner import run_next

THREE = dt.datetime(2026, 3, 1, 20, 0, tzinfo=dt.UTC)
"""03:00 of 2 March in Phnom Penh."""
CHAT = -100500


@pytest.fixture
def night(settings: Settings, key: pyrage.x25519.Identity) -> Settings:
    return settings.model_copy(
        update={"backup_recipient": str(key.to_public()), "alert_chat": CHAT}
    )


def _tick(database: Database, settings: Settings, at: dt.datetime) -> None:
    with database.transaction() as session:
        job.run(Ctx(session, FixedClock(at), SYSTEM, settings))


def _work(database: Database, settings: Settings, at: dt.datetime) -> None:
    root.register_working()
    workshop = Workshop(database, FixedClock(at), settings)
    while run_next(workshop):
        pass


def _all(database: Database, table: type) -> list:  # type: ignore[type-arg]  # any table
    with database.transaction(readonly=True) as session:
        return list(session.exec(select(table)))


def test_night__before_three_and_after__is_asked_for_once(
    database: Database, night: Settings
) -> None:
    _tick(database, night, THREE - dt.timedelta(seconds=1))
    assert _all(database, WorkItem) == []
    for minutes in (0, 5, 600):
        _tick(database, night, THREE + dt.timedelta(minutes=minutes))
    assert [item.kind for item in _all(database, WorkItem)] == ["backup"]
    _tick(database, night, THREE + dt.timedelta(days=1))
    assert len(_all(database, WorkItem)) == 2


def test_night__in_a_sandbox__makes_none(database: Database, night: Settings) -> None:
    _tick(database, night.model_copy(update={"sandbox": True}), THREE)
    assert _all(database, WorkItem) == []


def test_night__without_a_recipient__tells_the_operator_once_a_week(
    database: Database, settings: Settings
) -> None:
    bare = settings.model_copy(update={"alert_chat": CHAT})
    for day in range(8):
        _tick(database, bare, THREE + dt.timedelta(days=day))
    told = _all(database, OutboxItem)
    assert [item.user_id for item in told] == [CHAT, CHAT]
    assert "ROLLCALL_BACKUP_RECIPIENT is not set" in told[0].params["reason"]
    assert _all(database, WorkItem) == []


def test_night__made_by_the_worker__lies_beside_the_database_and_restores(
    database: Database, night: Settings, key_file: Path, tmp_path: Path
) -> None:
    _tick(database, night, THREE)
    _work(database, night, THREE)
    file = tmp_path / "backups" / "rollcall-2026-03-02.age"
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    assert [item.state for item in _all(database, WorkItem)] == [WorkState.DONE]
    assert {beat.name: beat.at for beat in _all(database, Heartbeat)} == {
        watched.BACKUP_MADE: THREE
    }
    assert _all(database, OutboxItem) == []
    restored = restoring.restore(f"sqlite:///{tmp_path / 'again.db'}", file, key_file)
    assert restored.header.made_at == THREE


def test_nights__fifteenth__the_oldest_goes_and_other_files_stay(
    database: Database, night: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "rollcall-before-the-move.age").touch()
    for day in range(1, 16):
        (folder / f"rollcall-2026-02-{day:02}.age").touch()
    _tick(database, night, THREE)
    _work(database, night, THREE)
    kept = sorted(file.name for file in folder.iterdir())
    assert len(kept) == 14 + 1
    assert kept[0] == "rollcall-2026-02-03.age"
    assert kept[-2:] == ["rollcall-2026-03-02.age", "rollcall-before-the-move.age"]


def test_night__folder_that_cannot_be_written__tells_the_operator(
    database: Database, night: Settings, tmp_path: Path
) -> None:
    (tmp_path / "backups").write_text("a file in the way", "utf-8")
    _tick(database, night, THREE)
    _work(database, night, THREE)
    (told,) = _all(database, OutboxItem)
    assert told.params["alarm"] == "backup_failed"
    assert "cannot be written" in told.params["reason"]
    assert _all(database, Heartbeat) == []


def _send_to_chat(session: Session) -> None:
    session.add(PolicyValue(name="backup_to_chat", value="on"))


def test_night__to_the_chat__goes_as_a_document_that_no_later_backup_holds(
    database: Database, night: Settings, key_file: Path, tmp_path: Path
) -> None:
    with database.transaction() as session:
        _send_to_chat(session)
    for day in range(2):
        at = THREE + dt.timedelta(days=day)
        _tick(database, night, at)
        _work(database, night, at)
    told = _all(database, OutboxItem)
    assert [(item.notice, item.user_id) for item in told] == [("backup_made", CHAT)] * 2
    (blob,) = _all(database, Blob)
    assert blob.id == told[1].params["blob"]
    file = tmp_path / "backups" / "rollcall-2026-03-03.age"
    assert blob.content == file.read_bytes()
    restoring.restore(f"sqlite:///{tmp_path / 'again.db'}", file, key_file)
    again = Database(f"sqlite:///{tmp_path / 'again.db'}")
    assert _all(again, Blob) == []
    again.close()


def test_night__too_large_for_the_chat__is_only_named(
    database: Database, night: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.operations.backups.nightly.MOST_FOR_CHAT", 10)
    with database.transaction() as session:
        _send_to_chat(session)
    _tick(database, night, THREE)
    _work(database, night, THREE)
    (told,) = _all(database, OutboxItem)
    assert "blob" not in told.params
    assert _all(database, Blob) == []


def test_folder__on_postgresql__lies_under_data() -> None:
    settings = Settings(_env_file=None, database_url="postgresql://host/name")
    assert making.folder(settings) == Path("data/backups")
