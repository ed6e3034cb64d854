"""`rollcall doctor` and `rollcall health` as the operator runs them."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from sqlalchemy import delete, text

from bot.models.inbound import SetAside
from bot.models.system import Heartbeat
from bot.operations.listening import asks_rollcall, place
from tests.conftest import TOKEN
from tests.integration.operations.doctor.clinic import Clinic

ROOT = Path(__file__).resolve().parents[4]


async def rollcall(folder: Path, *words: str, **settings: str) -> tuple[int, str]:
    """Exit code and what was printed, of a real process in an empty folder."""
    named = {f"ROLLCALL_{name.upper()}": value for name, value in settings.items()}
    others = {name: value for name, value in os.environ.items() if "ROLLCALL" not in name}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words,
        cwd=folder, env={**others, **named, "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    printed, _nothing = await process.communicate()
    assert process.returncode is not None
    return process.returncode, printed.decode()


def installed(clinic: Clinic, **more: str) -> dict[str, str]:
    """The settings of the clinic as the environment gives them."""
    return {
        "token": TOKEN,
        "api_url": clinic.server.url,
        "database_url": clinic.settings.database_url,
        "alert_chat": str(clinic.settings.alert_chat),
        "backup_recipient": clinic.settings.backup_recipient,
        "listen": "off",
        **more,
    }


@asynccontextmanager
async def answering(status: int, body: str) -> AsyncIterator[str]:
    """Something that answers at /healthz; where it listens."""

    async def healthz(_request: web.Request) -> web.Response:
        return web.Response(status=status, text=body)

    application = web.Application()
    application.add_routes([web.get("/healthz", healthz)])
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_doctor__of_a_well_installation__0_and_a_line_a_check(
    clinic: Clinic, tmp_path: Path
) -> None:
    code, printed = await rollcall(tmp_path, "doctor", **installed(clinic))
    assert code == 0, printed
    assert {line.split()[0] for line in printed.splitlines()} == {"ok"}


async def test_doctor__where_nothing_is_there_yet__1_and_nothing_is_made(tmp_path: Path) -> None:
    code, printed = await rollcall(tmp_path, "doctor", listen="off")
    assert code == 1
    assert "wrong        token set: ROLLCALL_TOKEN is not set" in printed
    assert "wrong        database: There is no database" in printed
    assert "not checked  roster" in printed
    assert "Traceback" not in printed
    assert list(tmp_path.iterdir()) == []


async def test_doctor__updates_set_aside__payload_only_if_asked(
    clinic: Clinic, tmp_path: Path
) -> None:
    with clinic.database.transaction() as session:
        payload = {"text": "unfair"}
        at = clinic.clock.now()
        session.add(SetAside(bot_id=1, update_id=77, at=at, reason="bug a1", payload=payload))
    code, printed = await rollcall(tmp_path, "doctor", **installed(clinic))
    assert code == 0
    assert printed.splitlines()[-1].startswith("77 ")
    assert "unfair" not in printed
    _code, printed = await rollcall(tmp_path, "doctor", "--updates", **installed(clinic))
    assert printed.splitlines()[-1] == '{"text": "unfair"}'


async def test_health__asks_the_running_process(clinic: Clinic, tmp_path: Path) -> None:
    well, ill = '{"troubles": []}', '{"troubles": ["The database does not answer."]}'
    async with answering(200, well) as listen:
        found = await rollcall(tmp_path, "health", **installed(clinic, listen=listen))
        assert found == (0, "healthy\n")
    async with answering(503, ill) as listen:
        found = await rollcall(tmp_path, "health", **installed(clinic, listen=listen))
        assert found == (1, "The database does not answer.\n")


@pytest.mark.parametrize("body", ["[]", "not json", '{"status": "up"}'])
async def test_health__another_program_at_that_port__is_not_believed(body: str) -> None:
    async with answering(200, body) as listen:
        assert await asyncio.to_thread(asks_rollcall, listen) is None


async def test_health__nobody_listens__goes_by_the_heartbeat(
    clinic: Clinic, tmp_path: Path
) -> None:
    assert await rollcall(tmp_path, "health", **installed(clinic)) == (0, "healthy\n")
    with clinic.database.transaction() as session:
        session.execute(delete(Heartbeat))
    code, printed = await rollcall(tmp_path, "health", **installed(clinic))
    assert (code, printed) == (1, "The scheduler has not finished a round for two minutes.\n")


async def test_health__without_database__is_a_sentence(tmp_path: Path) -> None:
    found = await rollcall(tmp_path, "health", listen="off")
    assert found == (1, "There is no database yet.\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("listen", "expected"),
    [
        ("127.0.0.1:8080", ("127.0.0.1", 8080)),
        ("[::1]:80", ("::1", 80)),
        ("db.example:1", ("db.example", 1)),
    ],
)
def test_place__of_host_and_port(listen: str, expected: tuple[str, int]) -> None:
    assert place(listen) == expected


async def test_database__of_a_newer_program__is_refused_in_a_sentence(
    clinic: Clinic, tmp_path: Path
) -> None:
    with clinic.database.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    code, printed = await rollcall(tmp_path, "migrate", **installed(clinic))
    assert code == 1
    assert printed.startswith("A newer Rollcall made this database.")
