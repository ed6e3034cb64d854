"""The other end of the zygote: has processes born, ends them, and waits for their end."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from scripts.proofs import Disproved

ROOT = Path(__file__).resolve().parent.parent.parent
READY_SECONDS = 180.0
KILLED = -signal.SIGKILL
PREPARE = "prepare"
"""What a process can be born for, beside the parts of Rollcall."""


@dataclass(slots=True)
class Child:
    """One process of Rollcall; `ended` gives its exit code, negative for a signal."""

    pid: int
    ended: asyncio.Future[int]

    @property
    def lives(self) -> bool:
        return not self.ended.done()

    def kill(self) -> None:
        """`kill -9`, unless it is gone already."""
        if self.lives:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    async def stop(self) -> None:
        """End it in good order; refuses one that does not end well."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)
        await self.finished()

    async def finished(self) -> None:
        """Wait for its own end; refuses a bad one."""
        code = await asyncio.wait_for(self.ended, READY_SECONDS)
        if code != 0:
            raise Disproved(f"a process ended with {code}")


class Nursery:
    """A zygote of its own; leaving it ends all that it has started."""

    def __init__(self, module: str = "scripts.killing.zygote") -> None:
        self._module = module
        self._born: asyncio.Queue[Child] = asyncio.Queue()
        self._children: dict[int, Child] = {}

    async def __aenter__(self) -> Nursery:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("ROLLCALL_")}
        self._zygote = await asyncio.create_subprocess_exec(
            sys.executable, "-m", self._module, cwd=ROOT, env=environment,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        self._listening = asyncio.ensure_future(self._listen())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._zygote.stdin is not None
        self._zygote.stdin.close()
        await self._zygote.wait()
        await self._listening

    async def start(self, **order: object) -> Child:
        """A new process, as soon as it is forked."""
        assert self._zygote.stdin is not None
        self._zygote.stdin.write(json.dumps(order).encode() + b"\n")
        return await asyncio.wait_for(self._born.get(), READY_SECONDS)

    async def _listen(self) -> None:
        assert self._zygote.stdout is not None
        async for line in self._zygote.stdout:
            said = json.loads(line)
            if "started" in said:
                child = Child(said["started"], asyncio.get_running_loop().create_future())
                self._children[child.pid] = child
                self._born.put_nowait(child)
            elif "ended" in said:
                self._children.pop(said["ended"]).ended.set_result(said["status"])
