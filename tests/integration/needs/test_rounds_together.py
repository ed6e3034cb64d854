"""A round of needs on PostgreSQL, where several processes are at it at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import func
from sqlmodel import SQLModel, select

from bot import app as root
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.needs import Channel, Need, NeedsRound, RoundState
from bot.needs import asking, rounds
from bot.people import heads
from bot.work.kinds.needs_round import bring_in_line
from bot.work.queue import Job, Workshop
from tests.integration.needs.collecting import Survey

pytestmark = pytest.mark.postgres
ROUND = 1


class Replicas:
    """Any number of processes on one database, in which a round is open and nobody asked yet."""

    def __init__(self, address: str, clock: FixedClock) -> None:
        self.clock = clock
        self.settings = Settings(
            _env_file=None, database_url=address, timezone="Asia/Phnom_Penh", language="en"
        )
        self.database = Database(address)
        SQLModel.metadata.create_all(self.database.engine)
        with self.acting() as ctx:
            survey = Survey(ctx, clock)
            rounds.open_now(survey.acting("unit"), survey.planned().id)
            self.people = len(survey.ids)
            self.officer = survey.ids["dara"]

    @contextmanager
    def acting(self) -> Iterator[Ctx]:
        with self.database.transaction() as session:
            yield Ctx(session, self.clock, SYSTEM, self.settings)

    def work(self, _process: int = 0) -> None:
        workshop = Workshop(self.database, self.clock, self.settings)
        bring_in_line(workshop, Job(1, rounds.KIND, {"round": ROUND}, None))

    def asked(self, *states: AssignmentState) -> int:
        with self.acting() as ctx:
            query = select(func.count()).select_from(Assignment)
            return int(ctx.session.exec(query.where(Assignment.state.in_(states))).one())


@pytest.fixture
def replicas(postgres_url: str, clock: FixedClock) -> Iterator[Replicas]:
    root.register_working()
    made = Replicas(postgres_url, clock)
    yield made
    made.database.close()


def close(ctx: Ctx) -> None:
    """As the scheduler does it when the last day is over."""
    row = ctx.session.get_one(NeedsRound, ROUND, with_for_update=True)
    row.state = RoundState.CLOSED


def test_asked__by_three_workers_at_once__everybody_owes_it_once(replicas: Replicas) -> None:
    with ThreadPoolExecutor(3) as processes:
        list(processes.map(replicas.work, range(3)))
    with replicas.acting() as ctx:
        rows = ctx.session.exec(select(Assignment.person_id, Assignment.stage)).all()
    assert len(rows) == len(set(rows)) == replicas.people + 1
    assert {person for person, _stage in rows} == set(range(1, replicas.people + 1))


def test_asked__by_a_worker_that_read_the_round_before_it_closed__is_nobody(
    replicas: Replicas,
) -> None:
    with replicas.acting() as late:
        row = late.session.get_one(NeedsRound, ROUND)
        assert row.state is RoundState.OPEN
        with replicas.acting() as ctx:
            close(ctx)
        leading = heads.all_heads(late.session)
        asked = [asking.turn(late, row, one, leading) for one in asking.stretches(late)]
    assert sum(asked) == replicas.asked(AssignmentState.OPEN) == 0


@pytest.mark.parametrize("act", [asking.turn, asking.gather], ids=["asking", "gathering"])
def test_close__while_a_worker_is_at_it__waits_for_it(
    replicas: Replicas, act: Callable[..., int]
) -> None:
    with replicas.acting() as ctx:
        ctx.session.add(
            Need(
                channel=Channel.OFFICER,
                told_by=replicas.officer,
                told_at=ctx.now(),
                words="Origin",
            )
        )
    with ThreadPoolExecutor(1) as other:
        with replicas.acting() as ctx:
            row = ctx.session.get_one(NeedsRound, ROUND)
            about = [asking.stretches(ctx)[0], frozenset()] if act is asking.turn else []
            assert act(ctx, row, *about) > 0
            closing = other.submit(close_apart, replicas)
            with pytest.raises(TimeoutError):
                closing.result(timeout=0.5)
        closing.result()
    replicas.work()
    assert replicas.asked(AssignmentState.OPEN) == 0


def close_apart(replicas: Replicas) -> None:
    with replicas.acting() as ctx:
        close(ctx)
