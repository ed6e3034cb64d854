"""A database with the cast in it, made once and copied for each test that plays."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import SecretStr

from bot import app as root
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.models.system import Instance
from tests.cast import settle_cast
from tests.conftest import START, TOKEN


@dataclass(frozen=True, slots=True)
class Prepared:
    """A migrated database with its library and the cast, to be copied; person ids by key."""

    address: str
    ids: dict[str, int]


def make_prepared(address: str) -> Prepared:
    """Migrate, publish the library and settle the cast, once for many tests."""
    settings = Settings(
        _env_file=None,
        token=SecretStr(TOKEN),
        database_url=address,
        country="KH",
        timezone="Asia/Phnom_Penh",
        language="en",
    )
    database, clock = Database(settings.database_url), FixedClock(START)
    root.prepare(settings, database, clock)
    with database.transaction() as session:
        ids = settle_cast(Ctx(session, clock, SYSTEM, settings))
        session.get_one(Instance, 1).place = ""  # its copies are at home where they are
    database.close()
    return Prepared(address, ids)
