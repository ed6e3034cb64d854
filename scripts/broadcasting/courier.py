"""A courier that is played: what it has in hand arrives, is lost, is refused, or dies with it."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field

from bot.delivery.claim import Claimed, claim
from bot.delivery.failures import Failure, SendResult
from bot.delivery.outcome import give_up_claimed, record
from scripts.broadcasting.world import World

ARRIVES, IS_LOST = "arrives", "is lost"
FATES = {
    ARRIVES: 70,
    IS_LOST: 4,
    Failure.THROTTLED: 6,
    Failure.UNREACHABLE: 4,
    Failure.UNKNOWN: 6,
    Failure.BLOCKED: 3,
    Failure.REFUSED: 3,
    Failure.NOT_EDITABLE: 4,
}
"""How often what happens; of what is lost on the way and of what arrived while its answer was
lost, both, nobody can say what became of it.
"""


@dataclass(slots=True)
class Courier:
    """`in_hand` was claimed and not sent; `ended` was sent and not written down.

    `excuses` counts by account what may lead to one message more: one that arrived while Rollcall
    could not know, or one that could not be edited.
    """

    world: World
    in_hand: list[Claimed] = field(default_factory=list)
    ended: list[tuple[Claimed, SendResult]] = field(default_factory=list)
    excuses: Counter[int] = field(default_factory=Counter)

    def claim(self) -> list[Claimed]:
        """Take more; what was taken."""
        claimed = self.world.act(None, claim)
        self.in_hand += claimed
        return claimed

    def send(self, dice: random.Random | None = None) -> None:
        """The first in hand; without dice it arrives."""
        if self.in_hand:
            message = self.in_hand.pop(0)
            self.ended.append((message, self._fate(message, dice)))

    def send_all(self) -> bool:
        """All in hand arrives and is written down; whether there was anything."""
        while self.in_hand:
            self.send()
        was_busy = bool(self.ended)
        self.write_down()
        return was_busy

    def write_down(self) -> None:
        ended, self.ended = self.ended, []
        self.world.act(None, lambda ctx: record(ctx, ended))

    def die(self) -> None:
        """Killed; the next one takes over what it finds."""
        self.excuses.update(one.user_id for one, result in self.ended if result.ok)
        self.in_hand.clear()
        self.ended.clear()
        self.world.act(None, give_up_claimed)

    def _fate(self, message: Claimed, dice: random.Random | None) -> SendResult:
        fate = dice.choices([*FATES], [*FATES.values()])[0] if dice is not None else ARRIVES
        if fate is Failure.NOT_EDITABLE and message.edits is None:
            fate = ARRIVES
        if fate == IS_LOST:
            return SendResult(failure=Failure.UNKNOWN)
        if fate in (ARRIVES, Failure.UNKNOWN):
            text = message.encoded.text
            number = self.world.comes(message.user_id, text, message.edits)
            if fate == ARRIVES:
                return SendResult(message_id=number)
        self.excuses[message.user_id] += fate in (Failure.UNKNOWN, Failure.NOT_EDITABLE)
        assert isinstance(fate, Failure)
        return SendResult(failure=fate, retry_after=1.0)
