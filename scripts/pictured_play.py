"""What happens in the pictures: people join, a class ends, they answer, the unit reads."""

from __future__ import annotations

import datetime as dt
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

Found: TypeAlias = dict[str, Any]

DAYS_AT_MOST = 10
MORNING = 9
PATIENCE_SECONDS = 90
PAUSE_SECONDS = 0.1
PATIENCE = 5.0
NEXT_SECOND = 1.1
"""Words count for a screen that was shown before them, and Telegram's dates are whole seconds."""
BOUNDARY = "a-line-that-no-workbook-holds"


class Play:
    """The sandbox at `address`, moved by its own page's requests.

    `who` is a key of the cast, a staff number, or the name of a stranger.
    """

    def __init__(self, address: str) -> None:
        self._address = address

    def state(self) -> Found:
        """Everything the page would show."""
        found: Found = self._ask("/api/state")
        return found

    def phone(self, who: str) -> Found:
        """One phone with its messages."""
        phones: list[Found] = self.state()["phones"]
        return next(one for one in phones if who in (one["key"], one["staff_no"], one["name"]))

    def is_running(self) -> bool:
        """Whether the sandbox answers and Rollcall runs in it."""
        try:
            return bool(self.state()["rollcall"]["running"])
        except urllib.error.URLError:
            return False

    # ---------------------------------------------------------- people

    def office(self, name: str) -> list[str]:
        """The staff numbers of an office, its head first."""
        found = self._ask(f"/api/roster?q={urllib.parse.quote(name)}")
        return [person["staff_no"] for person in found]

    def add(self, who: str) -> None:
        """Put the phone of somebody on the roster on the page."""
        self._ask("/api/phones", {"staff_no": who})

    def claim_staff_no(self, name: str, staff_no: str) -> None:
        """A phone that the roster does not know says whose it is."""
        self._ask("/api/phones", {"name": name, "phone_number": "+6795550199"})
        for words in ("/start", staff_no):
            self.open(name, words)

    def start(self, who: str) -> None:
        """Press START, and wait for the button that shares the number."""
        self.write(who, "/start")
        self._wait(lambda: self.phone(who)["reply_keyboard"])

    def share(self, who: str) -> None:
        """Share one's own number, and wait for the privacy notice."""
        self._ask(f"/api/phones/{self.phone(who)['id']}/contact", {})
        self._wait(lambda: self._offered(who, "privacy:"))

    def join(self, *people: str) -> None:
        """Link these people and have them read the privacy notice."""
        for who in people:
            self.start(who)
            self.share(who)
            self.press(who, "privacy:")

    def join_class(self) -> None:
        """Let the rest of the class link and answer by themselves."""
        size = self._ask("/api/crowd", {})["size"]
        self._wait(lambda: self.state()["crowd"]["joined"] == size)

    def join_all(self, words: Sequence[str]) -> None:
        """Let everybody else of the roster link, and from now on answer by themselves; asked for
        words that can be left out they type some of these.
        """
        size = self._ask("/api/crowd", {"words": list(words)})["size"]
        self._wait(lambda: self.state()["crowd"]["joined"] >= size)

    # ---------------------------------------------------------- what they do

    def write(self, who: str, words: str) -> None:
        """Type words into a chat."""
        self._ask(f"/api/phones/{self.phone(who)['id']}/text", {"text": words})

    def press(self, who: str, start: str, part: str = "") -> None:
        """Press the last button of the newest message whose data begins with `start`."""
        self._wait(lambda: self._offered(who, start, part))
        message, button = self._offered(who, start, part)[-1]
        phone = self.phone(who)
        body = {"message_id": message["id"], "data": button["data"]}
        self._ask(f"/api/phones/{phone['id']}/press", body)
        self._wait(lambda: self.phone(who)["messages"] != phone["messages"])

    def open(self, who: str, command: str, *starts: str) -> None:
        """Send a command or words, wait for the reply, then press one button after another."""
        time.sleep(NEXT_SECOND)
        count = len(self.phone(who)["messages"])
        self.write(who, command)
        self._wait(lambda: len(self.phone(who)["messages"]) >= count + 2)
        for start in starts:
            self.press(who, start)

    def open_until(self, who: str, command: str, start: str) -> None:
        """Send a command again and again, until its reply has a button that begins so."""
        self.open(who, command)
        while not self._offered(who, start):
            time.sleep(PATIENCE)
            self.open(who, command)

    def press_nth(self, who: str, start: str, place: int) -> None:
        """Press the button at a place, from 0, of those whose data begins with `start`."""
        self._wait(lambda: self._offered(who, start))
        offered = self._offered(who, start)
        self.press(who, offered[min(place, len(offered) - 1)][1]["data"])

    def offers(self, who: str, start: str) -> bool:
        """Whether the newest message has a button that begins so."""
        return bool(self._offered(who, start))

    def type(self, who: str, *lines: str) -> None:
        """Answer one question after another by typing."""
        for words in lines:
            self.open(who, words)

    def speak(self, who: str, language: str) -> None:
        """Choose a language with /language."""
        self.open(who, "/language", f"language:{language}")

    def send(self, who: str, name: str, content: bytes) -> None:
        """Send a file, and wait until the bot asks what is in it."""
        head = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"'
            "\r\nContent-Type: application/octet-stream\r\n\r\n"
        )
        data = head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
        self._request(f"/api/phones/{self.phone(who)['id']}/file", data, headers)
        self._wait(lambda: self._offered(who, "imp:"))

    def answer_rest(self, who: str) -> None:
        """Answer what is still open with the fourth choice, up to the summary."""
        while not self._offered(who, "f:", ":submit"):
            rated = self._offered(who, "q:")
            if rated:
                self.press(who, rated[min(3, len(rated) - 1)][1]["data"])
            else:
                self.press(who, "f:", ":skip" if self._offered(who, "f:", ":skip") else ":done")

    # ---------------------------------------------------------- time

    def date_in(self, days: int) -> str:
        """The date so many days from now, as people type it."""
        now = dt.datetime.fromisoformat(self.state()["clock"]["now"])
        return (now + dt.timedelta(days=days)).date().isoformat()

    def days(self, count: int) -> None:
        """Play the clock on."""
        self._ask("/api/clock", {"days": count, "mode": "play"})
        self._wait(lambda: not self.state()["clock"]["playing"])

    def to_morning(self) -> None:
        """Move the clock to the next morning of the administration: at night little is sent."""
        clock = self.state()["clock"]
        hour = dt.datetime.fromisoformat(clock["now"]).astimezone(ZoneInfo(clock["zone"])).hour
        if hours := (MORNING - hour) % 24:
            self._ask("/api/clock", {"hours": hours, "mode": "outage"})
            self._wait(self.is_running)

    def skip_to(self, day: dt.date) -> None:
        """Move the clock to a day at once, as if Rollcall had been away until then."""
        now = dt.datetime.fromisoformat(self.state()["clock"]["now"]).date()
        if day > now:
            self._ask("/api/clock", {"days": (day - now).days, "mode": "outage"})
            self._wait(self.is_running)

    def days_until_told(self, who: str, words: str, most: int) -> None:
        """Move day by day until somebody has a message with these words; `most` days."""
        for _day in range(most):
            if self.has_text(who, words):
                return
            self.days(1)
        raise TimeoutError(f"{who} was never told “{words}”")

    def has_text(self, who: str, words: str) -> bool:
        """Whether any message in a chat holds these words."""
        return any(words in (one["text"] or "") for one in self.phone(who)["messages"])

    def block(self, who: str) -> None:
        """Have somebody block the bot."""
        self._ask(f"/api/phones/{self.phone(who)['id']}/block", {"blocked": True})

    def until_asked(self, who: str) -> None:
        """Move day by day until somebody is asked about a class."""
        for _day in range(DAYS_AT_MOST):
            if self._offered(who, "t:"):
                return
            self.days(1)
        raise TimeoutError(f"{who} was never asked")

    def files(self, who: str) -> int:
        """How many pictures and files stand in a chat, sent by either side."""
        shown = self.phone(who)["messages"]
        return sum(bool(one["photo"] or one["document"]) for one in shown)

    def wait_for_files(self, who: str, count: int) -> None:
        """Wait until so many pictures and files stand in a chat."""
        self._wait(lambda: self.files(who) >= count)

    def wait_for_words(self, who: str, *starts: str) -> None:
        """Wait until the newest message has buttons that begin with each of these."""
        self._wait(lambda: all(self._offered(who, start) for start in starts))

    def wait_for_text(self, who: str, words: str) -> None:
        """Wait until the newest message holds these words."""
        self._wait(lambda: words in (self.phone(who)["messages"][-1]["text"] or ""))

    def _offered(self, who: str, start: str, part: str = "") -> list[tuple[Any, Any]]:
        """The buttons of the newest message that has any, if they begin so."""
        with_rows = [message for message in self.phone(who)["messages"] if message["rows"]]
        return [
            (message, button)
            for message in with_rows[-1:]
            for row in message["rows"]
            for button in row
            if button.get("data", "").startswith(start) and part in button["data"]
        ]

    def _wait(self, holds: Callable[[], object]) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            if time.monotonic() > end:
                raise TimeoutError("the sandbox never came to that state")
            time.sleep(PAUSE_SECONDS)

    def _ask(self, path: str, body: Found | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        return self._request(path, data, {"Content-Type": "application/json"})

    def _request(self, path: str, data: bytes | None, headers: dict[str, str]) -> Any:
        request = urllib.request.Request(self._address + path, data=data, headers=headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)
