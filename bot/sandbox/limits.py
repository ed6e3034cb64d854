"""Telegram's rate limits, off unless asked for: sends a second, overall and per chat."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.clock import monotonic
from bot.sandbox.errors import too_many_requests
from bot.sandbox.validate import chat_of

WINDOW_SECONDS = 1.0
LONGEST_PAUSE = 3600
COUNTED = ("send", "edit", "copy", "forward")


@dataclass(slots=True)
class SendLimits:
    """Calls allowed in any one second; None is no limit.

    With `adaptive` a refusal closes the bot for all chats until its wait is over, and
    every send before that doubles the wait, up to an hour: who does not listen is shut out.
    """

    overall: int | None = None
    per_chat: int | None = None
    adaptive: bool = False
    _all: deque[float] = field(default_factory=deque)
    _chats: dict[int, deque[float]] = field(default_factory=dict)
    _closed_until: float = 0.0
    _pause: int = 0

    def set(
        self, overall: int | None = None, per_chat: int | None = None, adaptive: bool = False
    ) -> None:
        """From now on these limits; what was counted and closed is forgotten."""
        self.overall, self.per_chat, self.adaptive = overall, per_chat, adaptive
        self._all.clear()
        self._chats.clear()
        self._closed_until, self._pause = 0.0, 0

    def check(self, method: str, params: Mapping[str, object]) -> None:
        """Count a call that sends or edits; refuses it with 429 when there were too many."""
        if not method.lower().startswith(COUNTED) or method.lower() == "sendchataction":
            return
        now = monotonic()
        if now < self._closed_until:
            self._close(now, self._pause * 2)
        chat = chat_of(params)
        counted = [(self._all, self.overall)]
        if chat is not None:
            counted.append((self._chats.setdefault(chat, deque()), self.per_chat))
        for times, most in counted:
            self._refuse_over(times, most, now)
        for times, most in counted:
            if most is not None:
                times.append(now)

    def _refuse_over(self, times: deque[float], most: int | None, now: float) -> None:
        while times and now - times[0] >= WINDOW_SECONDS:
            times.popleft()
        if most is None or len(times) < most:
            return
        wait = max(math.ceil(WINDOW_SECONDS - (now - times[0])), 1)
        if self.adaptive:
            self._close(now, wait)
        raise too_many_requests(wait, f"more than {most} in a second")

    def _close(self, now: float, pause: int) -> None:
        self._pause = min(pause, LONGEST_PAUSE)
        self._closed_until = now + self._pause
        raise too_many_requests(self._pause, "too many, and no wait after that was said")
