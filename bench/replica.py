"""`rollcall serve` without the command's refusal of SQLite: `python -m bench.replica serve`."""

from __future__ import annotations

import asyncio
import gc
import signal

from bot import app as root
from bot.config import Settings
from bot.db import Database
from bot.serving import Replica


async def main(settings: Settings, database: Database) -> None:
    """Serve until the process is told to end."""
    replica = Replica(settings, database, root.clock_for(settings))
    gc.collect()
    gc.freeze()
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await replica.run(stop)


if __name__ == "__main__":
    root.register_speaking()
    read = Settings(_env_file=None)
    opened = Database(read.database_url)
    root.prepare(read, opened, root.clock_for(read))
    asyncio.run(main(read, opened))
    opened.close()
