"""Strangers are answered so often and no oftener; linked people always."""

from __future__ import annotations

import pytest

from handlers.edge import flood
from handlers.edge.flood import Flood

STRANGER, OTHER = 7, 8


class Watch:
    """A monotonic clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


def answered(limit: Flood, user_id: int, times: int, known: bool = False) -> int:
    return sum(limit.allows(user_id, known) for _time in range(times))


def test_stranger__twenty_at_once__five_are_answered(watch: Watch) -> None:
    assert answered(Flood(watch), STRANGER, 20) == 5


def test_stranger__waits__is_answered_once_in_three_seconds(watch: Watch) -> None:
    limit = Flood(watch)
    answered(limit, STRANGER, 20)
    watch.now += 6.0
    assert answered(limit, STRANGER, 20) == 2
    watch.now += 3600.0
    assert answered(limit, STRANGER, 20) == 5


def test_stranger__steady_flood__is_told_once_until_answered_again(watch: Watch) -> None:
    limit = Flood(watch)
    answered(limit, STRANGER, 6)
    assert [limit.tells(STRANGER) for _time in range(3)] == [True, False, False]
    watch.now += 3.0
    assert limit.allows(STRANGER, known=False)
    assert not limit.allows(STRANGER, known=False)
    assert limit.tells(STRANGER)


def test_linked__burst_after_an_outage__all_are_taken(watch: Watch) -> None:
    assert answered(Flood(watch), STRANGER, 500, known=True) == 500


def test_linked__was_a_flooding_stranger__is_answered_at_once(watch: Watch) -> None:
    limit = Flood(watch)
    answered(limit, STRANGER, 20)
    assert limit.allows(STRANGER, known=True)


def test_strangers__one_floods__another_is_answered(watch: Watch) -> None:
    limit = Flood(watch)
    answered(limit, STRANGER, 20)
    assert limit.allows(OTHER, known=False)


def test_strangers__very_many__are_forgotten_from_the_oldest(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flood, "MOST_ACCOUNTS", 3)
    limit = Flood(watch)
    answered(limit, STRANGER, 20)
    answered(limit, OTHER, 20)
    for user_id in (9, 10):
        limit.allows(user_id, known=False)
    assert limit.allows(STRANGER, known=False)
