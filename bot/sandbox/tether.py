"""Runs a command and ends it when whoever started this process is gone, however it went.

`python tether.py command …`, with a pipe as standard input that the parent
keeps open: the end of that pipe is the end of the parent.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

PATIENCE_SECONDS = 10.0


def main(command: list[str]) -> int:
    """The exit code of `command`, which gets no input of its own."""
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    for number in (signal.SIGTERM, signal.SIGINT):
        # The whole group gets these: the command ends by itself, and this process with it.
        signal.signal(number, lambda received, frame: None)
    threading.Thread(target=_end_with_parent, args=(child,), daemon=True).start()
    return child.wait()


def _end_with_parent(child: subprocess.Popen[bytes]) -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    child.terminate()
    try:
        child.wait(PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(os.getpgrp(), signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
