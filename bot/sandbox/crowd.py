"""The rest of a class: phones off the page whose owners link themselves and answer by chance.

Without them a newcomer would have to answer on five phones before any result is shown.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence

from bot.sandbox import phone_actions
from bot.sandbox.cast import Cast, phone_for
from bot.sandbox.errors import PageError
from bot.sandbox.records import Json, Phone
from bot.sandbox.world import World

KEY = "crowd"
SHORTEST, LONGEST = 0.15, 0.6
TYPING = 0.5
PREFERRED = ("privacy:", ":submit", "q:", "tb:", "t:", ":skip", ":done")


class Crowd:
    """Acts for every phone of the crowd whenever the bot shows it something."""

    def __init__(self, world: World, cast: Cast) -> None:
        self._world = world
        self._cast = cast
        self._members = [person for person in cast.people if person.get(KEY)]
        self._words: tuple[str, ...] = ()
        self._dice = random.Random()
        self._pending = 0
        world.events.watch(self._look)

    @property
    def is_busy(self) -> bool:
        """Whether somebody is about to act, or has acted and not been heard yet."""
        return self._pending > 0 or (self._joined > 0 and self._world.updates.has_ready)

    def hides(self, phone_id: int) -> bool:
        """Whether a phone belongs to the crowd and is not on the page."""
        phone = self._world.phones.get(phone_id)
        return phone is not None and phone.key == KEY

    def state(self) -> Json:
        return {"size": len(self._members), "joined": self._joined}

    def join(self) -> None:
        """Let everybody of the crowd start; refuses where there is nobody, or a second time."""
        if not self._members:
            raise PageError("There is no class to join.", 400)
        if self._joined:
            raise PageError("The class has joined already.")
        for person in self._members:
            phone = phone_for(self._world, {**person, "key": KEY})
            self._later(phone, "/start")

    def join_all(self, words: Sequence[str]) -> None:
        """Let everybody of the roster start whose phone is not there yet; asked for words that
        can be left out, every other time they type some of these.
        """
        self._words = tuple(words)
        known = {phone.staff_no for phone in self._world.phones.values()}
        self._members = [
            person for person in self._cast.people if str(person["staff_no"]) not in known
        ]
        for person in self._members:
            self._later(phone_for(self._world, {**person, "key": KEY}), "/start")

    @property
    def _joined(self) -> int:
        return sum(1 for phone in self._world.phones.values() if phone.key == KEY)

    def _look(self, event: Json) -> None:
        if event["type"] not in ("message", "edit") or event["message"]["from"] != "bot":
            return
        if self.hides(event["phone"]):
            self._later(self._world.phones[event["phone"]], "", event["message"])

    def _later(self, phone: Phone, words: str, message: Json | None = None) -> None:
        self._pending += 1
        wait = self._dice.uniform(SHORTEST, LONGEST)
        asyncio.get_running_loop().call_later(wait, self._act, phone, words, message)

    def _act(self, phone: Phone, words: str, message: Json | None) -> None:
        self._pending -= 1
        if words:
            phone_actions.write_text(self._world, phone, words)
        elif phone.shown_keyboard:
            phone_actions.share_contact(self._world, phone)
        elif message is not None:
            self._press(phone, message)

    def _press(self, phone: Phone, message: Json) -> None:
        offered = [button["data"] for row in message["rows"] for button in row if "data" in button]
        chosen = self.choice(offered)
        if chosen is None:
            return
        if self._words and _fits(chosen, ":skip") and self._dice.random() < TYPING:
            phone_actions.write_text(self._world, phone, self._dice.choice(self._words))
            return
        try:
            phone_actions.press_button(self._world, phone, message["id"], chosen)
        except PageError:
            return  # the message has changed meanwhile, and the change is looked at by itself

    def choice(self, offered: Sequence[str]) -> str | None:
        """The button to press: what leads on, or one of the answers; None for anything else."""
        for mark in PREFERRED:
            fitting = [data for data in offered if _fits(data, mark)]
            if fitting:
                # Most people are content: the upper answers come twice as often.
                return self._dice.choice(fitting + fitting[len(fitting) // 2 :])
        return None


def _fits(data: str, mark: str) -> bool:
    return data.startswith(mark) if mark.endswith(":") else mark in data
