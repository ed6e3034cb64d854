"""Troubles between a phone and Telegram: presses lost, texts late, lost or sent twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.sandbox.planned import Planned


@dataclass(slots=True, kw_only=True)
class BadLink(Planned):
    """What a phone sends over a bad link; lasts until it is cleared, `phone` None means all.

    `presses_lost`, `messages_lost` and `messages_doubled` are shares, 0 to 1. A lost press
    or message never reaches Telegram. A doubled message reaches it as two messages, each
    with a delay of its own. `messages_late`: each message takes anything from no time to
    so many seconds of the sandbox's clock; it gets its number and date when it arrives.
    An app sends in the order of writing, so a late one holds up the next, unless
    `overtaking`. `times` counts presses and messages; `share` picks those it is about.
    """

    lasting: ClassVar[bool] = True

    phone: int | None = None
    presses_lost: float = 0.0
    messages_lost: float = 0.0
    messages_doubled: float = 0.0
    messages_late: float = 0.0
    overtaking: bool = False

    def loses_press(self, phone: int) -> bool:
        """Whether this press is lost."""
        return self._is_about(phone) and self.dice(phone).random() < self.presses_lost

    def delays(self, phone: int) -> list[float] | None:
        """After how many seconds this message arrives, once for each copy; None: untouched."""
        if not self._is_about(phone):
            return None
        dice = self.dice(phone)
        lost, doubled = dice.random(), dice.random()
        copies = 0 if lost < self.messages_lost else 1 + (doubled < self.messages_doubled)
        return [dice.uniform(0, self.messages_late) for _ in range(copies)]

    def _is_about(self, phone: int) -> bool:
        return self.phone in (None, phone) and self.strikes(phone)
