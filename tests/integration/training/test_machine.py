"""Random histories of enrolment on the database of this run; every law after every commit.

What is done and what has to hold is in scripts/enrolling, which the long proofs share.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from sqlalchemy import Select, literal, select

from bot.models.training import Enrolment
from bot.models.training import EnrolmentState as S
from bot.training import approvals, changes, seats
from scripts.enrolling import histories, world
from scripts.enrolling.acts import MOST
from scripts.enrolling.laws import Broken
from scripts.enrolling.world import World
from tests import databases

EXAMPLES, STEPS = 12, 25
DICE = st.integers(0, MOST - 1)


@pytest.fixture
def small_world(database_url: str, tables: str) -> Iterator[World]:
    databases.copy(database_url, tables)
    made = world.make(database_url)
    yield made
    made.database.close()


def test_machine__random_histories__keep_every_law(small_world: World) -> None:
    class Machine(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            small_world.put_back()
            self.before = histories.look(small_world)

        @rule(name=st.sampled_from(histories.DRAWN), who=DICE, where=DICE, much=DICE)
        def act(self, name: str, who: int, where: int, much: int) -> None:
            if histories.one(small_world, name, who, where, much) == histories.DONE:
                self.before = histories.checked(small_world, self.before)

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_machine__the_same_seed__plays_the_same_history(small_world: World) -> None:
    assert histories.play(small_world, 5, 12) == histories.play(small_world, 5, 12)


def _last_first(class_id: int) -> Select[Enrolment]:
    waiting = select(Enrolment).where(
        Enrolment.class_id == class_id, Enrolment.state == S.APPROVED
    )
    return waiting.order_by(Enrolment.id.desc())


@pytest.mark.skipif(databases.ON_POSTGRES, reason="what the laws see is the same on both")
@pytest.mark.parametrize(
    ("where", "name", "instead", "law"),
    [
        (seats, "free", lambda _ctx, held: held.seats, "no_more_than_seats"),
        (seats, "fill", lambda _ctx, _held, approving=None: [], "none_waits_for_a_free_seat"),
        (seats, "wait_list", _last_first, "in_order"),
        (seats, "_lot", lambda: literal(0), "lots_stand"),
        (approvals, "void", lambda _ctx, _enrolment_id, _how: None, "asked_somebody"),
        (changes, "tell", lambda _ctx, _row, _change: None, "told_exactly"),
    ],
)
def test_machine__a_rule_is_left_out__some_law_is_broken(
    small_world: World,
    monkeypatch: pytest.MonkeyPatch,
    where: object,
    name: str,
    instead: object,
    law: str,
) -> None:
    monkeypatch.setattr(where, name, instead)
    with pytest.raises(Broken, match=law):
        _play_many(small_world)


def _play_many(world: World) -> None:
    for seed in range(60):
        histories.play(world, seed, 40)
