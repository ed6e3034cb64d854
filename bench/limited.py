"""Telegram's rate limits for the stub, as the sandbox enforces them, and who got messages."""

from __future__ import annotations

import json
from collections.abc import Mapping

from bot.sandbox.errors import ApiError
from bot.sandbox.limits import SendLimits

OVERALL, PER_CHAT = 30, 1


class Limited:
    """Counts what is sent and edited, and refuses what is over the limits."""

    def __init__(self) -> None:
        self._limits = SendLimits(OVERALL, PER_CHAT)
        self.refused = 0
        self.sent_to: list[int] = []

    def refusal(self, method: str, chat: int) -> bytes | None:
        """What the server answers instead of doing it; None where it may be done."""
        params: Mapping[str, object] = {"chat_id": chat}
        try:
            self._limits.check(method, params)
        except ApiError as error:
            self.refused += 1
            return json.dumps(error.body()).encode()
        if method == "sendMessage":
            self.sent_to.append(chat)
        return None
