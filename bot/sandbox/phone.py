"""A phone held by a test in the same process: it acts, and looks at what it shows."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.sandbox import phone_actions, views
from bot.sandbox.journal import Entry
from bot.sandbox.records import Json, Phone
from bot.sandbox.request import Upload
from bot.sandbox.world import World

PATIENCE_SECONDS = 10.0


class PhoneInHand:
    """Acts as one person; `messages` are as the page draws them, oldest first."""

    def __init__(self, world: World, record: Phone) -> None:
        self._world = world
        self.record = record

    @property
    def id(self) -> int:
        return self.record.id

    @property
    def messages(self) -> list[Json]:
        return views.messages(self._world, self.record)

    @property
    def from_bot(self) -> list[Json]:
        return [message for message in self.messages if message["from"] == "bot"]

    @property
    def last(self) -> Json:
        """The bot's newest message; refuses when there is none."""
        return self.from_bot[-1]

    @property
    def toasts(self) -> list[str]:
        """What flashed over the chat, oldest first."""
        return list(self._world.toasts[self.id])

    @property
    def keyboard(self) -> Json | None:
        return self.record.shown_keyboard

    @property
    def commands(self) -> list[str]:
        record = self.record
        shown = self._world.profile.commands_shown_to(record.id, record.language)
        return [command["command"] for command in shown]

    def text(self, words: str, reply_to: int | None = None) -> None:
        phone_actions.write_text(self._world, self.record, words, reply_to)

    def press(self, label: str, message_id: int | None = None) -> None:
        """Press the button with this label, or with this data; the newest one if several."""
        for message in reversed(self.messages):
            if message_id in (None, message["id"]):
                for button in (button for row in message["rows"] for button in row):
                    if label in (button["text"], button.get("data")):
                        self._press(message["id"], button["data"])
                        return
        raise AssertionError(f"no button {label!r}; there are {self.buttons}")

    def forge(self, message_id: int, data: str) -> None:
        """Send callback data that no button may hold, as a hostile client can."""
        phone_actions.press_button(self._world, self.record, message_id, data, forged=True)

    @property
    def buttons(self) -> list[str]:
        """The labels under the bot's newest message that has any."""
        with_rows = [message for message in self.messages if message["rows"]]
        rows = with_rows[-1]["rows"] if with_rows else []
        return [button["text"] for row in rows for button in row]

    def share_contact(self, phone_number: str | None = None, user_id: int | None = None) -> None:
        phone_actions.share_contact(self._world, self.record, phone_number, user_id)

    def file(self, name: str, content: bytes, mime_type: str = "", caption: str = "") -> None:
        upload = Upload(name, mime_type, content)
        phone_actions.send_file(self._world, self.record, upload, caption)

    def journal(self, *what: str) -> list[Entry]:
        """What this phone did and saw, if the server keeps journals; `what` picks kinds."""
        return self._world.journal.of(self.id, *what)

    def go_offline(self) -> None:
        phone_actions.set_offline(self._world, self.record, True)

    def go_online(self) -> None:
        phone_actions.set_offline(self._world, self.record, False)

    def block(self) -> None:
        phone_actions.set_blocked(self._world, self.record, True)

    def unblock(self) -> None:
        phone_actions.set_blocked(self._world, self.record, False)

    def speak(self, language: str) -> None:
        """Set the app's language."""
        phone_actions.set_language(self._world, self.record, language)

    async def wait_for(
        self, seen: Callable[[PhoneInHand], object], seconds: float = PATIENCE_SECONDS
    ) -> None:
        """Wait until `seen` holds, looking again after each event here; TimeoutError otherwise."""
        with self._world.events.listen(self.id) as queue:
            async with asyncio.timeout(seconds):
                while not seen(self):
                    await queue.get()

    async def wait_message(self, containing: str, seconds: float = PATIENCE_SECONDS) -> Json:
        """The newest message of the bot with these words, once it is there."""
        found: list[Json] = []

        def look(phone: PhoneInHand) -> bool:
            found[:] = [m for m in phone.from_bot if containing in m["text"]]
            return bool(found)

        await self.wait_for(look, seconds)
        return found[-1]

    def _press(self, message_id: int, data: str) -> None:
        phone_actions.press_button(self._world, self.record, message_id, data)
