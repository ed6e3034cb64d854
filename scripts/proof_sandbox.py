"""A sandbox of its own for a proof: started, moved, its Rollcall killed, ended."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Any

from scripts.proofs import Disproved

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 120
MOST_DAYS = 10
SENT = "SELECT count(*) FROM outbox_item WHERE notice = 'reaction_due' AND state = 'sent'"
ANSWERED = (
    "SELECT count(*) FROM assignment WHERE stage = 'reaction_trainee' AND state = 'answered'"
)


class Sandbox:
    """`rollcall sandbox` in `folder`, on a free port."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = int(probe.getsockname()[1])
        self._folder = folder
        self.database = folder / "data" / "sandbox" / "rollcall.db"

    def __enter__(self) -> Sandbox:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot", "sandbox", "--port", str(self._port)],
            cwd=self._folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
        )
        self._wait(self._is_up)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.send_signal(signal.SIGINT)
        self._process.wait(30)

    def join_class(self) -> int:
        """Let the rest of the class link; how many they are."""
        size = int(self._ask("/api/crowd", {})["size"])
        query = "SELECT count(*) FROM chat WHERE privacy_version > 0"
        self._wait(lambda: self._count(query) == size)
        return size

    def play_until_asked(self, size: int) -> None:
        """Move day by day until everybody has been asked about the class."""
        for _day in range(MOST_DAYS):
            self._ask("/api/clock", {"days": 1, "mode": "play"})
            self._wait(lambda: self._count(SENT) >= size or not self._is_playing())
            if self._count(SENT) >= size:
                return
        raise Disproved("nobody was asked about the class")

    def kill_and_start(self) -> None:
        """End Rollcall at once, as a crash would, and start it again."""
        self._ask("/api/rollcall", {"action": "kill"})
        self._ask("/api/rollcall", {"action": "start"})

    def wait_answered(self, size: int, seconds: float) -> None:
        """Wait until all have answered, or the time is over."""
        end = time.monotonic() + seconds
        while self._count(ANSWERED) < size and time.monotonic() < end:
            time.sleep(0.5)

    def _is_up(self) -> bool:
        try:
            return bool(self._ask("/api/state")["rollcall"]["running"])
        except (urllib.error.URLError, ConnectionError):
            return False

    def _is_playing(self) -> bool:
        return bool(self._ask("/api/state")["clock"]["playing"])

    def _count(self, query: str) -> int:
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as held:
            return int(held.execute(query).fetchone()[0])

    def _wait(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            if time.monotonic() > end:
                raise Disproved("the sandbox never came to that state")
            time.sleep(0.1)

    def _ask(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self._port}{path}",
            data=data,
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            found: dict[str, Any] = json.load(answer)
            return found
