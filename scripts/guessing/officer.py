"""One officer with a phone: opens the questionnaire, answers, sometimes stops or changes a word.

Only what is on the screen is pressed; how long each act takes depends on what it is.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.encoder import Encoded, split_revision
from bot.events import EventKind
from scripts.guessing.classes import BRANCH, BRANCH_BELOW, RATINGS, TOPICS, Trainee

LONG_BREAK = 4000.0
LETTERS_A_SECOND = 3.0


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody does after so many seconds: a command, a press, or typed words."""

    kind: EventKind
    said: str
    after: float


@dataclass(slots=True)
class Phone:
    """What one phone shows; `message_id` is the message with the current screen."""

    user_id: int
    message_id: int = 0
    screen: Encoded | None = None

    def data(self, start: str = "", end: str = "") -> str | None:
        """The newest screen's first button whose data begins and ends like this."""
        markup = self.screen.reply_markup if self.screen else None
        for row in (markup or {}).get("inline_keyboard", ()):
            for button in row:
                action = split_revision(button["callback_data"])[0]
                if action.startswith(start) and action.endswith(end):
                    return str(button["callback_data"])
        return None

    @property
    def asks(self) -> str:
        """The question that is open, "" if none is."""
        parts = self.screen.asks.split(":") if self.screen else []
        return parts[2] if len(parts) > 2 else ""


@dataclass(slots=True)
class Officer:
    """`given` is what the questionnaire has to hold once `submitted`."""

    trainee: Trainee
    person_id: int
    assignment_id: int
    phone: Phone
    given: dict[str, str] = field(default_factory=dict)
    submitted: bool = False

    def acts(self) -> Iterator[Act]:
        """Act after act; each is decided on the screen that the one before it led to."""
        dice = random.Random(self.trainee.seed)
        stops_at = dice.choice(RATINGS[1:]) if self.trainee.stops else ""
        yield Act(EventKind.COMMAND, "tasks", 0.0)
        yield self._press(dice, start=f"t:{self.assignment_id}")
        yield self._press(dice, start="tb:")
        may_change = self.trainee.changes_overall
        while not self.submitted:
            if self.phone.asks == stops_at and stops_at:
                stops_at = ""
                yield self._press(dice, start="f:", end=":stop")
                yield Act(EventKind.COMMAND, "tasks", LONG_BREAK * dice.random())
                yield self._press(dice, start=f"t:{self.assignment_id}")
            elif self.phone.asks:
                yield from self._answer(dice, decoy=may_change)
            elif may_change:
                may_change = False
                yield self._press(dice, start="f:", end=":edit:0")
            else:
                yield self._press(dice, start="f:", end=":submit")
                self.submitted = True
        if dice.random() < 0.4:
            yield Act(EventKind.COMMAND, dice.choice(("tasks", "help")), dice.expovariate(1e-4))

    def expected(self) -> dict[str, str]:
        """What was given to questions that were asked in the end."""
        asked = int(self.given["overall"]) < BRANCH_BELOW
        return {
            name: value
            for name, value in self.given.items()
            if value and (name != BRANCH or asked)
        }

    def _answer(self, dice: random.Random, *, decoy: bool) -> Iterator[Act]:
        name = self.phone.asks
        wish = self.trainee.wishes[name]
        if name == "overall" and decoy:
            wish = str(6 - int(wish))
        self.given[name] = wish
        if name in RATINGS:
            yield self._press(dice, start="q:", end=f":i{int(wish) - 1}")
        elif name == "topics":
            for topic in wish.split():
                yield self._press(dice, start="m:", end=f":i{_TOPIC_PLACE[topic]}:1")
            yield self._press(dice, start="f:", end=":done")
        elif wish:
            yield Act(EventKind.TEXT, wish, 4 + len(wish) / LETTERS_A_SECOND * dice.random())
        else:
            yield self._press(dice, start="f:", end=":skip")

    def _press(self, dice: random.Random, start: str = "", end: str = "") -> Act:
        data = self.phone.data(start, end)
        assert data is not None, f"no button {start}…{end} on {self.phone.screen}"
        return Act(EventKind.PRESS, data, 1 + dice.expovariate(0.3))


_TOPIC_PLACE = {topic: place for place, topic in enumerate(TOPICS)}
