"""Mistakes of the machine."""

from __future__ import annotations

import os
import socket
import sys
import zoneinfo

import pytest

from bot.operations.checks.machine import room
from bot.operations.checks.registry import FINE, Verdict
from bot.scheduler import watched
from tests.integration.operations.doctor.clinic import WARNING, WRONG, Clinic

HOOK = "https://rollcall.example/telegram"


async def test_disk__smaller_than_a_second_database(clinic: Clinic) -> None:
    clinic.close()
    statistics = os.statvfs(clinic.path.parent)
    free = statistics.f_bavail * statistics.f_frsize
    os.truncate(clinic.path, free + clinic.path.stat().st_size)
    await clinic.says("disk", WARNING, "Make room")


@pytest.mark.parametrize(
    ("free", "size", "verdict"),
    [
        (watched.DISK_FULL - 1, 0, Verdict.WRONG),
        (watched.DISK_FULL, 0, Verdict.OK),
        (watched.DISK_FULL + 4, 5, Verdict.WARNING),
        (watched.DISK_FULL + 5, 5, Verdict.OK),
    ],
)
def test_disk__at_its_edges(free: int, size: int, verdict: Verdict) -> None:
    assert room(free, size).verdict is verdict


async def test_disk__of_a_database_server__is_not_this_machines(clinic: Clinic) -> None:
    assert await clinic.finding("disk", database_url="postgresql://nowhere/x") == FINE


async def test_folder__that_nothing_can_be_written_in(clinic: Clinic) -> None:
    closed = "sqlite:////proc/rollcall/rollcall.db"
    await clinic.says("database folder", WRONG, "Nothing can be written", database_url=closed)


async def test_time_zones__without_their_data(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = zoneinfo.TZPATH
    zoneinfo.reset_tzpath(to=[])
    monkeypatch.setitem(sys.modules, "tzdata", None)
    for name in [name for name in sys.modules if name.startswith("tzdata.")]:
        monkeypatch.setitem(sys.modules, name, None)
    try:
        await clinic.says("time zones", WRONG, "make install")
    finally:
        zoneinfo.reset_tzpath(to=kept)


async def test_listening__at_a_port_of_another_program(clinic: Clinic) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = f"127.0.0.1:{other.getsockname()[1]}"
        await clinic.says("listening address", WRONG, "cannot be had", listen=taken)


@pytest.mark.parametrize("listen", ["192.0.2.7:8080", "no.such.host.invalid:1"])
async def test_listening__at_an_address_of_no_use(clinic: Clinic, listen: str) -> None:
    await clinic.says("listening address", WRONG, "cannot be had", listen=listen)


async def test_listening__off(clinic: Clinic) -> None:
    await clinic.is_fine("listening address", listen="off")
    await clinic.says("listening address", WRONG, "is off", listen="off", webhook_url=HOOK)
