"""The process that Rollcall's processes are forked from: everything is imported here, once.

A restart then costs a fraction of a second. This process runs no loop, no thread and no
connection of its own. It reads orders as lines of JSON and writes what was started and what ended.
"""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import os
import select
import signal
import sys
import traceback
from collections.abc import Callable
from typing import Any

import bot.office
import bot.serving
from bot import app as root
from bot.clock import SystemClock
from bot.db import Database
from bot.vitals import Part
from scripts.killing import asked, points, prepared
from scripts.killing.nursery import PREPARE
from scripts.killing.people import Cast
from scripts.killing.points import Fuse

LOOK_SECONDS = 0.01
LOST = 3
PROCESSES = {
    Part.RUN: bot.serving.Rollcall,
    Part.SERVE: bot.serving.Replica,
    Part.COURIER: bot.serving.Post,
}


def main() -> None:
    """Fork and reap until standard input ends; then end all that still runs."""
    root.register_speaking()
    asked.register()
    gc.collect()
    gc.freeze()
    running: set[int] = set()
    say(ready=os.getpid())
    rest = b""
    while True:
        if select.select([sys.stdin], [], [], LOOK_SECONDS)[0]:
            read = os.read(sys.stdin.fileno(), 65536)
            if not read:
                break
            *lines, rest = (rest + read).split(b"\n")
            for line in lines:
                running.add(_born(json.loads(line)))
        _reap(running)
    for pid in running:
        os.kill(pid, signal.SIGKILL)


def say(**fields: int) -> None:
    """One line to whoever gives the orders."""
    sys.stdout.write(json.dumps(fields) + "\n")
    sys.stdout.flush()


def _born(order: dict[str, Any]) -> int:
    pid = os.fork()
    if pid == 0:
        _live_and_die(order)
    say(started=pid)
    return pid


def _reap(running: set[int]) -> None:
    while running:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        running.discard(pid)
        say(ended=pid, status=os.waitstatus_to_exitcode(status))


def _live_and_die(order: dict[str, Any]) -> None:
    """The child never returns: whatever happens, nothing of the parent may run in it."""
    status = LOST
    try:
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, sys.stdin.fileno())
        log = os.open(order["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.dup2(log, sys.stdout.fileno())
        os.dup2(log, sys.stderr.fileno())
        logging.basicConfig(level=logging.WARNING, force=True)
        _live(order)
        status = 0
    except BaseException:  # noqa: BLE001  written down, then the end
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def _live(order: dict[str, Any]) -> None:
    if order["part"] == PREPARE:
        cast = Cast(order["officers"])
        prepared.make(order["database"], SystemClock(), cast, order["forms"], order["seconds"])
        return
    points.replace(bot.office, "keep_worker", _no_worker)
    points.install(Fuse(order["point"], order["passes"]))
    asyncio.run(_serve(order))


async def _no_worker(stop: asyncio.Event, _on_duty: Callable[[], bool]) -> None:
    """The worker's process has no part in what is proved, and costs seconds at each start."""
    await stop.wait()


async def _serve(order: dict[str, Any]) -> None:
    """One process of Rollcall, on a database that is prepared, until SIGTERM."""
    settings = prepared.settings_for(
        order["database"], order["api"], order.get("webhook", ""), order.get("listen", "off")
    )
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    database = Database(settings.database_url)
    process = PROCESSES[Part(order["part"])](settings, database, SystemClock())
    await process.run(stop)
    database.close()


if __name__ == "__main__":
    main()
