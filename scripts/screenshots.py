"""Pictures of the sandbox as a newcomer meets it, into docs/screenshots/.

Starts a sandbox in an empty folder for each play, and takes people's phones in their languages,
the whole desk, and the page on a narrow screen.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from scripts.camera import Camera
from scripts.chromium import ensure_chromium
from scripts.pictured_play import Play
from scripts.pictured_scenes import PLAYS

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "screenshots"
START_SECONDS = 120


@contextmanager
def sandbox(folder: Path) -> Iterator[str]:
    """A sandbox that keeps everything in `folder`, by its address; it ends with the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "sandbox", "--port", str(port)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        _wait_for(address)
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def _wait_for(address: str) -> None:
    end = time.monotonic() + START_SECONDS
    while not Play(address).is_running():
        if time.monotonic() > end:
            sys.exit(f"The sandbox was not there after {START_SECONDS} seconds.")
        time.sleep(0.5)


def main() -> None:
    """Takes all pictures anew."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    path, arguments = ensure_chromium()
    for scenes in PLAYS:
        with tempfile.TemporaryDirectory(prefix="rollcall-pictures-") as name:
            folder = Path(name)
            with sandbox(folder) as address, sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=path, args=list(arguments))
                play = Play(address)
                camera = Camera(browser, address, play, PICTURES)
                play.to_morning()
                for scene in scenes:
                    scene(play, camera, folder / "data" / "sandbox" / "files")
                browser.close()
    print(f"Pictures are in {PICTURES.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
