"""One person's updates in order, different people's side by side, a failure held back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from handlers.edge.lanes import Lanes


class Log:
    """Steps that write down when they ran."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def commit(self, name: str, fails: Exception | None = None) -> Callable[[], Awaitable[str]]:
        async def step() -> str:
            await asyncio.sleep(0)
            self.lines.append(f"commit {name}")
            if fails is not None:
                raise fails
            return name

        return step

    async def show(self, name: Any) -> None:
        await asyncio.sleep(0)
        self.lines.append(f"show {name}")


async def test_one_person__shown_before_the_next_is_committed() -> None:
    lanes, log = Lanes(), Log()
    futures = [lanes.add(1, log.commit(name), log.show) for name in "ab"]
    await lanes.idle()
    assert [future.result() for future in futures] == ["a", "b"]
    assert log.lines == ["commit a", "show a", "commit b", "show b"]


async def test_two_people__do_not_wait_for_each_other() -> None:
    lanes, log = Lanes(), Log()
    held = asyncio.Event()

    async def waits() -> str:
        await held.wait()
        return "slow"

    slow = lanes.add(1, waits, log.show)
    assert await lanes.add(2, log.commit("quick"), log.show) == "quick"
    assert not slow.done()
    held.set()
    assert await slow == "slow"
    await lanes.idle()


async def test_failure__fails_what_waits_behind_it_and_nothing_else() -> None:
    lanes, log = Lanes(), Log()
    first = lanes.add(1, log.commit("a", ValueError("no")), log.show)
    behind = lanes.add(1, log.commit("b"), log.show)
    other = lanes.add(2, log.commit("c"), log.show)
    await lanes.idle()
    for future in (first, behind):
        with pytest.raises(ValueError, match="no"):
            future.result()
    assert other.result() == "c"
    assert "commit b" not in log.lines
    again = lanes.add(1, log.commit("b"), log.show)
    assert await again == "b"
    await lanes.idle()


async def test_show__that_fails__the_next_update_has_its_turn() -> None:
    lanes, log = Lanes(), Log()

    async def breaks(_outcome: Any) -> None:
        raise ZeroDivisionError

    first = lanes.add(1, log.commit("a"), breaks)
    second = lanes.add(1, log.commit("b"), log.show)
    await asyncio.wait_for(lanes.idle(), 5)
    third = lanes.add(1, log.commit("c"), log.show)
    await asyncio.wait_for(lanes.idle(), 5)
    assert [future.result() for future in (first, second, third)] == ["a", "b", "c"]
    assert log.lines == ["commit a", "commit b", "show b", "commit c", "show c"]
