"""The sandbox as a process of its own, with a small bot as its child; either is killed alone."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from bot.sandbox.phone_client import RemotePhone, SandboxClient

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "77:TEST"
# Echoes every text, with its process id, so that a test sees which life of the bot answered.
ECHO = """
import asyncio, os, sys
import aiohttp

async def main(base):
    offset = 0
    async with aiohttp.ClientSession() as session:
        while True:
            body = {"timeout": 20, "offset": offset}
            async with session.post(base + "getUpdates", json=body) as response:
                found = (await response.json()).get("result", [])
            for update in found:
                offset = update["update_id"] + 1
                chat, words = update["message"]["chat"]["id"], update["message"]["text"]
                answer = {"chat_id": chat, "text": f"{words} from {os.getpid()}"}
                await (await session.post(base + "sendMessage", json=answer)).read()

asyncio.run(main(sys.argv[1]))
"""
SANDBOX = """
import asyncio, json, sys
from pathlib import Path
from bot.sandbox.server import run_sandbox

directory, port, token, child = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4:]
asyncio.run(run_sandbox(directory, port, token, directory / "cast.json", child, child_env={}))
"""
CAST = '[{"key": "a", "role": "officer", "staff_no": "1", "name": "Ann", "language": "en"}]'


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def gone(process_id: int) -> Callable[[], Awaitable[bool]]:
    async def look() -> bool:
        try:
            os.kill(process_id, 0)
        except ProcessLookupError:
            return True
        return False

    return look


async def eventually(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(20):
        while not await holds():
            await asyncio.sleep(0.05)


class Machine:
    """One directory and port in which a sandbox is started and ended."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        (directory / "cast.json").write_text(CAST, "utf-8")
        (directory / "echo.py").write_text(ECHO, "utf-8")
        with closing(sqlite3.connect(directory / "rollcall.db")) as made, made:
            made.execute("CREATE TABLE clock_offset (id INTEGER PRIMARY KEY, seconds FLOAT)")

    @asynccontextmanager
    async def sandbox(self) -> AsyncIterator[asyncio.subprocess.Process]:
        base = f"{self.url}/bot{TOKEN}/"
        child = (sys.executable, str(self.directory / "echo.py"), base)
        arguments = (str(self.directory), str(self.port), TOKEN, *child)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", SANDBOX, *arguments, cwd=ROOT
        )
        try:
            async with SandboxClient(self.url) as client:
                await eventually(lambda: self._answers(client))
            yield process
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()

    async def _answers(self, client: SandboxClient) -> bool:
        try:
            return bool((await client.state())["rollcall"]["running"])
        except OSError:
            return False


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


async def echo_of(phone: RemotePhone, words: str) -> int:
    """The process id of the bot that answered."""
    await phone.text(words)
    answer = await phone.wait_message(f"{words} from")
    return int(str(answer["text"]).rsplit(" ", 1)[1])


async def test_rollcall__killed_and_started__answers_what_waited(machine: Machine) -> None:
    async with machine.sandbox(), SandboxClient(machine.url) as client:
        phone = await client.phone("1")
        first = await echo_of(phone, "one")
        await client.kill_rollcall()
        assert (await client.state())["rollcall"]["running"] is False
        await eventually(gone(first))
        await phone.text("two")
        await client.start_rollcall()
        answer = await phone.wait_message("two from")
        assert str(first) not in answer["text"]


async def test_rollcall__dying_by_itself__is_started_again(machine: Machine) -> None:
    async with machine.sandbox(), SandboxClient(machine.url) as client:
        phone = await client.phone("1")
        first = await echo_of(phone, "one")
        os.kill(first, signal.SIGKILL)
        assert await echo_of(phone, "two") != first


async def test_sandbox__killed__takes_its_child_along_and_keeps_the_chats(
    machine: Machine,
) -> None:
    async with machine.sandbox() as process, SandboxClient(machine.url) as client:
        first = await echo_of(await client.phone("1"), "one")
        process.kill()
        await process.wait()
        await eventually(gone(first))
    async with machine.sandbox(), SandboxClient(machine.url) as client:
        phone = await client.phone("1")
        texts = [message["text"] for message in phone.messages]
        assert texts == ["one", f"one from {first}"]
        assert await echo_of(phone, "two") != first


async def test_sandbox__asked_to_end__ends_with_its_child(machine: Machine) -> None:
    async with machine.sandbox() as process, SandboxClient(machine.url) as client:
        child = await echo_of(await client.phone("1"), "one")
        process.terminate()
        async with asyncio.timeout(10):
            assert await process.wait() == 0
        await eventually(gone(child))


async def test_outage__of_two_days__wakes_another_rollcall_in_another_time(
    machine: Machine,
) -> None:
    async with machine.sandbox(), SandboxClient(machine.url) as client:
        phone = await client.phone("1")
        first = await echo_of(phone, "one")
        await client.move_clock("outage", days=2)
        assert await echo_of(phone, "two") != first
        assert (await client.state())["clock"]["offset_seconds"] == pytest.approx(172800, abs=5)
    async with machine.sandbox(), SandboxClient(machine.url) as client:
        assert (await client.state())["clock"]["offset_seconds"] == pytest.approx(172800, abs=5)


async def test_sandbox__on_a_port_that_is_taken__ends_with_a_sentence(machine: Machine) -> None:
    async with machine.sandbox():
        arguments = (str(machine.directory), str(machine.port), TOKEN, sys.executable)
        second = await asyncio.create_subprocess_exec(
            sys.executable, "-c", SANDBOX, *arguments, cwd=ROOT, stderr=asyncio.subprocess.PIPE
        )
        _, said = await second.communicate()
    assert second.returncode == 1
    assert f"Port {machine.port} cannot be used" in said.decode()
    assert "Traceback" not in said.decode()
