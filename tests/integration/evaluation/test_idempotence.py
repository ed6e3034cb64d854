"""However often time ticks and a class is moved, each person owes one thing about it."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from bot.campaigns import nudges
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.evaluation import class_end, closing
from bot.models.delivery import OutboxItem
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.people import Person, Unit
from bot.models.training import Course, Enrolment, TrainingClass
from tests import databases

START = dt.datetime(2026, 1, 27, 2, 0, tzinfo=dt.UTC)
ZONES = st.sampled_from(
    ["", "Pacific/Apia", "Pacific/Pago_Pago", "Asia/Kabul", "Asia/Kathmandu", "Pacific/Kiritimati"]
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("hours"), st.integers(1, 60)),
        st.tuples(st.just("move"), st.integers(-3, 12)),
        st.tuples(st.just("answer"), st.integers(0, 5)),
    ),
    max_size=14,
)


class World:
    """One class of six in a database of its own, and the jobs that look after it."""

    def __init__(self, url: str, zone: str) -> None:
        self.clock = FixedClock(START)
        self.settings = Settings(_env_file=None, database_url=url, timezone="Asia/Phnom_Penh")
        self.database = Database(url)
        with self.database.transaction() as session:
            session.add(Unit(name="Port", path="Port"))
            session.add(Course(code="HS", title="HS"))
            session.flush()
            session.add(
                TrainingClass(
                    code="HS-1",
                    course_id=1,
                    timezone=zone,
                    starts_on=dt.date(2026, 1, 26),
                    ends_on=dt.date(2026, 1, 30),
                )
            )
            for number in range(6):
                session.add(Person(staff_no=str(number), full_name=str(number), unit_id=1))
            session.flush()
            for number in range(1, 7):
                session.add(Enrolment(class_id=1, person_id=number, changed_at=START))

    def tick(self) -> None:
        with self.database.transaction() as session:
            ctx = Ctx(session, self.clock, SYSTEM, self.settings)
            for job in (class_end.arrange, nudges.remind, closing.close_due):
                job(ctx)
                session.flush()

    def move(self, days: int) -> None:
        with self.database.transaction() as session:
            held = session.get(TrainingClass, 1)
            held.ends_on = dt.date(2026, 1, 30) + dt.timedelta(days=days)

    def answer(self, number: int) -> None:
        with self.database.transaction() as session:
            open_ones = session.exec(
                select(Assignment)
                .where(Assignment.state == AssignmentState.OPEN)
                .order_by(Assignment.id)
            ).all()
            for row in open_ones[number : number + 1]:
                row.state = AssignmentState.ANSWERED

    def rows(self, table):
        with self.database.transaction(readonly=True) as session:
            return session.exec(select(table)).all()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(zone=ZONES, steps=STEPS)
def test_ticks_and_moves__in_any_order__one_thing_owed_and_no_word_said_twice(tables, zone, steps):
    with databases.another(tables) as address:
        world = World(address, zone)
        answered: dict[int, int] = {}
        for kind, amount in steps:
            if kind == "hours":
                world.clock.advance(hours=amount)
            elif kind == "move":
                world.move(amount)
            else:
                world.answer(amount)
            world.tick()
            world.tick()
            check(world, answered)
        world.database.close()


def check(world: World, answered: dict[int, int]) -> None:
    assignments = world.rows(Assignment)
    live = Counter(
        row.person_id for row in assignments if row.state is not AssignmentState.RECALLED
    )
    assert all(count == 1 for count in live.values())
    for row in assignments:
        if row.state is AssignmentState.ANSWERED:
            assert answered.setdefault(row.person_id, row.id) == row.id
    keys = Counter(item.unique_key for item in world.rows(OutboxItem))
    assert all(count == 1 for count in keys.values())
    ends = world.rows(TrainingClass)[0].ends_on
    early = dt.datetime.combine(ends, dt.time(0), dt.UTC) - dt.timedelta(hours=14)
    if world.clock.now() < early:
        assert not any(row.state is AssignmentState.OPEN for row in assignments)
