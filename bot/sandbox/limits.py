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
COUNTED = ("send", "edit", "copy", "forward")


@dataclass(slots=True)
class SendLimits:
    """Calls allowed in any one second; None is no limit."""

    overall: int | None = None
    per_chat: int | None = None
    _all: deque[float] = field(default_factory=deque)
    _chats: dict[int, deque[float]] = field(default_factory=dict)

    def check(self, method: str, params: Mapping[str, object]) -> None:
        """Count a call that sends or edits; refuses it with 429 when there were too many."""
        if not method.lower().startswith(COUNTED) or method.lower() == "sendchataction":
            return
        now = monotonic()
        chat = chat_of(params)
        counted = [(self._all, self.overall)]
        if chat is not None:
            counted.append((self._chats.setdefault(chat, deque()), self.per_chat))
        for times, most in counted:
            _refuse_over(times, most, now)
        for times, most in counted:
            if most is not None:
                times.append(now)


def _refuse_over(times: deque[float], most: int | None, now: float) -> None:
    while times and now - times[0] >= WINDOW_SECONDS:
        times.popleft()
    if most is not None and len(times) >= most:
        wait = math.ceil(WINDOW_SECONDS - (now - times[0]))
        raise too_many_requests(max(wait, 1), f"more than {most} in a second")
