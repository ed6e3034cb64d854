"""Troubles on the way from Telegram to the bot: updates held back, given again, given twice."""

from __future__ import annotations

from dataclasses import dataclass

from bot.sandbox.planned import Planned


@dataclass(frozen=True, slots=True)
class Treatment:
    """What befalls one update; nothing, unless a fault says so."""

    late: float = 0.0
    business: bool = False
    copies: int = 0
    copy_after: float = 0.0
    twice: bool = False


UNTROUBLED = Treatment()


@dataclass(slots=True, kw_only=True)
class UpdateFault(Planned):
    """Strikes updates when they come into being; `phone` None and `kind` empty mean all.

    `kind` is the Bot API's word: message, callback_query, my_chat_member. `late` seconds
    are waited before the update is given, with `spread` anything from none to `late`, in
    real time or, with `business`, by the sandbox's clock; what the same person sent after
    it waits too, as Telegram keeps the order per chat. `copies` times the same update, with
    the same number, comes again after it was confirmed, each `copy_after` seconds later
    (same kind of time). `twice`: it stands twice in a batch, or two requests at once
    bring it to the webhook.
    """

    phone: int | None = None
    kind: str = ""
    late: float = 0.0
    spread: bool = False
    business: bool = False
    copies: int = 0
    copy_after: float = 0.0
    twice: bool = False

    def treat(self, kind: str, phone: int) -> Treatment | None:
        """What it does to an update of this phone; None if it lets it pass."""
        if self.kind not in ("", kind) or self.phone not in (None, phone):
            return None
        if not self.strikes(phone):
            return None
        late = self.dice(phone).uniform(0, self.late) if self.spread else self.late
        return Treatment(late, self.business, self.copies, self.copy_after, self.twice)
