"""The processes that are measured, and what the system says they have used."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bench.bare import PATH, SECRET, TOKEN

ROOT = Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
MEGABYTE_IN_KIB = 1024
STOP_SECONDS = 30
RAISED = 1000
"""Sends a second where nobody is to be held back."""


class Stub:
    """The stub's process, asked over HTTP."""

    def __init__(self, url: str) -> None:
        self.url = url

    def stats(self) -> dict[str, Any]:
        found: dict[str, Any] = self._ask("/stats", None)
        return found

    def begin(self, first_presses: list[tuple[int, str]]) -> None:
        self._ask("/begin", json.dumps(first_presses).encode())

    def sent_to(self) -> list[int]:
        """The chats that got messages, in the order in which they did; with limits only."""
        found: list[int] = self._ask("/sent", None)
        return found

    def took(self) -> list[float]:
        """How many seconds each reply took, in the order in which they came; with a pace only."""
        found: list[float] = self._ask("/took", None)
        return found

    def _ask(self, path: str, body: bytes | None) -> Any:
        with urllib.request.urlopen(self.url + path, data=body, timeout=30) as response:
            return json.load(response)["result"]


@contextmanager
def stub(*, limits: bool = False, pace: float | None = None) -> Iterator[Stub]:
    """A stub with nobody in it; with a `pace` somebody presses every so many seconds."""
    command = ["-m", "bench.stub", *(["--limits"] if limits else [])]
    command += ["--pace", str(pace)] if pace is not None else []
    with _running(command, {}, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        yield Stub(f"http://127.0.0.1:{process.stdout.readline().decode().strip()}")


@contextmanager
def bare(api_url: str) -> Iterator[list[int]]:
    """The bare bot, polling the stub; its process id."""
    with _running(["-m", "bench.bare", api_url], {}) as process:
        yield [process.pid]


@contextmanager
def bare_at_webhook(api_url: str) -> Iterator[list[int]]:
    """The bare bot, taking what the stub posts; its process id."""
    with _running(["-m", "bench.bare", api_url, str(_free_port())], {}) as process:
        yield [process.pid]


@contextmanager
def rollcall(api_url: str, database_url: str, rate: int = RAISED) -> Iterator[list[int]]:
    """`rollcall run` with its worker, as it is deployed; its process id."""
    with _running(["-m", "bot", "run"], _settings(api_url, database_url, rate)) as process:
        yield [process.pid]


@contextmanager
def serving(
    api_url: str,
    database_url: str,
    replicas: int = 1,
    *,
    with_courier: bool = False,
    rate: int = RAISED,
) -> Iterator[list[int]]:
    """`rollcall serve` so often, and a `rollcall courier`; process ids, replicas first.

    On SQLite, where the command refuses to serve, the same class in a process of the bench.
    """
    command = ["-m", "bench.replica"] if database_url.startswith("sqlite") else ["-m", "bot"]
    names = ["serve"] * replicas + ["courier"] * with_courier
    with ExitStack() as stack:
        yield [
            stack.enter_context(
                _running([*command, name], _settings(api_url, database_url, rate))
            ).pid
            for name in names
        ]


def _settings(api_url: str, database_url: str, rate: int = RAISED) -> dict[str, str]:
    listen = f"127.0.0.1:{_free_port()}"
    return {
        "ROLLCALL_TOKEN": TOKEN,
        "ROLLCALL_API_URL": api_url,
        "ROLLCALL_DATABASE_URL": database_url,
        "ROLLCALL_SEND_RATE": str(rate),
        "ROLLCALL_LISTEN": listen,
        "ROLLCALL_WEBHOOK_URL": f"http://{listen}{PATH}",
        "ROLLCALL_WEBHOOK_SECRET": SECRET,
    }


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as there:
        port: int = there.getsockname()[1]
        return port


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and of all that it has started."""
    return sum(_own_cpu(each) for each in (pid, *_descendants(pid)))


def resident_megabytes(pid: int) -> float:
    """The memory of one process that is not swapped out."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / MEGABYTE_IN_KIB
    return 0.0


@contextmanager
def _running(
    arguments: list[str], environment: Mapping[str, str], stdout: int = subprocess.DEVNULL
) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=tempfile.gettempdir(),
        env={**_neutral_environment(), **environment},
        stdout=stdout,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _neutral_environment() -> dict[str, str]:
    """This process's environment without the settings of any installation."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ROLLCALL_")}
    return {**kept, "PYTHONPATH": str(ROOT)}


def _own_cpu(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(") ")[2].split()
    except FileNotFoundError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def _descendants(pid: int) -> list[int]:
    try:
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except FileNotFoundError:
        return []
    children = [int(child) for child in listed]
    return [*children, *(each for child in children for each in _descendants(child))]
