"""The main job played for the pictures: a class ends, people answer, the unit reads the report."""

from __future__ import annotations

import json
import time
import urllib.request
from typing import Any

DAYS_AT_MOST = 10
PATIENCE_SECONDS = 90


class Play:
    """The sandbox at `address`, moved by its own page's requests."""

    def __init__(self, address: str) -> None:
        self._address = address

    def state(self) -> dict[str, Any]:
        """Everything the page would show."""
        return self._ask("/api/state")

    def join_class(self) -> None:
        """Let the rest of the class link and answer by themselves."""
        self._ask("/api/crowd", {})
        time.sleep(12)

    def until_asked(self, key: str) -> None:
        """Move day by day until the phone of `key` is asked about a class."""
        for _day in range(DAYS_AT_MOST):
            if self._offered(key, "t:"):
                return
            self.days(1)
        raise TimeoutError(f"{key} was never asked")

    def days(self, count: int) -> None:
        """Play the clock on."""
        self._ask("/api/clock", {"days": count, "mode": "play"})
        self._wait(lambda: not self.state()["clock"]["playing"])

    def press(self, key: str, data: str) -> None:
        """Press the newest button on the phone of `key` whose data begins with `data`."""
        self._wait(lambda: self._offered(key, data))
        message, button = self._offered(key, data)[-1]
        phone = self._phone(key)["id"]
        before = self._phone(key)["messages"]
        body = {"message_id": message["id"], "data": button["data"]}
        self._ask(f"/api/phones/{phone}/press", body)
        self._wait(lambda: self._phone(key)["messages"] != before)

    def answer_rest(self, key: str) -> None:
        """Answer what is still open with the fourth choice, up to the summary."""
        while not self._offered(key, "f:", ":submit"):
            rated = self._offered(key, "q:")
            if rated:
                self.press(key, rated[min(3, len(rated) - 1)][1]["data"])
            else:
                self.press(key, self._offered(key, "f:", ":skip")[-1][1]["data"])

    def submit(self, key: str) -> None:
        """Submit the form on the phone of `key`."""
        self.press(key, self._offered(key, "f:", ":submit")[-1][1]["data"])

    def wait_picture(self, key: str) -> None:
        """Wait until a picture has come to the phone of `key`."""
        self._wait(lambda: any(message["photo"] for message in self._phone(key)["messages"]))

    def _offered(self, key: str, start: str, part: str = "") -> list[tuple[Any, Any]]:
        """The buttons of the newest message that has any, if they begin so."""
        with_rows = [message for message in self._phone(key)["messages"] if message["rows"]]
        return [
            (message, button)
            for message in with_rows[-1:]
            for row in message["rows"]
            for button in row
            if button.get("data", "").startswith(start) and part in button["data"]
        ]

    def _phone(self, key: str) -> dict[str, Any]:
        return next(phone for phone in self.state()["phones"] if phone["key"] == key)

    def _wait(self, holds: Any) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            if time.monotonic() > end:
                raise TimeoutError("the sandbox never came to that state")
            time.sleep(0.1)

    def _ask(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self._address + path, data=data, headers=headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            found: dict[str, Any] = json.load(answer)
            return found
