"""What each phone did and saw, in order: the phones' own account of a play."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from bot.clock import Clock
from bot.sandbox.records import Json

SEEN = frozenset({"message", "edit", "delete", "toast", "keyboard"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. `order` counts over all phones, `at` is by the sandbox's clock.

    What the phone did: `written` (content, reply_to, pending: its number until sent, due),
    `sent` (content, reply_to, message_id, update_id: it has reached Telegram; `screen`, the
    bot's newest message that stood on the phone then), `lost` (content), `pressed`
    (message_id, data, press_id, update_id, forged), `press lost` (message_id, data),
    `blocked`, `unblocked`, `offline`, `online`.
    What became of it: `confirmed` (update_id, kind), once for each time the bot confirmed it.
    What the phone saw: `message`, `edit` (message: as drawn), `delete` (id), `toast` (text,
    alert), `keyboard` (reply_keyboard).
    """

    order: int
    at: dt.datetime
    phone: int
    what: str
    body: Json = field(default_factory=dict)


class Journal:
    """Keeps entries only while `keeping`, since they are never let go."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._phones: defaultdict[int, list[Entry]] = defaultdict(list)
        self._count = 0
        self.keeping = False

    def note(self, phone: int, what: str, **body: object) -> None:
        if self.keeping:
            self._count += 1
            entry = Entry(self._count, self._clock.now(), phone, what, body)
            self._phones[phone].append(entry)

    def see(self, event: Json) -> None:
        """Note an event of the page that somebody sees on their phone."""
        if self.keeping and event["type"] in SEEN:
            body = {key: value for key, value in event.items() if key not in ("type", "phone")}
            self.note(event["phone"], event["type"], **body)

    def of(self, phone: int, *what: str) -> list[Entry]:
        """The entries of one phone, oldest first; with `what`, only those of these kinds."""
        return [entry for entry in self._phones[phone] if not what or entry.what in what]
