"""What a backup is: sealed, whole, and silent about the order of anonymous answers."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import secrets
from collections.abc import Iterator
from pathlib import Path

import pyrage
import pytest
from sqlmodel import select

from bot.clock import FixedClock
from bot.db import Database
from bot.errors import Refusal
from bot.models.forms import AnonymousResponse
from bot.operations.backups import making, restoring
from bot.operations.backups.writing import packed_lines
from tests.integration.operations.places import START, Places, back_up, settings_for

pytestmark = pytest.mark.postgres


def test_backup__without_a_recipient__refused_unless_plain(
    filled: dict[str, str], tmp_path: Path
) -> None:
    address = filled["sqlite"]
    database = Database(address, statement_seconds=None)
    with pytest.raises(Refusal, match="ROLLCALL_BACKUP_RECIPIENT is not set"):
        making.make(database, FixedClock(START), settings_for(address), tmp_path / "b")
    assert list(tmp_path.iterdir()) == []
    database.close()


@pytest.mark.parametrize(
    ("recipient", "says"),
    [
        ("age1nonsense", "is no public key"),
        (str(pyrage.x25519.Identity.generate()), "private key"),
    ],
    ids=["no key", "the private one"],  # the same in every process that collects tests
)
def test_backup__recipient_that_is_none__refused(
    recipient: str, says: str, filled: dict[str, str], tmp_path: Path
) -> None:
    with pytest.raises(Refusal, match=says):
        back_up(filled["sqlite"], tmp_path / "b", recipient)
    assert list(tmp_path.iterdir()) == []


def test_backup__made__can_be_read_by_its_owner_only(backups: dict[str, Path]) -> None:
    assert backups["sqlite"].stat().st_mode & 0o777 == 0o600
    assert b"Mekong" not in backups["sqlite"].read_bytes()


def test_backup__anonymous_answers__stand_in_the_order_of_their_keys(
    backups: dict[str, Path],
    key_file: Path,
    places: Places,
    tmp_path: Path,
) -> None:
    address = places.empty("sqlite")
    restoring.restore(address, backups["sqlite"], key_file)
    database = Database(address)
    with database.transaction() as session:
        for key in ("c", "a", "b"):
            session.add(AnonymousResponse(key=key, version_id=1, class_id=1, answers={"q": key}))
            session.flush()
    database.close()
    back_up(address, tmp_path / "b", "")
    lines = gzip.decompress((tmp_path / "b").read_bytes()).decode("utf-8").split("\n")
    rows = map(json.loads, lines[1:])
    for shape in json.loads(lines[0])["tables"]:
        of_table = [next(rows) for _number in range(shape["rows"])]
        if shape["name"] == "anonymous_response":
            keys = [row[0] for row in of_table]
            as_they_came = [row[shape["columns"].index("as_it_came")] for row in of_table]
    assert len(keys) >= 3
    assert keys == sorted(keys)
    assert not any(as_they_came)


def test_backup__answers_that_just_came_in__are_shuffled_and_wiped_first(
    backups: dict[str, Path], key_file: Path, places: Places, tmp_path: Path
) -> None:
    address = places.empty("sqlite")
    restoring.restore(address, backups["sqlite"], key_file)
    database = Database(address)
    with database.transaction() as session:
        for key in "edcba":
            new = AnonymousResponse(key=key, version_id=1, class_id=1, answers={"q": key})
            session.add(new)
            session.flush()
    back_up(address, tmp_path / "b", "")
    with database.transaction(readonly=True) as session:
        waiting = select(AnonymousResponse).where(AnonymousResponse.as_it_came)
        assert session.exec(waiting).all() == []
        assert len(session.exec(select(AnonymousResponse)).all()) >= 5
    database.close()


def test_backup__answer_between_shuffle_and_snapshot__is_shuffled_too(
    backups: dict[str, Path],
    key_file: Path,
    places: Places,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address = places.empty("sqlite")
    restoring.restore(address, backups["sqlite"], key_file)
    comes_in = iter(["first", "second"])

    def after_an_answer(database: Database, made_at: dt.datetime) -> Iterator[bytes]:
        key = next(comes_in, None)
        if key is not None:
            with database.transaction() as session:
                session.add(AnonymousResponse(key=key, version_id=1, class_id=1, answers={}))
        return packed_lines(database, made_at)

    monkeypatch.setattr(making, "packed_lines", after_an_answer)
    back_up(address, tmp_path / "b", "")
    held = gzip.decompress((tmp_path / "b").read_bytes()).decode("utf-8")
    assert '"first"' in held
    assert '"second"' in held
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["b"]


def test_backup__answers_that_never_stop__is_refused_and_leaves_no_file(
    backups: dict[str, Path],
    key_file: Path,
    places: Places,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address = places.empty("sqlite")
    restoring.restore(address, backups["sqlite"], key_file)

    def after_an_answer(database: Database, made_at: dt.datetime) -> Iterator[bytes]:
        with database.transaction() as session:
            key = secrets.token_hex(8)
            session.add(AnonymousResponse(key=key, version_id=1, class_id=1, answers={}))
        return packed_lines(database, made_at)

    monkeypatch.setattr(making, "packed_lines", after_an_answer)
    with pytest.raises(Refusal, match="too fast"):
        back_up(address, tmp_path / "b", "")
    assert not (tmp_path / "b").exists()
    assert not (tmp_path / "b.part").exists()
