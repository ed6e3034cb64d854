"""Backups restored, from each kind of database to each; what cannot be restored."""

from __future__ import annotations

import gzip
import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pyrage
import pytest
from sqlalchemy import text

from bot.db import Database
from bot.errors import Refusal
from bot.operations.backups import restoring
from tests.integration.operations.places import (
    KINDS,
    START,
    Places,
    back_up,
    contents,
    tables_in,
)

pytestmark = pytest.mark.postgres
CHANGED_BY_RESTORING = ("instance", "heartbeat")


@pytest.mark.parametrize("to", KINDS)
@pytest.mark.parametrize("of", KINDS)
def test_restore__of_each_kind_into_each__holds_the_same_rows(
    of: str,
    to: str,
    filled: dict[str, str],
    backups: dict[str, Path],
    key_file: Path,
    places: Places,
) -> None:
    address = places.empty(to)
    restored = restoring.restore(address, backups[of], key_file)
    before, after = contents(filled[of]), contents(address)
    assert restored.header.made_at == START
    assert restored.rows == sum(map(len, before.values()))
    assert all(rows for rows in before.values())
    for name in before.keys() - set(CHANGED_BY_RESTORING):
        assert after[name] == before[name], name
    assert [row[0:3] for row in after["instance"]] == [
        (row[0], row[1], True) for row in before["instance"]
    ]
    assert set(before["heartbeat"]) < set(after["heartbeat"])


@pytest.mark.parametrize("kind", KINDS)
def test_restore__then_a_new_row__gets_a_number_of_its_own(
    kind: str,
    backups: dict[str, Path],
    key_file: Path,
    places: Places,
) -> None:
    address = places.empty(kind)
    restoring.restore(address, backups["sqlite"], key_file)
    database = Database(address)
    with database.engine.begin() as connection:
        last = connection.execute(text("SELECT max(id) FROM unit")).scalar_one()
        connection.execute(
            text("INSERT INTO unit (name, kind, path) VALUES ('New', 'unit', 'New')")
        )
        new = connection.execute(text("SELECT id FROM unit WHERE name = 'New'")).scalar_one()
    database.close()
    assert new == last + 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("cut", [0, 10, 300, 20_000, -1])
def test_restore__truncated__refused_with_nothing_written(
    kind: str,
    cut: int,
    backups: dict[str, Path],
    key_file: Path,
    places: Places,
    tmp_path: Path,
) -> None:
    broken = tmp_path / "broken.age"
    broken.write_bytes(backups["sqlite"].read_bytes()[:cut])
    address = places.empty(kind)
    with pytest.raises(Refusal, match="damaged"):
        restoring.restore(address, broken, key_file)
    assert tables_in(address) == []


@pytest.mark.parametrize("of", ["sealed", "plain"])
def test_restore__one_bit_changed_anywhere__refused_with_nothing_written(
    of: str,
    filled: dict[str, str],
    recipient: str,
    key_file: Path,
    tmp_path: Path,
) -> None:
    file = tmp_path / "backup"
    back_up(filled["sqlite"], file, recipient if of == "sealed" else "")
    whole = file.read_bytes()
    target = tmp_path / "new.db"
    for part in range(1, 40):
        place = len(whole) * part // 40
        changed = bytearray(whole)
        changed[place] ^= 4
        file.write_bytes(changed)
        with pytest.raises(Refusal, match="damaged"):
            restoring.restore(f"sqlite:///{target}", file, key_file)
        assert not target.exists()


def test_restore__another_key_or_none__refused(
    backups: dict[str, Path], key_file: Path, tmp_path: Path
) -> None:
    address = f"sqlite:///{tmp_path / 'new.db'}"
    other = tmp_path / "other.txt"
    other.write_text(str(pyrage.x25519.Identity.generate()), "utf-8")
    with pytest.raises(Refusal, match="does not open"):
        restoring.restore(address, backups["sqlite"], other)
    with pytest.raises(Refusal, match="--key"):
        restoring.restore(address, backups["sqlite"], None)
    with pytest.raises(Refusal, match="holds no key"):
        restoring.restore(address, backups["sqlite"], backups["sqlite"])
    with pytest.raises(Refusal, match="no file"):
        restoring.restore(address, tmp_path / "nothing.age", key_file)
    assert not (tmp_path / "new.db").exists()


def test_restore__into_a_database_that_is_not_empty__refused_and_unchanged(
    filled: dict[str, str], backups: dict[str, Path], key_file: Path
) -> None:
    for kind in KINDS:
        before = contents(filled[kind])
        with pytest.raises(Refusal, match="not empty"):
            restoring.restore(filled[kind], backups[kind], key_file)
        assert contents(filled[kind]) == before


def test_restore__backup_of_a_newer_program__refused(
    filled: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.operations.backups.writing.newest", lambda: "9999")
    back_up(filled["sqlite"], tmp_path / "newer", "")
    with pytest.raises(Refusal, match="newer Rollcall"):
        restoring.restore(f"sqlite:///{tmp_path / 'new.db'}", tmp_path / "newer", None)
    assert not (tmp_path / "new.db").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_restore__backup_of_the_first_schema__is_migrated(
    kind: str,
    places: Places,
    tmp_path: Path,
) -> None:
    old = tmp_path / "old"
    old.write_bytes(_backup_of_the_first_schema())
    address = places.empty(kind)
    restoring.restore(address, old, None)
    database = Database(address)
    with database.engine.connect() as connection:
        assert connection.execute(text("SELECT name FROM unit")).scalars().all() == ["Port"]
        assert connection.execute(text("SELECT place, held FROM instance")).one() == ("", True)
    database.close()


def _backup_of_the_first_schema() -> bytes:
    body = (
        b'{"rollcall_backup":1,"revision":"0001","made_at":"2026-03-02T02:00:00+00:00",'
        b'"program":"0.1","tables":['
        b'{"name":"unit","columns":["id","name","kind","path"],'
        b'"kinds":["integer","text","text","text"],"rows":1},'
        b'{"name":"instance","columns":["id","instance_id","held"],'
        b'"kinds":["integer","text","boolean"],"rows":1}]}\n'
        b'[3,"Port","unit","Port"]\n[1,"abc",false]\n'
    )
    digest = hashlib.sha256(body).hexdigest()
    return gzip.compress(body + f'{{"rows":2,"sha256":"{digest}"}}\n'.encode())


RESTORE_AND_DIE = """
import os, signal, sys
from pathlib import Path
from bot.operations.backups import restoring
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
restoring._hold = die
restoring.restore(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
"""


@pytest.mark.parametrize("kind", KINDS)
def test_restore__killed_before_its_end__leaves_nothing_and_can_be_done_again(
    kind: str,
    filled: dict[str, str],
    backups: dict[str, Path],
    key_file: Path,
    places: Places,
) -> None:
    address = places.empty(kind)
    killed = subprocess.run(
        [sys.executable, "-c", RESTORE_AND_DIE, address, backups["sqlite"], key_file],
        cwd=Path(__file__).resolve().parents[3],
        env=os.environ,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert tables_in(address) == []
    restoring.restore(address, backups["sqlite"], key_file)
    assert contents(address)["person"] == contents(filled["sqlite"])["person"]
