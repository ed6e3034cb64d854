"""Checks of the machine: its disk, its time zones, its ports."""

from __future__ import annotations

import shutil
import socket
import tempfile
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.operations.checks.registry import FINE, Finding, check, warning, wrong
from bot.operations.listening import OFF, asks_rollcall, place
from bot.operations.patient import Patient
from bot.scheduler import watched

MEGABYTE = 1_000_000


@check("disk")
def disk_space(patient: Patient) -> Finding:
    """Room where the database is; on PostgreSQL its server has to watch its own."""
    path = patient.settings.sqlite_path
    if path is None:
        return FINE
    size = path.stat().st_size if path.is_file() else 0
    return room(shutil.disk_usage(_existing(path.parent)).free, size)


def room(free: int, size: int) -> Finding:
    """What `free` bytes mean for a database of `size` bytes."""
    left = f"{free // MEGABYTE} MB are left on the disk of the database."
    if free < watched.DISK_FULL:
        return wrong(f"{left} Delete what is not needed; when it is full, no answer is taken.")
    if free < size + watched.DISK_FULL:
        return warning(
            f"{left} A backup or a rebuild needs as much again as the database, "
            f"{size // MEGABYTE} MB. Make room."
        )
    return FINE


@check("database folder")
def database_folder(patient: Patient) -> Finding:
    """A file can be made there, as SQLite has to beside its own."""
    path = patient.settings.sqlite_path
    if path is None:
        return FINE
    folder = _existing(path.parent)
    try:
        with tempfile.TemporaryFile(dir=folder):
            return FINE
    except OSError as error:
        return wrong(
            f"Nothing can be written in {folder} ({error.strerror}). Give the folder to the user "
            "who runs Rollcall."
        )


@check("time zones")
def time_zones(patient: Patient) -> Finding:
    try:
        for name in ("UTC", patient.settings.timezone):
            ZoneInfo.no_cache(name)
    except (ZoneInfoNotFoundError, OSError):
        return wrong(
            "This machine has no time zone data. Run `make install` again: it brings them."
        )
    return FINE


@check("listening address")
def listening_address(patient: Patient) -> Finding:
    """ROLLCALL_LISTEN is this machine's own and free, or taken by Rollcall itself."""
    listen = patient.settings.listen
    if listen == OFF:
        if patient.settings.webhook_url:
            return wrong("ROLLCALL_LISTEN is off, so `rollcall serve` hears nothing. Set it.")
        return FINE
    host, port = place(listen)
    if asks_rollcall(listen) is not None:
        return FINE
    try:
        family, kind, _proto, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        return wrong(
            f"ROLLCALL_LISTEN is {listen}, which cannot be had ({error.strerror}). Choose another "
            "port, such as 127.0.0.1:8090."
        )
    return FINE


def _existing(folder: Path) -> Path:
    """The folder, or the nearest above it that is there."""
    folder = folder.absolute()
    while not folder.is_dir():
        folder = folder.parent
    return folder
