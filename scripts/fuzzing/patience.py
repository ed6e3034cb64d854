"""How long a step may take, and how much memory: what a hang and a flood look like."""

from __future__ import annotations

import gc
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time

SECONDS = 5.0
REMINDED_EVERY = 1.0
KILOBYTES = 500_000


class TooMuch(BaseException):
    """Longer or larger than any answer may be; no `except Exception` swallows it."""


@contextmanager
def bounded(seconds: float = SECONDS, kilobytes: int = KILOBYTES) -> Iterator[None]:
    """Raise TooMuch if what is done here takes more than `seconds` of the processor, or lets
    the process grow by more than `kilobytes` beyond what it held at its largest before.

    Time of the processor, since the machine may be busy with others; a step inside a library
    is judged when it returns.
    """

    def over(_signal: int, _frame: object) -> None:
        raise TooMuch(f"it took more than {seconds} seconds")

    before = signal.signal(signal.SIGPROF, over)
    began, held = process_time(), _largest()
    # Again each second: what is raised inside a callback of the collector goes no further.
    signal.setitimer(signal.ITIMER_PROF, seconds, REMINDED_EVERY)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    if process_time() - began > seconds:
        raise TooMuch(f"it took {process_time() - began:.1f} seconds")
    if _largest() - held > kilobytes:
        raise TooMuch(f"it grew by {(_largest() - held) // 1000} MB")


@contextmanager
def own_garbage() -> Iterator[None]:
    """What this process made before is cleared away and set aside, so that no step in here is
    charged with collecting it: after thousands of tests that takes seconds."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _largest() -> int:
    """The most memory this process has held, in kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
