"""Two hundred officers who press the first button of every question they are shown.

Everything is bytes and regular expressions: the stub must cost far less than what it measures.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

QUESTION = b"q:"
SENT_AT = 1_772_420_400

_CHAT = re.compile(rb'chat_id(?:=|": ?)(\d+)')
_MESSAGE = re.compile(rb'message_id(?:=|": ?)(\d+)')
_JSON_DATA = re.compile(rb'"callback_data": ?"([^"]+)"')
_FORM_DATA = re.compile(rb"callback_data%22%3A(?:\+|%20)?%22(.+?)%22")

_SHOWN = (
    b'{"message_id":%d,"date":%d,"edit_date":%d,'
    b'"chat":{"id":%d,"type":"private","first_name":"Officer"},'
    b'"from":{"id":424242,"is_bot":true,"first_name":"Rollcall","username":"rollcall_bot"},'
    b'"text":"Question 7 of about 40\\nAfter the class\\n\\nI could use at work what the class'
    b' taught me.\\n\\n1. Not at all\\n2. A little\\n3. Partly\\n4. Mostly\\n5. Fully",'
    b'"entities":[{"type":"bold","offset":40,"length":48}],"reply_markup":{"inline_keyboard":[['
    b'{"text":"1","callback_data":"q:77:6:i0"},{"text":"2","callback_data":"q:77:6:i1"},'
    b'{"text":"3","callback_data":"q:77:6:i2"},{"text":"4","callback_data":"q:77:6:i3"},'
    b'{"text":"5","callback_data":"q:77:6:i4"}],[{"text":"Back","callback_data":"f:77:back~7"},'
    b'{"text":"Stop","callback_data":"f:77:stop~7"}]]}}'
)
_PRESS = (
    b'{"update_id":%d,"callback_query":{"id":"%d","from":{"id":%d,"is_bot":false,'
    b'"first_name":"Officer","language_code":"en"},"chat_instance":"1","data":"%b","message":%b}}'
)


@dataclass
class Officers:
    """The closed loop: at most `at_once` officers answer, each the next question shown."""

    at_once: int = 200
    waiting: deque[tuple[int, bytes]] = field(default_factory=deque)
    presses: list[bytes] = field(default_factory=list)
    answered: int = 0
    sent: int = 0
    finished: int = 0
    last_update: int = 0

    def begin(self, first_presses: list[tuple[int, str]]) -> None:
        """Let officers (account, data of their first press) start, the rest as others finish."""
        self.waiting.extend((user, data.encode()) for user, data in first_presses)
        for _place in range(min(self.at_once, len(self.waiting))):
            self._next_officer()

    def shown(self, body: bytes, *, is_edit: bool) -> bytes:
        """Take an edit or a message; the Bot API's result, after the next press is queued."""
        chat = _number(_CHAT, body)
        message = _number(_MESSAGE, body) if is_edit else 1
        data = _first_button(body)
        if is_edit:
            self.answered += 1
        else:
            self.sent += 1
        if data.startswith(QUESTION):
            self._press(chat, data, message)
        elif data:
            self.finished += 1
            self._next_officer()
        return _SHOWN % (message, SENT_AT, SENT_AT, chat)

    def take(self) -> bytes:
        """The queued presses as the result of getUpdates."""
        batch, self.presses = self.presses[:100], self.presses[100:]
        return b"[" + b",".join(batch) + b"]"

    def take_each(self) -> list[bytes]:
        """All queued presses, each as a webhook gets it."""
        taken, self.presses = self.presses, []
        return taken

    def _next_officer(self) -> None:
        if self.waiting:
            user, data = self.waiting.popleft()
            self._press(user, data, 1)

    def _press(self, user: int, data: bytes, message: int) -> None:
        self.last_update += 1
        number = self.last_update
        shown = _SHOWN % (message, SENT_AT, SENT_AT, user)
        self.presses.append(_PRESS % (number, number, user, data, shown))


def chat_of(body: bytes) -> int:
    """Which chat a call is about."""
    return _number(_CHAT, body)


def _number(pattern: re.Pattern[bytes], body: bytes) -> int:
    found = pattern.search(body)
    return int(found[1]) if found else 0


def _first_button(body: bytes) -> bytes:
    if body[:1] == b"{":
        found = _JSON_DATA.search(body)
        return found[1] if found else b""
    found = _FORM_DATA.search(body)
    return unquote_to_bytes(found[1]) if found else b""
