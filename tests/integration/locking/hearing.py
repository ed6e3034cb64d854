"""A process that deals with updates of one person: `hearing ADDRESS PERSON HOW_MANY FIRST`."""

from __future__ import annotations

import asyncio
import sys

from bot.clock import FixedClock
from bot.config import Settings
from tests.cast import ZONE
from tests.conftest import START
from tests.integration.locking.conftest import Process


async def hear(address: str, person_id: int, many: int, first: int) -> None:
    """Deal with so many updates, one after the other."""
    settings = Settings(_env_file=None, database_url=address, timezone=ZONE)
    process = Process(settings, FixedClock(START), {"person": person_id})
    for update in range(first, first + many):
        await process.hears("person", update, "help")
    process.close()


if __name__ == "__main__":
    asyncio.run(hear(sys.argv[1], *(int(number) for number in sys.argv[2:5])))
