"""An administration of thirty in two zones, and its chats, with everything that came into them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import SecretStr
from sqlalchemy import delete, insert
from sqlmodel import Session, SQLModel

import bot.models  # noqa: F401  (fills the metadata)
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Actor, Ctx
from bot.db import Database
from bot.delivery.notices import registry
from bot.models.chats import Chat
from bot.models.people import Grant, Person, Role, Unit, UnitKind

T = TypeVar("T")
START = dt.datetime(2026, 3, 2, 2, 0, tzinfo=dt.UTC)
ZONES = ("Asia/Phnom_Penh", "Pacific/Apia")
MAKER, SECOND = 1, 2
PEOPLE = 30
OFFICERS = range(SECOND + 1, PEOPLE + 1)
UNLINKED = (7, 11)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message of its own in a chat: when it came, and what it says now."""

    number: int
    at: dt.datetime
    texts: list[str]


@dataclass(slots=True)
class World:
    """`chats` is what each account's phone shows, by account; accounts have their person's id."""

    database: Database
    settings: Settings
    clock: FixedClock
    chats: dict[int, list[Arrival]] = field(default_factory=dict)
    came: int = 0

    def act(self, person_id: int | None, work: Callable[[Ctx], T]) -> T:
        """What a person does (None: Rollcall itself), in a transaction of its own."""
        actor = SYSTEM if person_id is None else Actor(person_id, person_id, "en", ZONES[0])
        with self.database.transaction() as session:
            return work(Ctx(session, self.clock, actor, self.settings))

    def comes(self, account: int, text: str, edits: int | None) -> int:
        """It has arrived, or changed what is there; the number that the chat gives it."""
        chat = self.chats.setdefault(account, [])
        for one in chat:
            if one.number == edits:
                one.texts.append(text)
                return one.number
        self.came += 1
        chat.append(Arrival(self.came, self.clock.now(), [text]))
        return self.came

    def passes(self, **delta: float) -> None:
        self.clock.set(self.clock.now() + dt.timedelta(**delta))

    def put_back(self) -> None:
        """As it was at the beginning, whatever has happened since."""
        self.clock.set(START)
        self.chats.clear()
        with self.database.transaction() as session:
            for table in reversed(SQLModel.metadata.sorted_tables):
                session.execute(delete(table))
            _settle(session)


def make(address: str) -> World:
    """All tables in the empty database at this address."""
    registry.load_all()
    settings = Settings(
        _env_file=None,
        token=SecretStr("424242:proof"),
        database_url=address,
        country="KH",
        timezone=ZONES[0],
        language="en",
    )
    database = Database(address)
    SQLModel.metadata.create_all(database.engine)
    return World(database, settings, FixedClock(START))


def _settle(session: Session) -> None:
    session.execute(
        insert(Unit), [{"id": 1, "name": "Port", "path": "Port", "kind": UnitKind.UNIT}]
    )
    session.execute(insert(Person), [_person(number) for number in range(1, PEOPLE + 1)])
    linked = [number for number in range(1, PEOPLE + 1) if number not in UNLINKED]
    session.execute(insert(Chat), [{"user_id": number, "person_id": number} for number in linked])
    session.execute(
        insert(Grant),
        [
            {"person_id": number, "role": Role.UNIT, "granted_at": START}
            for number in (MAKER, SECOND)
        ],
    )


def _person(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "staff_no": str(1000 + number),
        "full_name": f"Person {number}",
        "unit_id": 1,
        "position": "Officer" if number in OFFICERS else "Desk",
        "timezone": ZONES[number % len(ZONES)],
        "language": "km" if number % 5 == 0 else "en",
    }
