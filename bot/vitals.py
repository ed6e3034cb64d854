"""What one process has seen since it began: plain numbers, noted by its parts as they work.

Only `operations` reads them; nothing here knows how they are shown.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from enum import StrEnum

from bot.clock import monotonic

BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Upper ends, in seconds, of the classes in which durations are counted."""


class Part(StrEnum):
    """Which command this process runs: what it must be doing to be well follows from it."""

    RUN = "run"
    SERVE = "serve"
    COURIER = "courier"


class Dealt(StrEnum):
    """What became of an update."""

    COMMITTED = "committed"
    ASIDE = "set aside"
    IGNORED = "ignored"
    RETRY = "retry"


class Durations:
    """How many took how long; `counts` has one class more than BOUNDS, for the longest."""

    def __init__(self) -> None:
        self.counts = [0] * (len(BOUNDS) + 1)
        self.total = 0.0

    def note(self, seconds: float) -> None:
        self.counts[bisect_left(BOUNDS, seconds)] += 1
        self.total += seconds


class Vitals:
    """One for each process; every method is cheap and is called on the event loop.

    Kinds, outcomes and methods are names that stand in the code, never anything of a person.
    `paused_for` and `holds_lease` are asked when somebody looks; whoever joins the process
    together sets them.
    """

    def __init__(self, part: Part = Part.RUN, tell_time: Callable[[], float] = monotonic) -> None:
        self.part = part
        self._time = tell_time
        self._began = tell_time()
        self._heard: float | None = None
        self.updates: Counter[tuple[str, str]] = Counter()
        self.calls: Counter[tuple[str, str]] = Counter()
        self.to_commit = Durations()
        self.to_shown = Durations()
        self.paused_for: Callable[[], float] = lambda: 0.0
        self.holds_lease: Callable[[], bool] = lambda: True

    def heard(self) -> None:
        """A poll came back, empty or not, or the webhook was called with the right secret."""
        self._heard = self._time()

    def dealt(self, kind: str, outcome: Dealt, seconds: float | None = None) -> None:
        """An update of this kind ended so; `seconds` from its receipt to its commit."""
        self.updates[kind, outcome] += 1
        if seconds is not None:
            self.to_commit.note(seconds)

    def shown(self, seconds: float) -> None:
        """What was decided on an update stands on the phone, `seconds` after its receipt."""
        self.to_shown.note(seconds)

    def called(self, method: str, outcome: str = "ok") -> None:
        """A call of the Bot API ended: "ok", or the Failure it ended with."""
        self.calls[method, outcome] += 1

    @property
    def heard_ago(self) -> float | None:
        """Seconds since `heard`; None if it was never called."""
        return None if self._heard is None else self._time() - self._heard

    @property
    def age(self) -> float:
        """Seconds since this process began."""
        return self._time() - self._began
