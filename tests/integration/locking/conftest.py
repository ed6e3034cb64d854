"""Two processes' ways to one database, on SQLite and on PostgreSQL, and where they meet."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any, TypeVar

import pytest
from sqlmodel import select

from bot import app as root
from bot.clock import FixedClock
from bot.committer import Committer
from bot.config import Settings
from bot.context import Actor, Ctx
from bot.db import Database
from bot.events import Event, EventKind
from bot.models.chats import Chat
from bot.models.people import Grant, Person, Role
from bot.people import accounts, chats, privacy
from handlers.edge import middleware
from handlers.edge.middleware import Desk
from tests import databases
from tests.cast import ZONE
from tests.integration.delivery.conftest import invent  # noqa: F401  (a fixture)
from tests.prepared import Prepared, make_prepared

T = TypeVar("T")
KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
ALONE_SECONDS = 0.5
root.register_speaking()


class Process:
    """What one `rollcall serve` has: its own engine, its own thread, its own front desk."""

    def __init__(self, settings: Settings, clock: FixedClock, ids: dict[str, int]) -> None:
        self.settings, self.clock, self.ids = settings, clock, ids
        self.database = Database(settings.database_url)
        self.committer = Committer(self.database, clock, settings)
        self._desk = Desk(424242, clock, settings)

    async def act(self, who: str, work: Callable[[Ctx], T]) -> T:
        """Something that this person does, in a transaction of this process."""
        speaker = Actor(self.ids[who], self.account(who), "en", ZONE)
        return await self.committer.hop(
            lambda ctx: work(replace(ctx, actor=speaker)), lambda: (self.account(who),)
        )

    async def hears(self, who: str, update: int, words: str) -> None:
        """An update is dealt with whole, as the front desk has it done."""
        event = Event(update, EventKind.COMMAND, self.account(who), command=words)
        await self.committer.run(
            lambda session: middleware.handle(session, self._desk, event),
            lambda: (event.user_id,),
        )

    def account(self, who: str) -> int:
        return 1000 + self.ids[who]

    def link(self, who: str) -> None:
        with self.database.transaction() as session:
            ctx = Ctx(session, self.clock, Actor(None), self.settings)
            chat = chats.get_or_create(session, self.account(who))
            accounts.give(ctx, chat, session.get_one(Person, self.ids[who]), "test")
            chat.privacy_version = privacy.VERSION

    def all(self, query: Any) -> list[Any]:
        with self.database.transaction(readonly=True) as session:
            return list(session.exec(query))

    def chat(self, who: str) -> Chat:
        (row,) = self.all(select(Chat).where(Chat.user_id == self.account(who)))
        assert isinstance(row, Chat)
        return row

    def close(self) -> None:
        self.committer.close()
        self.database.close()


@pytest.fixture(scope="session", params=KINDS)
def settled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """The cast in a database of either kind, to be copied."""
    if request.param == "sqlite":
        return make_prepared(f"sqlite:///{tmp_path_factory.mktemp('settled') / 'rollcall.db'}")
    return make_prepared(databases.make(request.getfixturevalue("postgres_server")))


@pytest.fixture
def two(settled: Prepared, clock: FixedClock) -> Iterator[tuple[Process, Process]]:
    """Two processes on a database where Dara and two members of the unit have accounts."""
    with databases.another(settled.address) as address:
        settings = Settings(_env_file=None, database_url=address, timezone=ZONE)
        made = Process(settings, clock, settled.ids), Process(settings, clock, settled.ids)
        for who in ("dara", "unit", "sokha"):
            made[0].link(who)
        with made[0].database.transaction() as session:
            second = Grant(person_id=settled.ids["sokha"], role=Role.UNIT, granted_at=clock.now())
            session.add(second)
        yield made
        for process in made:
            process.close()


@pytest.fixture
def meet(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Have functions, named by module and name, return only once both processes have come there.

    Where the database lets only one process in, that one goes on alone after a while.
    """
    barrier = threading.Barrier(2)

    def waiting(real: Callable[..., T]) -> Callable[..., T]:
        def waits(*given: Any, **also: Any) -> T:
            found = real(*given, **also)
            with suppress(threading.BrokenBarrierError):
                barrier.wait(ALONE_SECONDS)
            return found

        return waits

    def wrap(*named: tuple[Any, str]) -> None:
        for where, name in named:
            monkeypatch.setattr(where, name, waiting(getattr(where, name)))

    return wrap


async def both(*acts: Any) -> list[Any]:
    """What became of acts at the same time: results, or what was raised."""
    return list(await asyncio.gather(*acts, return_exceptions=True))
