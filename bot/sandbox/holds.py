"""Which updates are held back, by the sandbox's clock or by real time."""

from __future__ import annotations

from bot.clock import Clock, monotonic
from bot.sandbox.records import PendingUpdate


class Holds:
    """Business time is kept with the update; real time ends with this process."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: dict[int, float] = {}

    def hold(self, update: PendingUpdate, seconds: float, business: bool) -> None:
        """Keep it back for so long from now on; no time at all lets it go."""
        self._until.pop(update.id, None)
        update.held_until = 0.0
        if seconds > 0 and business:
            update.held_until = self._clock.now().timestamp() + seconds
        elif seconds > 0:
            self._until[update.id] = monotonic() + seconds

    def is_held(self, update: PendingUpdate) -> bool:
        if update.held_until > self._clock.now().timestamp():
            return True
        if self._until.get(update.id, 0.0) > monotonic():
            return True
        self._until.pop(update.id, None)
        return False
