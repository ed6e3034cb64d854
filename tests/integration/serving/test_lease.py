"""One courier at a time: the lease is taken, renewed, lost and passed on; the budget is one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlmodel import SQLModel

from bot.clock import FixedClock
from bot.committer import Committer
from bot.config import Settings
from bot.context import Ctx
from bot.db import Database
from bot.delivery import lease as leases
from bot.delivery.budget import Budget
from bot.delivery.lease import Lease
from bot.delivery.shared_budget import BudgetShare
from bot.models.system import Lease as LeaseRow


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
async def committers(
    request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock
) -> AsyncIterator[list[Committer]]:
    """Two processes' ways to one database."""
    address = f"sqlite:///{tmp_path / 'rollcall.db'}"
    if request.param == "postgresql":
        address = request.getfixturevalue("postgres_url")
    settings = Settings(_env_file=None, database_url=address)
    databases = [Database(address) for _ in range(2)]
    SQLModel.metadata.create_all(databases[0].engine)
    made = [Committer(database, clock, settings) for database in databases]
    yield made
    for committer, database in zip(made, databases, strict=True):
        committer.close()
        database.close()


def two(committers: list[Committer], taken: list[int]) -> list[Lease]:
    return [
        Lease(committer.hop, "courier", lambda _ctx, at=at: taken.append(at))  # type: ignore[misc]
        for at, committer in enumerate(committers)
    ]


async def confirm(committer: Committer, lease: Lease) -> bool:
    return bool(await committer.run(lease.confirm))


async def expire(committer: Committer) -> None:
    def past(ctx: Ctx) -> None:
        ctx.session.execute(update(LeaseRow).values(expires_at=1.0))

    await committer.hop(past)


async def test_take__by_two_at_once__one_holds_it(committers: list[Committer]) -> None:
    taken: list[int] = []
    first, second = two(committers, taken)
    got = await asyncio.gather(first.take(), second.take())
    assert sorted(got) == [False, True]
    assert len(taken) == 1
    assert [first.holds, second.holds] == got


async def test_take__again_by_its_holder__renews_and_is_no_new_duty(
    committers: list[Committer],
) -> None:
    taken: list[int] = []
    first, second = two(committers, taken)
    assert await first.take()
    assert await first.take()
    assert not await second.take()
    assert taken == [0]
    assert await confirm(committers[0], first)
    assert not await confirm(committers[1], second)


async def test_expired__taken_by_another__the_old_holder_may_not_claim(
    committers: list[Committer],
) -> None:
    taken: list[int] = []
    first, second = two(committers, taken)
    await first.take()
    await expire(committers[0])
    assert not await confirm(committers[0], first)
    assert await second.take()
    assert taken == [0, 1]
    assert not await confirm(committers[0], first)
    assert not await first.take()
    assert not first.holds


async def test_given_back__is_free_at_once(committers: list[Committer]) -> None:
    first, second = two(committers, [])
    await first.take()
    await first.give_back()
    assert not first.holds
    assert await second.take()


async def test_holder_that_was_killed__on_this_machine__is_not_waited_for(
    committers: list[Committer],
) -> None:
    taken: list[int] = []
    first, second = two(committers, taken)
    await first.take()

    def killed(ctx: Ctx) -> None:
        machine = leases._machine()
        ctx.session.get_one(LeaseRow, "courier").holder = f"{machine}/4194399/abcd"

    await committers[0].hop(killed)
    assert await second.take()


async def test_budget__of_two_processes__each_learns_what_the_other_sent(
    committers: list[Committer],
) -> None:
    times = [0.0]
    budgets = [Budget(10.0, lambda: times[0]) for _ in range(2)]
    shares = [
        BudgetShare(committer.hop, budget, 42)
        for committer, budget in zip(committers, budgets, strict=True)
    ]
    for share in shares:
        await share.settle()
    for _send in range(30):
        await budgets[0].before_reply()
    for share in shares:
        await share.settle()
    assert budgets[1]._free_in() == pytest.approx(3.0)
    await shares[1].settle()
    assert budgets[1]._free_in() == pytest.approx(3.0)


async def test_pause__asked_of_one_process__holds_for_the_other(
    committers: list[Committer],
) -> None:
    budgets = [Budget(10.0), Budget(10.0)]
    shares = [
        BudgetShare(committer.hop, budget, 42)
        for committer, budget in zip(committers, budgets, strict=True)
    ]
    await shares[1].settle()
    budgets[0].pause(60)
    for share in shares:
        await share.settle()
    assert 55 < budgets[1].paused_for <= 60
