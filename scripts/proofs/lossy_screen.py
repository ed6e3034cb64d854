"""A message as somebody reads it on the phone: its bold line, its words, its buttons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

UNSEEN = dict.fromkeys(range(0x2066, 0x206A))
"""Signs that steer the direction of writing and that nobody sees."""


@dataclass(frozen=True, slots=True)
class Screen:
    """One message of the bot; `buttons` are labels with the data behind them."""

    message_id: int = 0
    title: str = ""
    text: str = ""
    buttons: tuple[tuple[str, str], ...] = ()

    def step(self, name: str) -> tuple[str, str] | None:
        """The button that moves about in a form in this way, such as `submit`."""
        for label, data in self.buttons:
            parts = data.partition("~")[0].split(":")
            if parts[0] == "f" and parts[2:3] == [name]:
                return label, data
        return None

    def answers(self) -> list[tuple[str, str]]:
        """The buttons that answer."""
        return [(label, data) for label, data in self.buttons if data[:2] in ("q:", "m:")]


def read(message: dict[str, Any]) -> Screen:
    """A message of the sandbox's page as a screen."""
    bold = next((one for one in message["entities"] if one["type"] == "bold"), None)
    title = ""
    if bold is not None:
        units = message["text"].encode("utf-16-le")
        first = bold["offset"] * 2
        title = units[first : first + bold["length"] * 2].decode("utf-16-le")
    buttons = tuple(
        (button["text"], button["data"])
        for row in message["rows"]
        for button in row
        if "data" in button
    )
    return Screen(message["id"], title.translate(UNSEEN), message["text"], buttons)
