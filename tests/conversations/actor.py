"""Somebody on the stage: what they say, press and send with the phone in their hand."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image

from bot.sandbox.phone import PhoneInHand

if TYPE_CHECKING:
    from tests.conversations.stage import Stage

TYPING_SECONDS = 2


class Actor:
    """Somebody with a phone, whose acts are written down."""

    def __init__(self, stage: Stage, name: str, phone: PhoneInHand) -> None:
        self._stage = stage
        self.name = name
        self.phone = phone

    async def say(self, words: str, reply_to: int | None = None) -> None:
        self._stage.act(self.name, f": {words}")
        self.phone.text(words, reply_to)
        await self._stage.settle()

    async def type(self, *lines: str) -> None:
        """Type line after line, each a moment after what came before was shown."""
        for words in lines:
            self._stage.clock.advance(seconds=TYPING_SECONDS)
            await self.say(words)

    def data_of(self, label: str) -> str:
        """What the newest button with this label holds, to be pressed when it is stale."""
        for message in reversed(self.phone.messages):
            for button in (button for row in message["rows"] for button in row):
                if button["text"] == label:
                    return str(button["data"])
        raise AssertionError(f"no button {label!r}; there are {self.phone.buttons}")

    async def press_stale(self, label: str, data: str) -> None:
        """Press a button that a slow phone still shows; `data` comes from `data_of`."""
        self._stage.act(self.name, f" presses [{label}] on a phone that is behind")
        self.phone.forge(self.phone.last["id"], data)
        await self._stage.settle()

    async def press(self, label: str, message_id: int | None = None) -> None:
        self._stage.act(self.name, f" presses [{label}]")
        self.phone.press(label, message_id)
        await self._stage.settle()

    async def forge(self, data: str, written: str = "") -> None:
        """A press that no button has; `written` stands in the transcript for a random number."""
        self._stage.act(self.name, f" sends a button of their own: {written or data}")
        self.phone.forge(self.phone.last["id"], data)
        await self._stage.settle()

    async def settle(self) -> None:
        await self._stage.settle()

    async def share_contact(self, number: str | None = None, user_id: int | None = None) -> None:
        self._stage.act(self.name, " shares a contact")
        self.phone.share_contact(number, user_id)
        await self._stage.settle()

    async def send_photo(self) -> None:
        self._stage.act(self.name, " sends a picture")
        self.phone.file("picture.png", self.picture(20, 20), "image/png")
        await self._stage.settle()

    def picture(self, width: int, height: int) -> bytes:
        """A picture of this size."""
        content = io.BytesIO()
        Image.new("RGB", (width, height)).save(content, "PNG")
        return content.getvalue()

    async def send_voice(self) -> None:
        self._stage.act(self.name, " sends a voice message")
        self.phone.file("voice.ogg", b"OggS sound", "audio/ogg")
        await self._stage.settle()

    async def send_file(self, name: str, content: bytes) -> None:
        self._stage.act(self.name, f" sends the file {name}")
        self.phone.file(name, content)
        await self._stage.settle()
