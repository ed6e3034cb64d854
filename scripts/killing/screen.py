"""What stands on a phone, read as a person reads it: from its words and buttons alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from scripts.killing import asked
from scripts.killing.asked import Asked
from scripts.killing.journal import SUMMARY

NOTICES = (
    " asks\n",
    "The training unit answers",
    "has ended:",
    "have ended:",
    "A reminder",
    " closed\n",
)
THANKS = (
    "Thank you. Your answers were stored",
    "Your question has been sent to the training unit",
    "Your answer has been sent to",
)
IN_VAIN = ("has been answered or closed already", "still wait for an answer", "has taken this")
ASK_LABEL = "What would you like to know?"
TOKEN = re.compile(r"\b[a-z]+-\d+-\d+-end\b")


@dataclass(frozen=True, slots=True)
class Shown:
    """One message of the bot as the phone draws it."""

    message_id: int
    text: str
    buttons: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, message: dict[str, Any]) -> Shown:
        buttons = [
            (button["text"], button["data"])
            for row in message["rows"]
            for button in row
            if "data" in button
        ]
        return cls(message["id"], message["text"], tuple(buttons))

    @property
    def is_notice(self) -> bool:
        return any(words in self.text for words in NOTICES) and self.draft is None

    @property
    def is_thanks(self) -> bool:
        return self.text.startswith(THANKS) or any(f"\n{one}" in self.text for one in THANKS)

    @property
    def is_task_list(self) -> bool:
        return "waiting" in self.text.partition("\n")[0]

    @property
    def is_in_vain(self) -> bool:
        """Whether submitting again leads nowhere."""
        return any(words in self.text for words in IN_VAIN)

    @property
    def draft(self) -> int | None:
        """The draft that the buttons are about; None outside of forms."""
        found = next((data for _label, data in self.buttons if data[:2] == "f:"), None)
        return int(found.split(":")[1].split("~")[0]) if found else None

    @property
    def revision(self) -> int:
        """Which screen of its chat it is, where a button tells; else 0. With two processes an
        older one may arrive after a newer one.
        """
        told = (data.rpartition("~")[2] for _label, data in self.buttons if "~" in data)
        return max((int(number) for number in told if number.isdecimal()), default=0)

    @property
    def question(self) -> Asked | None:
        """The question of the two questionnaires that it puts."""
        return None if self.is_summary else asked.on_screen(self.text)

    @property
    def is_summary(self) -> bool:
        return self.step("submit") is not None

    @property
    def place(self) -> int:
        """How far in its form it is."""
        question = self.question
        if question is not None:
            return question.place
        return SUMMARY if self.is_summary else 0

    @property
    def values(self) -> dict[str, str]:
        """What the summary says was given, by question; empty on any other screen."""
        return asked.summed(self.text) if self.is_summary else {}

    def step(self, name: str) -> str | None:
        """The data of a step of the form: back, done, stop, submit, drop, edit:3."""
        wanted = f"f:{self.draft}:{name}"
        return next((data for _label, data in self.buttons if data.split("~")[0] == wanted), None)

    def leading(self, prefix: str) -> str | None:
        """The first button whose data begins so."""
        return next((data for _label, data in self.buttons if data.startswith(prefix)), None)

    @property
    def closing(self) -> str | None:
        """What closes one's own question to the unit."""
        data = (data for _label, data in self.buttons if data.startswith("ask:"))
        return next((each for each in data if each.split("~")[0].endswith(":close")), None)

    @property
    def asked_first(self) -> str | None:
        """One's own question that has been waiting longest."""
        found = [data for data in self.choices("ask:") if data.partition(":")[2].isdecimal()]
        return found[-1] if found else None

    def begun(self) -> str | None:
        """The first button that goes on with something left half-way."""
        return next((data for label, data in self.buttons if label.startswith("Go on")), None)

    def choices(self, prefix: str) -> list[str]:
        return [data for _label, data in self.buttons if data.startswith(prefix)]
