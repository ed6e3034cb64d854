"""Rollcall without its sandbox, in an environment of its own, against a Bot API server elsewhere.

Both are processes; people and a class come from files by the command line, answers from
phones, the report into a chat. Only the clock's offset is written into Rollcall's database.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import venv
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.sandbox.demo.load import workbook
from bot.sandbox.phone_client import RemotePhone, SandboxClient

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "555000:ANOTHER-TOKEN-FOR-ANOTHER-SERVER"
SERVER = """
import asyncio, sys
from pathlib import Path
from bot.sandbox.server import run_sandbox
directory, port, token = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
asyncio.run(run_sandbox(directory, port, token, directory / "none.json", None, child_env={}))
"""
STAFF = [(str(2001 + place), f"Officer {place}", "F" if place % 2 else "M") for place in range(7)]
UNIT, TRAINEES = STAFF[0], STAFF[1:]


def phone_number(staff_no: str) -> str:
    return f"+8551{int(staff_no):07d}"


def zone_at_noon() -> str:
    """A zone in which it is about noon now, so that no quiet hours delay the play."""
    ahead = 12 - SystemClock().now().hour
    return f"Etc/GMT{-ahead:+d}"


class Installation:
    """A copy of Rollcall that lacks `bot/sandbox`, with its own environment and settings."""

    def __init__(self, directory: Path, api_url: str) -> None:
        self.home = directory / "rollcall"
        for room in ("bot", "handlers", "locales", "migrations"):
            ignore = shutil.ignore_patterns("sandbox", "__pycache__")
            shutil.copytree(ROOT / room, self.home / room, ignore=ignore)
        venv.create(directory / "venv", with_pip=False, symlinks=True)
        self.python = directory / "venv" / "bin" / "python"
        version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
        site = directory / "venv" / "lib" / version / "site-packages"
        (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(directory),
            "ROLLCALL_TOKEN": TOKEN,
            "ROLLCALL_API_URL": api_url,
            "ROLLCALL_DATABASE_URL": f"sqlite:///{directory / 'rollcall.db'}",
            "ROLLCALL_SANDBOX": "1",
            "ROLLCALL_TIMEZONE": zone_at_noon(),
            "PYTHONPATH": str(self.home),
        }

    def command(self, *arguments: str) -> str:
        """Run one operator's command to its end; what it printed."""
        done = subprocess.run(
            [self.python, "-m", "bot", *arguments],
            cwd=self.home,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        with (self.home / "run.log").open("wb") as log:
            process = await asyncio.create_subprocess_exec(
                self.python, "-m", "bot", "run",
                cwd=self.home, env=self.environment, stdout=log, stderr=log,
            )  # fmt: skip
            try:
                yield
            finally:
                process.send_signal(signal.SIGTERM)
                await asyncio.wait_for(process.wait(), 30)


@asynccontextmanager
async def server(directory: Path, port: int) -> AsyncIterator[SandboxClient]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", SERVER, str(directory), str(port), TOKEN, cwd=ROOT
    )
    try:
        async with SandboxClient(f"http://127.0.0.1:{port}") as client:
            for _attempt in range(200):
                try:
                    await client.state()
                    break
                except OSError:
                    await asyncio.sleep(0.05)
            yield client
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def import_everything(installed: Installation, day: str) -> None:
    """People, a course, a class of that day and its list, from workbooks."""
    people = [
        {"staff_no": number, "full_name": name, "unit": "Poipet", "gender": gender,
         "phone": phone_number(number)}
        for number, name, gender in STAFF
    ]  # fmt: skip
    held = {"class_code": "VAL-1", "course_code": "VAL", "starts_on": day, "ends_on": day,
            "start_time": "08:00", "end_time": "09:00", "seats": 10}  # fmt: skip
    files = {
        "people": people,
        "courses": [{"code": "VAL", "title": "Customs Valuation"}],
        "classes": [held],
        "enrolments": [{"class_code": "VAL-1", "staff_no": n} for n, _name, _g in TRAINEES],
    }
    for kind, rows in files.items():
        path = installed.home / f"{kind}.xlsx"
        path.write_bytes(workbook(rows))
        installed.command("import", kind, str(path))


async def link(client: SandboxClient, staff_no: str, name: str) -> RemotePhone:
    phone = await client.stranger(name, phone_number(staff_no))
    await phone.text("/start")
    await phone.wait_message("Welcome to the training desk")
    await phone.share_contact()
    await phone.wait_message("Privacy notice")
    await phone.press("I have read this")
    await phone.wait_message("Hello")
    return phone


async def answer(phone: RemotePhone) -> None:
    """Every rating a four, comments left out, submitted."""
    await phone.wait_message("A class has ended", seconds=30)
    await phone.press("Answer now")
    await phone.wait_message("Your answers are stored without your name. With them")
    await phone.press("Begin")
    for number in range(1, 11):
        await phone.wait_message(f"Question {number} of 10")
        await phone.press("4" if number < 9 else "Skip")
    await phone.wait_message("Check your answers")
    await phone.press("Submit")
    await phone.wait_message("Thank you. Your answers were stored without your name.")


@pytest.mark.slow
async def test_rollcall__without_sandbox_against_another_server__does_the_main_job(
    tmp_path: Path,
) -> None:
    port = free_port()
    async with server(tmp_path, port) as client:
        installed = Installation(tmp_path, f"http://127.0.0.1:{port}")
        assert not (installed.home / "bot" / "sandbox").exists()
        installed.command("migrate")
        tomorrow = SystemClock().now() + dt.timedelta(days=1)
        import_everything(installed, tomorrow.date().isoformat())
        installed.command("grant", "unit", UNIT[0])
        async with installed.running():
            unit = await link(client, *UNIT[:2])
            trainees = [await link(client, *trainee[:2]) for trainee in TRAINEES]
            await client.move_clock("outage", days=1)
            await asyncio.gather(*(answer(trainee) for trainee in trainees))
            await client.move_clock("outage", days=9)
            await unit.wait_message("The questionnaire has closed", seconds=30)
            await unit.press("Make the report")
            report = await unit.wait_message("Answered: 6 of 6", seconds=30)
            assert "4 on average" in report["text"] or "closed" in report["text"]
            await client.wait_for(
                lambda state: _has_picture_and_workbook(state, unit.id), seconds=30
            )
            assert (await client.state())["refusals"] == []


def _has_picture_and_workbook(state: dict[str, object], user_id: int) -> bool:
    phones: list[dict[str, object]] = state["phones"]  # type: ignore[assignment]
    messages: list[dict[str, object]] = next(
        phone["messages"]
        for phone in phones
        if phone["id"] == user_id  # type: ignore[misc]
    )
    pictures = [message for message in messages if message["photo"]]
    books = [message for message in messages if message["document"]]
    return bool(pictures and books)
