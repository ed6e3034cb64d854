"""The real server and the real Rollcall, on which things are made to go wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.clock import FixedClock
from bot.config import Settings
from bot.context import Ctx
from bot.events import Event
from bot.screens import Reply
from handlers.common.routes import ROUTES, Route, RouteKind
from tests import databases
from tests.cast import telegram_cast
from tests.conversations.stage import Stage
from tests.prepared import Prepared

OPERATOR = 100_001_001
"""The director's account, which is also the chat that alarms go to."""


@pytest.fixture
async def stage(
    tmp_path: Path, settings: Settings, clock: FixedClock, prepared: Prepared
) -> AsyncIterator[Stage]:
    databases.copy(settings.database_url, prepared.address)
    alarmed = settings.model_copy(update={"alert_chat": OPERATOR})
    stage = Stage(tmp_path, alarmed, clock, telegram_cast())
    stage.ids = dict(prepared.ids)
    await stage.open()
    yield stage
    await stage.close()


@pytest.fixture
def converse(
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[RouteKind, str, Callable[[Ctx, Event], Reply | None]], None]:
    """Put a conversation into the table for one test."""

    def put(kind: RouteKind, name: str, spoken: Callable[[Ctx, Event], Reply | None]) -> None:
        monkeypatch.setitem(ROUTES, (kind, name), Route(kind, name, spoken, None))

    return put
