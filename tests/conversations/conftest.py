"""A stage with the cast in the database, and golden transcripts."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlmodel import select

from bot import app as root
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.models.delivery import OutboxItem
from bot.models.inbound import SetAside
from bot.models.work import WorkItem
from tests.cast import settle_cast, telegram_cast
from tests.conftest import START, TOKEN
from tests.conversations.stage import Stage

GOLDEN = Path(__file__).parent / "golden"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A migrated database with its library and the cast, to be copied; person ids by key."""

    path: Path
    ids: dict[str, int]


def make_prepared(path: Path) -> Prepared:
    """Migrate, publish the library and settle the cast, once for many tests."""
    settings = Settings(
        _env_file=None,
        token=SecretStr(TOKEN),
        database_url=f"sqlite:///{path}",
        country="KH",
        timezone="Asia/Phnom_Penh",
        language="en",
    )
    database, clock = Database(settings.database_url), FixedClock(START)
    root.prepare(settings, database, clock)
    with database.transaction() as session:
        ids = settle_cast(Ctx(session, clock, SYSTEM, settings))
    database.close()
    return Prepared(path, ids)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return make_prepared(tmp_path_factory.mktemp("prepared") / "rollcall.db")


@pytest.fixture
async def stage(
    tmp_path: Path, settings: Settings, clock: FixedClock, prepared: Prepared
) -> AsyncIterator[Stage]:
    shutil.copy(prepared.path, tmp_path / "rollcall.db")
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
