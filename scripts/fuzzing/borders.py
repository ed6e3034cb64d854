"""What an update may never make the process do: open a file elsewhere, a socket, a program."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
READ_ONLY = (sys.prefix, sys.base_prefix, str(ROOT), "/usr/share/zoneinfo", "/etc/localtime")
FORBIDDEN = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.remove",
    "os.rename", "os.mkdir", "os.rmdir", "os.chmod", "shutil.", "ftplib.", "urllib.", "http.",
    "ctypes.", "webbrowser.",
)  # fmt: skip
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class _Watch:
    """An audit hook cannot be taken away, so there is one, which notes while it is on."""

    def __init__(self) -> None:
        self.folder: str | None = None
        self.noted: list[str] = []
        self._installed = False

    def install(self) -> None:
        if not self._installed:
            sys.addaudithook(self._heard)
            self._installed = True

    def _heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.folder is None:
            return
        if event.startswith(FORBIDDEN):
            self.noted.append(f"{event} {arguments!r:.200}")
        elif event == "open":
            path, _mode, flags = arguments
            if isinstance(path, str | bytes) and not self._may_open(os.fsdecode(path), flags):
                self.noted.append(f"open {path!r}")

    def _may_open(self, path: str, flags: int) -> bool:
        full = os.path.abspath(path)
        if full.startswith(str(self.folder)):
            return True
        return not flags & WRITING and full.startswith(READ_ONLY)


_WATCH = _Watch()


@contextmanager
def watched(folder: Path) -> Iterator[list[str]]:
    """What was reached beyond the database's `folder` while this is open."""
    _WATCH.install()
    _WATCH.folder, _WATCH.noted = str(folder), []
    try:
        yield _WATCH.noted
    finally:
        _WATCH.folder = None
