"""A copied or restored database is held until it is released; the original never is."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from sqlmodel import Session, select

from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.delivery.claim import claim
from bot.errors import Refusal
from bot.migrate import migrate
from bot.models.delivery import ItemState, OutboxItem, Urgency
from bot.models.people import Person, Unit
from bot.models.system import AuditEntry, Heartbeat, Instance
from bot.operations import copies, release
from tests.integration.operations.places import START, Places, settings_for


def _database(address: str) -> Database:
    """A migrated database that knows its place."""
    database = Database(address)
    migrate(database, FixedClock(START), settings_for(address))
    assert copies.check(database) is None
    return database


@pytest.fixture
def original(tmp_path: Path) -> Path:
    """The file of a database at home."""
    file = tmp_path / "home" / "rollcall.db"
    _database(f"sqlite:///{file}").close()
    return file


def _is_held(file: Path) -> bool:
    database = Database(f"sqlite:///{file}")
    held = copies.check(database) is not None
    database.close()
    return held


def test_copy__file_alone__is_held_and_the_original_is_not(original: Path) -> None:
    copy = original.with_name("copy.db")
    shutil.copy(original, copy)
    assert _is_held(copy)
    assert not _is_held(original)


def test_copy__whole_folder__is_held_and_the_original_is_not(original: Path) -> None:
    shutil.copytree(original.parent, original.parents[1] / "elsewhere")
    assert _is_held(original.parents[1] / "elsewhere" / "rollcall.db")
    assert not _is_held(original)


def test_copy__over_another_database__is_held(original: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "rollcall.db"
    _database(f"sqlite:///{other}").close()
    shutil.copy(original, other)
    assert _is_held(other)


def test_folder__moved__is_at_home_still(original: Path) -> None:
    moved = original.parent.rename(original.parents[1] / "moved")
    assert not _is_held(moved / "rollcall.db")


def test_folder__files_numbered_anew_by_a_mount__is_at_home_still(original: Path) -> None:
    beside = original.with_name("rollcall.db.instance")
    words = beside.read_text("ascii")
    beside.rename(beside.with_name("old"))
    beside.write_text(words, "ascii")
    assert not _is_held(original)


def test_file_beside__lost__is_held(original: Path) -> None:
    original.with_name("rollcall.db.instance").unlink()
    assert _is_held(original)


def test_database_of_an_older_rollcall__learns_its_place_once(original: Path) -> None:
    beside = original.with_name("rollcall.db.instance")
    beside.unlink()
    database = Database(f"sqlite:///{original}")
    with database.transaction() as session:
        session.get_one(Instance, 1).place = ""
    assert copies.check(database) is None
    database.close()
    assert beside.exists()
    copy = original.with_name("copy.db")
    shutil.copy(original, copy)
    assert _is_held(copy)


@pytest.mark.postgres
def test_copy__on_postgresql_made_from_a_template__is_held(places: Places) -> None:
    first = places.empty("postgresql")
    _database(first).close()
    second = places.copy(first)
    copy = Database(second)
    assert copies.check(copy) is not None
    with pytest.raises(Refusal, match="rollcall release"):
        copies.refuse_if_held(copy)
    copy.close()
    again = Database(first)
    assert copies.check(again) is None
    copies.refuse_if_held(again)
    again.close()


@pytest.fixture
def held(original: Path) -> Database:
    """A held copy with one message due and one to come; the original was last alive at START."""
    database = Database(f"sqlite:///{original}")
    with database.transaction() as session:
        session.add(Heartbeat(name="scheduler", at=START))
        unit = Unit(name="Port", path="Port")
        session.add(unit)
        session.flush()
        person = Person(staff_no="1", full_name="Keo Sokha", unit_id=unit.id)
        session.add(person)
        session.flush()
        for minutes in (-5, 300):
            due = START + dt.timedelta(minutes=minutes)
            session.add(_item(person.id, due))
    database.close()
    copy = original.with_name("copy.db")
    shutil.copy(original, copy)
    database = Database(f"sqlite:///{copy}")
    copies.check(database)
    return database


def _item(person_id: int | None, due_at: dt.datetime) -> OutboxItem:
    return OutboxItem(
        person_id=person_id, notice="welcome", urgency=Urgency.NOW, due_at=due_at, made_at=START
    )


def _ctx(session: Session, minutes: int) -> Ctx:
    clock = FixedClock(START + dt.timedelta(minutes=minutes))
    return Ctx(session, clock, SYSTEM, Settings(_env_file=None))


def _states(session: Session) -> list[ItemState]:
    return list(session.exec(select(OutboxItem.state).order_by(OutboxItem.id)))


def test_held__claims_nothing(held: Database) -> None:
    with held.transaction() as session:
        assert claim(_ctx(session, 0)) == []
        assert _states(session) == [ItemState.QUEUED, ItemState.QUEUED]


def test_release__of_a_fresh_copy__sends_what_was_due(held: Database) -> None:
    with held.transaction() as session:
        seen = release.release(_ctx(session, 59), held)
        assert (seen.held, seen.due, seen.drops) == (True, 1, False)
        assert _states(session) == [ItemState.QUEUED, ItemState.QUEUED]
    copies.refuse_if_held(held)


def test_release__of_an_old_copy__drops_what_was_due_and_keeps_what_is_to_come(
    held: Database,
) -> None:
    with held.transaction() as session:
        before = session.get_one(Instance, 1).instance_id
        seen = release.release(_ctx(session, 61), held)
        assert (seen.held, seen.due, seen.drops) == (True, 1, True)
        assert _states(session) == [ItemState.DROPPED, ItemState.QUEUED]
        assert session.get_one(Instance, 1).instance_id != before
        audited = session.exec(select(AuditEntry.details)).all()
        assert audited == [{"dropped": 1}]
    assert copies.check(held) is None


def test_outlook__changes_nothing(held: Database) -> None:
    with held.transaction() as session:
        assert release.outlook(_ctx(session, 61)).drops
        assert _states(session) == [ItemState.QUEUED, ItemState.QUEUED]
        assert session.get_one(Instance, 1).held


def test_release__of_what_is_not_held__does_nothing(original: Path) -> None:
    database = Database(f"sqlite:///{original}")
    with database.transaction() as session:
        before = session.get_one(Instance, 1).instance_id
        assert not release.release(_ctx(session, 0), database).held
        assert session.get_one(Instance, 1).instance_id == before
    database.close()
