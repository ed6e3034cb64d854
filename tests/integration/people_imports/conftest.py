"""The desk with its roster, and somebody who listens to imports."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot import imports
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import Ctx
from bot.db import Database
from bot.imports import Applied
from bot.imports.hooks import HOOKS
from tests.roster_desk import ROSTER, Desk


@pytest.fixture
def desk(database: Database, clock: FixedClock, settings: Settings) -> Desk:
    desk = Desk(database, clock, settings)
    desk.take(ROSTER)
    return desk


@pytest.fixture
def told() -> Iterator[list[Applied]]:
    """What a listener hears about imports of people."""
    heard: list[Applied] = []

    def hook(_ctx: Ctx, applied: Applied) -> None:
        heard.append(applied)

    imports.after_apply("people", hook)
    yield heard
    HOOKS["people"].remove(hook)
