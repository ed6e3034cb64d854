"""A plan on PostgreSQL, where two people are at it at once: what one of them has read is old."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlmodel import SQLModel

from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Actor, Ctx
from bot.db import Database
from bot.errors import Refusal
from bot.models.planning import AnnualPlan, PlanLine, PlanState
from bot.people.access import OutOfReach
from bot.planning import approval, from_plan, lines, unscheduled
from tests.integration.plan_life.conftest import School
from tests.integration.planning.planner import LINE

pytestmark = pytest.mark.postgres
PLAN = 1


class Offices:
    """A plan with lines, and people who look at it from several processes."""

    def __init__(self, address: str, clock: FixedClock) -> None:
        self.clock, self.database = clock, Database(address)
        self.settings = Settings(_env_file=None, database_url=address, timezone="Asia/Phnom_Penh")
        SQLModel.metadata.create_all(self.database.engine)
        with self.database.transaction() as session:
            school = School(Ctx(session, clock, SYSTEM, self.settings), clock)
            self.people = dict(school.ids)
            self.line = school.rkc.id or 0

    @contextmanager
    def acting(self, key: str) -> Iterator[Ctx]:
        with self.database.transaction() as session:
            actor = Actor(person_id=self.people[key], zone="Asia/Phnom_Penh")
            yield Ctx(session, self.clock, actor, self.settings)

    @contextmanager
    def reading(self, key: str) -> Iterator[Ctx]:
        """The same, once the plan and a line of it have been read."""
        with self.acting(key) as ctx:
            ctx.session.get_one(AnnualPlan, PLAN)
            ctx.session.get_one(PlanLine, self.line)
            yield ctx


@pytest.fixture
def offices(postgres_url: str, clock: FixedClock) -> Iterator[Offices]:
    made = Offices(postgres_url, clock)
    yield made
    made.database.close()


def test_line__changed_by_who_read_the_plan_before_it_was_submitted__stays(
    offices: Offices,
) -> None:
    with offices.reading("unit") as ctx:
        with offices.acting("unit") as other:
            approval.submit(other, PLAN)
        with pytest.raises(Refusal, match="with the Director-General"):
            lines.edit(ctx, offices.line, LINE)
    with offices.acting("unit") as ctx:
        assert ctx.session.get_one(PlanLine, offices.line).title == "Knowledge of RKC"


def test_plan__approved_by_who_read_it_before_it_was_taken_back__waits_no_more(
    offices: Offices,
) -> None:
    with offices.acting("unit") as ctx:
        approval.submit(ctx, PLAN)
    with offices.reading("director") as ctx:
        with offices.acting("unit") as other:
            approval.take_back(other, PLAN)
        with pytest.raises(OutOfReach):
            approval.approve(ctx, PLAN)
    with offices.acting("unit") as ctx:
        assert ctx.session.get_one(AnnualPlan, PLAN).state is PlanState.DRAFT


def test_line__dropped_by_somebody_else_meanwhile__becomes_no_class(offices: Offices) -> None:
    with offices.acting("unit") as ctx:
        approval.submit(ctx, PLAN)
    with offices.acting("director") as ctx:
        approval.approve(ctx, PLAN)
    with offices.reading("unit") as ctx:
        with offices.acting("unit") as other:
            unscheduled.drop(other, offices.line, {"reason": "no money"})
        with pytest.raises(Refusal, match="dropped"):
            from_plan.make_class(ctx, offices.line, 1)
