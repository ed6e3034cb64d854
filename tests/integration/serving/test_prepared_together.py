"""Several processes that start at once on an empty PostgreSQL prepare it one after the other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot import app as root
from bot.clock import FixedClock
from bot.config import Settings
from bot.db import Database
from bot.migrate import is_current

pytestmark = pytest.mark.postgres


def test_prepare__by_four_processes_at_once__all_find_it_ready(
    postgres_url: str, clock: FixedClock
) -> None:
    settings = Settings(_env_file=None, database_url=postgres_url)
    root.register_speaking()

    def prepare(_process: int) -> bool:
        database = Database(postgres_url, statement_seconds=None)
        root.prepare(settings, database, clock)
        ready = is_current(database)
        database.close()
        return ready

    with ThreadPoolExecutor(4) as processes:
        assert list(processes.map(prepare, range(4))) == [True] * 4
