"""A stage with the cast in the database, and golden transcripts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from sqlmodel import select

from bot.clock import FixedClock
from bot.config import Settings
from bot.models.delivery import OutboxItem
from bot.models.inbound import SetAside
from bot.models.work import WorkItem
from tests import databases
from tests.cast import telegram_cast
from tests.conversations.stage import Stage
from tests.prepared import Prepared

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
async def stage(
    tmp_path: Path, settings: Settings, clock: FixedClock, prepared: Prepared
) -> AsyncIterator[Stage]:
    databases.copy(settings.database_url, prepared.address)
    stage = Stage(tmp_path, settings, clock, telegram_cast())
    stage.ids = dict(prepared.ids)
    await stage.open()
    yield stage
    with stage.database.transaction(readonly=True) as session:
        aside = [row.reason for row in session.exec(select(SetAside))]
        wordless = session.exec(select(OutboxItem.notice).where(OutboxItem.reason == "bug")).all()
        failed = session.exec(select(WorkItem.kind).where(WorkItem.error == "bug")).all()
    refusals = [(refusal.method, refusal.description) for refusal in stage.server.refusals]
    await stage.close()
    assert refusals == stage.expected_refusals
    assert (aside, wordless, failed) == ([], [], [])


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Stage, str], None]:
    """Compare a play with its golden transcript; `--update` writes it."""

    def compare(stage: Stage, name: str) -> None:
        path = GOLDEN / f"{name}.txt"
        if request.config.getoption("--update"):
            path.write_text(stage.transcript, encoding="utf-8")
        assert path.exists(), f"there is no {path.name}; write it with --update and read it"
        assert stage.transcript == path.read_text(encoding="utf-8")

    return compare
