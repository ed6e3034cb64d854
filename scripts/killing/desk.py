"""A member of the training unit on the phone: answers what officers ask, one after another."""

from __future__ import annotations

from typing import Any

from bot.sandbox.records import Phone
from bot.sandbox.world import World
from scripts.killing.acts import Press, Words
from scripts.killing.officer import Officer
from scripts.killing.screen import Shown


class Desk(Officer):
    """A member of the training unit, who answers what officers ask."""

    def __init__(self, world: World, phone: Phone, person: int, *, seed: int, pace: float) -> None:
        super().__init__(world, phone, person, seed=seed, pace=pace)
        self._to_answer: list[Shown] = []
        self._opening: Shown | None = None

    def look(self, event: dict[str, Any]) -> None:
        """A new screen, or a sentence over it, ends the opening of a question."""
        told = len(self.told)
        super().look(event)
        is_word = event["type"] == "toast" and event["text"]
        is_screen = event["type"] in ("message", "edit") and len(self.told) == told
        if is_word or is_screen:
            self._opening = None

    def heard(self, notice: Shown) -> None:
        """A question: it is answered when its turn comes."""
        if " asks" in notice.text:
            self._to_answer.append(notice)

    def between(self, shown: Shown) -> Press | Words | None:
        """The question that was told first; pressed again if nothing came."""
        if self.is_leaving:
            return super().between(shown)
        if self._opening is None and self._to_answer:
            self._opening = self._to_answer.pop(0)
        if self._opening is None:
            return None
        return self._press(self._opening, self._opening.leading("question:"))
