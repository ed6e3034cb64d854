"""What people read: everything that is due, as the courier would send it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from icalendar import Calendar, Event

from bot.delivery.claim import claim
from bot.delivery.failures import SendResult
from bot.delivery.notices import registry
from bot.delivery.outcome import record
from bot.models.system import Blob
from tests.integration.training.conftest import School


@dataclass(frozen=True, slots=True)
class Letter:
    """One message: its words, the data of its buttons, its file if it has one."""

    title: str
    text: str
    buttons: tuple[str, ...]
    file: bytes | None

    @property
    def calendar(self) -> Calendar:
        assert self.file is not None
        return Calendar.from_ical(self.file)

    @property
    def event(self) -> Event:
        (event,) = self.calendar.walk("VEVENT")
        return event

    @property
    def starts_on(self) -> dt.date:
        """The day on which the entry of its calendar file begins."""
        day: dt.date = self.event["DTSTART"].dt.date()
        return day


def delivered(school: School) -> dict[str, list[Letter]]:
    """Send all that is due; the letters of each person, by key, in order."""
    registry.load_all()
    names = {1000 + person_id: key for key, person_id in school.ids.items()}
    letters: dict[str, list[Letter]] = {}
    while messages := claim(school.ctx):
        for message in messages:
            blob = message.attachment and school.ctx.session.get_one(
                Blob, message.attachment.blob_id
            )
            text = message.encoded.text
            letter = Letter(
                title=text.partition("\n")[0],
                text=text,
                buttons=_buttons(message.encoded.reply_markup),
                file=blob.content if blob else None,
            )
            letters.setdefault(names[message.user_id], []).append(letter)
        record(school.ctx, [(one, SendResult(message_id=1)) for one in messages])
        school.ctx.session.flush()
    return letters


def _buttons(markup: dict | None) -> tuple[str, ...]:
    rows = (markup or {}).get("inline_keyboard", [])
    return tuple(button["callback_data"] for row in rows for button in row)
