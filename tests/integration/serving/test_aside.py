"""The courier's and the jobs' work comes after replies; who asks meanwhile joins its commit."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel

from bot.clock import FixedClock
from bot.committer import Committer
from bot.config import Settings
from bot.context import Ctx
from bot.db import Database


class Bench:
    """A committer whose thread can be held up, and what it did in which order."""

    def __init__(self, database: Database, committer: Committer) -> None:
        self.committer = committer
        self.done: list[str] = []
        self._let_go = threading.Event()
        event.listen(database.engine, "commit", lambda _connection: self.done.append("commit"))

    def hold_up(self) -> asyncio.Future[Any]:
        """Everything queued from now on waits for `let_go`."""
        return self.committer.submit(lambda _session: self._let_go.wait(10))

    def let_go(self) -> None:
        self.done.clear()
        self._let_go.set()

    def reply(self, name: str) -> asyncio.Future[Any]:
        def unit(_session: Session) -> None:
            self.done.append(name)

        return self.committer.submit(unit)

    def aside(self, name: str) -> asyncio.Task[None]:
        def work(_ctx: Ctx) -> None:
            self.done.append(name)

        return asyncio.ensure_future(self.committer.hop_aside(work))

    def long_aside(self, name: str) -> asyncio.Task[None]:
        """At work until `let_go`."""

        def work(_ctx: Ctx) -> None:
            self._let_go.wait(10)
            self.done.append(name)

        return asyncio.ensure_future(self.committer.hop_aside(work))


@pytest.fixture
def bench(tmp_path: Path, clock: FixedClock) -> Iterator[Bench]:
    address = f"sqlite:///{tmp_path / 'rollcall.db'}"
    database = Database(address)
    SQLModel.metadata.create_all(database.engine)
    committer = Committer(database, clock, Settings(_env_file=None, database_url=address))
    yield Bench(database, committer)
    committer.close()
    database.close()


async def test_aside__queued_before_replies__comes_after_them_and_commits_alone(
    bench: Bench,
) -> None:
    held_up = bench.hold_up()
    asides = [bench.aside("claim"), bench.aside("job")]
    await asyncio.sleep(0)
    replies = [bench.reply("first"), bench.reply("second")]
    bench.let_go()
    await asyncio.gather(held_up, *asides, *replies)
    assert bench.done[-7:] == ["first", "second", "commit", "claim", "commit", "job", "commit"]


async def test_aside__with_replies_coming_all_the_time__has_its_turn(bench: Bench) -> None:
    held_up = bench.hold_up()
    aside = bench.aside("claim")
    await asyncio.sleep(0)
    bench.let_go()
    for number in range(20):
        await bench.reply(str(number))
    await asyncio.gather(held_up, aside)
    assert bench.done.index("claim") < bench.done.index("5")


async def test_reply__asked_for_while_an_aside_is_at_work__shares_its_commit(
    bench: Bench,
) -> None:
    aside = bench.long_aside("claim")
    await asyncio.sleep(0.1)
    replies = [bench.reply("first"), bench.reply("second")]
    bench.let_go()
    await asyncio.gather(aside, *replies)
    assert bench.done == ["claim", "first", "second", "commit"]


async def test_reply__that_comes_late_and_is_not_taken__leaves_the_others_their_work(
    bench: Bench,
) -> None:
    def refused(session: Session) -> None:
        session.connection().exec_driver_sql("INSERT INTO unit (id) VALUES (NULL)")

    aside = bench.long_aside("claim")
    await asyncio.sleep(0.1)
    replies = [bench.committer.submit(refused), bench.reply("second")]
    bench.let_go()
    first, *_others = await asyncio.gather(*replies, aside, return_exceptions=True)
    assert isinstance(first, IntegrityError)
    assert bench.done == ["claim", "claim", "commit", "second", "commit"]


async def test_aside__that_fails__tells_its_caller(bench: Bench) -> None:
    def fails(_ctx: Ctx) -> None:
        raise LookupError("nobody")

    with pytest.raises(LookupError, match="nobody"):
        await bench.committer.hop_aside(fails)
    await bench.reply("next")
    assert bench.done[-2:] == ["next", "commit"]
