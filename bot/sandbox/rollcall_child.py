"""Rollcall as a child process of the sandbox: started, watched, killed and started again."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bot.clock import monotonic

TETHER = Path(__file__).with_name("tether.py")
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
STEADY_SECONDS = 60.0
PATIENCE_SECONDS = 10.0


class RollcallChild:
    """The process that runs `command`; its output goes to `log_file`.

    It leads a group of its own, so that its workers go when it goes, and is tethered, so
    that it also goes when the sandbox is killed.
    """

    def __init__(self, command: Sequence[str], env: Mapping[str, str], log_file: Path) -> None:
        self._command = list(command)
        self._env = {**os.environ, **env}
        self._log_file = log_file
        self._process: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None
        self.on_change: Callable[[bool], None] = lambda running: None

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        """Start the child and keep it running; does nothing when it is being kept already."""
        if self._watch is not None and not self._watch.done():
            return
        await self._spawn()
        self._watch = asyncio.create_task(self._keep_running())

    async def kill(self) -> None:
        """End the child at once, without a chance to tidy up."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        """Ask the child to end, and end it when it does not."""
        await self._end(signal.SIGTERM)

    async def _spawn(self) -> None:
        with self._log_file.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, str(TETHER), *self._command, env=self._env,
                stdin=asyncio.subprocess.PIPE, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self.on_change(True)

    async def _keep_running(self) -> None:
        pause = FIRST_PAUSE
        while self._process is not None:
            started = monotonic()
            await self._process.wait()
            self._signal_group(signal.SIGKILL)
            self.on_change(False)
            pause = FIRST_PAUSE if monotonic() - started > STEADY_SECONDS else pause
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
            await self._spawn()

    async def _end(self, number: signal.Signals) -> None:
        if self._watch is not None:
            self._watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watch
            self._watch = None
        if self._process is None:
            return
        self._signal_group(number)
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._process.wait()
        except TimeoutError:
            pass
        self._signal_group(signal.SIGKILL)
        await self._process.wait()
        self._process = None
        self.on_change(False)

    def _signal_group(self, number: signal.Signals) -> None:
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)
