"""Over random histories nobody is told twice, told wrongly, or told of what no longer holds.

ROLLCALL_HISTORIES says how many are played, ROLLCALL_SEED which; half of them in each test, so
that two processes share them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from tests.conftest import START
from tests.integration.qualifications.account import WHO
from tests.integration.qualifications.conftest import Academy
from tests.integration.qualifications.history import COURSES, History

HISTORIES = int(os.environ.get("ROLLCALL_HISTORIES", "24"))
SEED = int(os.environ.get("ROLLCALL_SEED", "5"))

people = st.sampled_from(sorted(WHO))
acts = st.one_of(
    st.tuples(st.just("complete"), people, st.sampled_from(COURSES), st.integers(0, 100)),
    st.tuples(st.just("complete"), people, st.sampled_from(COURSES), st.integers(0, 100)),
    st.tuples(st.just("take_back"), people),
    st.tuples(st.just("away"), people, st.integers(1, 90)),
    st.tuples(st.just("back"), people),
    st.tuples(st.just("extend"), people, st.integers(0, 1), st.integers(3, 90)),
    st.tuples(st.just("move"), people, st.sampled_from(["Valuer", "Officer"])),
    st.tuples(st.just("leave_and_return"), people),
    st.tuples(st.just("set_days"), st.sampled_from(["7, 30, 90", "60, 14", "1"])),
)
hours = st.integers(1, 24 * 70)
pauses = st.one_of(
    st.tuples(st.just("play"), hours),
    st.tuples(st.just("play"), hours),
    st.tuples(st.just("outage"), hours),
    st.tuples(st.just("hold_post"), hours),
)
histories = st.lists(st.tuples(acts, pauses), min_size=3, max_size=10)
random_ones = hypothesis_settings(
    max_examples=max(1, HISTORIES // 2),
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def patient(database: Database, clock: FixedClock, settings: Settings) -> Iterator[Academy]:
    """The cast in one transaction that may take as long as all histories together."""
    own = Database(settings.database_url, statement_seconds=None)
    with own.transaction() as session:
        yield Academy(Ctx(session, clock, SYSTEM, settings), clock)
    own.close()


def play(academy: Academy, plan: list[tuple[tuple[Any, ...], tuple[Any, ...]]]) -> None:
    academy.clock.set(START)
    undone = academy.ctx.session.begin_nested()
    try:
        history = History(academy)
        for act, pause in plan:
            history.do(act)
            history.do(pause)
    finally:
        undone.rollback()
        academy.ctx.session.expire_all()


@seed(SEED)
@random_ones
@given(plan=histories)
def test_histories__first_half__hold(patient: Academy, plan: list[Any]) -> None:
    play(patient, plan)


@seed(SEED + 1)
@random_ones
@given(plan=histories)
def test_histories__second_half__hold(patient: Academy, plan: list[Any]) -> None:
    play(patient, plan)
