"""Five tries that fail lock for an hour, in whatever order tries and waits come."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.models.chats import Chat
from bot.people import locks

START = dt.datetime(2026, 3, 2, 2, tzinfo=dt.UTC)
minutes = st.integers(min_value=0, max_value=90)
plays = st.lists(st.one_of(st.just("try"), minutes), max_size=40)


@given(plays)
def test_locks__any_order_of_tries_and_waits__lock_after_each_fifth_for_an_hour(
    play: list[str | int],
) -> None:
    clock, chat = FixedClock(START), Chat(user_id=1)
    ctx = Ctx(Session(), clock, SYSTEM, Settings(_env_file=None))
    counted, locked_at = 0, None
    for step in play:
        if isinstance(step, int):
            clock.advance(minutes=step)
        elif not locks.is_locked(chat, clock.now()):
            locks.count_try(ctx, chat, "test")
            counted += 1
            locked_at = clock.now() if counted % locks.MOST_TRIES == 0 else locked_at
        waits = locked_at is not None and clock.now() < locked_at + dt.timedelta(hours=1)
        assert locks.is_locked(chat, clock.now()) is waits


@given(st.integers(min_value=0, max_value=12))
def test_clear__after_any_number_of_tries__begins_anew(tries: int) -> None:
    chat = Chat(user_id=1)
    ctx = Ctx(Session(), FixedClock(START), SYSTEM, Settings(_env_file=None))
    for _try in range(tries):
        locks.count_try(ctx, chat, "test")
    locks.clear(chat)
    assert (chat.failed_tries, locks.is_locked(chat, START)) == (0, False)
