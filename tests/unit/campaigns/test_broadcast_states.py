"""Which act is possible with a message to many, and when somebody's turn in it is."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.campaigns.broadcasts import states, timing
from bot.campaigns.broadcasts.states import TRANSITIONS, Act
from bot.models.broadcasts import Broadcast, BroadcastKind, BroadcastState

S = BroadcastState
MADE = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
POSSIBLE = {
    (S.DRAFT, False, False): {Act.EDIT, Act.DISCARD, Act.ASK, Act.SEND},
    (S.ASKED, False, False): {Act.APPROVE, Act.TAKE_BACK},
    (S.GATHERING, False, False): {Act.ASK, Act.TAKE_BACK, Act.GATHERED, Act.STOP},
    (S.GATHERING, True, False): {Act.GATHERED, Act.STOP},
    (S.SENDING, True, False): {Act.PAUSE, Act.STOP, Act.FINISH, Act.CORRECT, Act.RECALL},
    (S.PAUSED, True, False): {Act.RESUME, Act.STOP, Act.CORRECT, Act.RECALL},
    (S.STOPPED, True, False): {Act.CORRECT, Act.RECALL},
    (S.STOPPED, True, True): {Act.CORRECT, Act.RECALL, Act.AGAIN},
    (S.DONE, True, False): {Act.CORRECT, Act.RECALL},
    (S.DONE, True, True): {Act.CORRECT, Act.RECALL, Act.AGAIN},
    (S.RECALLED, True, True): set(),
}


@pytest.mark.parametrize(("stands", "possible"), POSSIBLE.items())
def test_acts__in_each_state__are_these(
    stands: tuple[BroadcastState, bool, bool], possible: set[Act]
) -> None:
    state, begun, ended = stands
    assert states.acts(state, begun=begun, ended=ended) == possible


def test_table__names_every_act_and_a_sentence_for_every_state() -> None:
    assert set(TRANSITIONS) == set(Act)
    assert set(states.WHY_NOT) == set(BroadcastState)


def by_reader(day: dt.date, wall: dt.time) -> Broadcast:
    return Broadcast(
        title="t",
        kind=BroadcastKind.NEWS,
        made_at=MADE,
        send_at=timing.begins(day, wall),
        local_time=wall,
    )


@pytest.mark.parametrize("wall", [dt.time(0), dt.time(9), dt.time(13, 59), dt.time(23, 59)])
def test_readers_own_hour__of_any_day__keeps_its_day(wall: dt.time) -> None:
    for offset in range(60):
        day = dt.date(2026, 2, 1) + dt.timedelta(days=offset)
        assert timing.day_of(by_reader(day, wall)) == day


def test_readers_own_hour__begins_where_the_day_begins() -> None:
    kiritimati = dt.datetime(2026, 3, 2, 19, 0, tzinfo=dt.UTC)
    assert timing.begins(dt.date(2026, 3, 3), dt.time(9)) == kiritimati
