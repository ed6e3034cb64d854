"""Whatever befalls updates, a poll gets each at least once, and each person's in order."""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.clock import FixedClock
from bot.sandbox.faults import Faults, UpdateFault
from bot.sandbox.store import Store
from bot.sandbox.updates import UpdateQueue
from tests.unit.sandbox.conftest import START

PEOPLE = 3
FAULTS = st.builds(
    UpdateFault,
    phone=st.none() | st.integers(1, PEOPLE),
    late=st.sampled_from([0.0, 30.0, 600.0]),
    business=st.just(True),
    spread=st.booleans(),
    copies=st.integers(0, 2),
    copy_after=st.sampled_from([0.0, 60.0]),
    twice=st.booleans(),
    share=st.sampled_from([0.3, 1.0]),
    seconds=st.just(3600.0),
)
ACTS = st.one_of(
    st.tuples(st.just("say"), st.integers(1, PEOPLE)),
    st.tuples(st.just("wait"), st.integers(1, 400)),
    st.tuples(st.just("poll"), st.integers(1, 5)),
    st.tuples(st.just("plan"), FAULTS),
)


class Bot:
    """Polls as a careful bot does, and notes what it is given for the first time."""

    def __init__(self, queue: UpdateQueue) -> None:
        self._queue = queue
        self._offset = 0
        self.new: list[tuple[int, int]] = []

    async def poll(self, limit: int) -> int:
        found = await self._queue.fetch(self._offset, limit, 0, None)
        for one in found:
            self._offset = max(self._offset, one["update_id"] + 1)
            heard = (one["message"]["from"]["id"], one["update_id"])
            if heard not in self.new:
                self.new.append(heard)
        return len(found)


@settings(max_examples=60, deadline=None)
@given(st.lists(ACTS, min_size=5, max_size=40))
def test_updates__late_doubled_and_repeated__are_given_all_and_in_order(
    acts: list[tuple[str, object]],
) -> None:
    asyncio.run(_play(acts))


async def _play(acts: list[tuple[str, object]]) -> None:
    with TemporaryDirectory() as folder:
        store = Store(Path(folder) / "telegram.db")
        clock, faults = FixedClock(START), Faults()
        queue = UpdateQueue(store, clock, faults)
        bot, said = Bot(queue), []
        for act, value in acts:
            if act == "say":
                said.append((value, queue.add("message", {"from": {"id": value}})))
            elif act == "wait":
                clock.advance(seconds=float(str(value)))
            elif isinstance(value, UpdateFault):
                faults.plan(value)
            else:
                await bot.poll(int(str(value)))
        while queue.count():
            clock.advance(seconds=60)
            await bot.poll(5)
        store.close()
    for person in range(1, PEOPLE + 1):
        mine = [heard for heard in bot.new if heard[0] == person]
        assert mine == [one for one in said if one[0] == person]
