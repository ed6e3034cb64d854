"""A sandbox that stands still in time, and a world without a network."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.clock import FixedClock
from bot.sandbox.cast import phone_for
from bot.sandbox.phone import PhoneInHand
from bot.sandbox.server import TOKEN
from bot.sandbox.world import World
from tests.unit.sandbox.people import CAST

START = dt.datetime(2026, 11, 2, 3, 0, tzinfo=dt.UTC)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(START)


@pytest.fixture
def world(tmp_path: Path, clock: FixedClock) -> Iterator[World]:
    world = World(tmp_path, TOKEN, clock)
    yield world
    world.close()


@pytest.fixture
def thida(world: World) -> PhoneInHand:
    return PhoneInHand(world, phone_for(world, CAST.by_key("thida")))


@pytest.fixture
def started(thida: PhoneInHand) -> PhoneInHand:
    thida.text("/start")
    return thida
