"""The Bot API server as the doctor asks it: few calls, none that disturbs a running Rollcall.

getUpdates is never called: it would end the poll of whoever is fetching.
"""

from __future__ import annotations

import datetime as dt
import queue
import threading
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from bot.config import Settings
from bot.operations.unavailable import Unavailable

SECONDS = 4.0


class Refused(Exception):
    """The server answered, and said no."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description


class BotServer:
    """Answers are kept: each method is asked once. A server that is silent is asked no more."""

    def __init__(self, settings: Settings) -> None:
        self._token = settings.token.get_secret_value()
        self._api_url = settings.api_url
        self._answers: dict[str, Any] = {}
        self._silence: Unavailable | None = None
        self.date: dt.datetime | None = None
        """What the server's clock showed at its last answer."""

    def ask(self, method: str, **payload: object) -> Any:
        """The result; raises Refused, or Unavailable within a few seconds."""
        if not self._token:
            raise Unavailable("ROLLCALL_TOKEN is not set.")
        if self._silence is not None:
            raise self._silence
        asked = f"{method} {payload}"
        if asked not in self._answers:
            self._answers[asked] = self._call(method, payload)
        answer = self._answers[asked]
        if isinstance(answer, Refused):
            raise answer
        return answer

    def _call(self, method: str, payload: dict[str, object]) -> Any:
        url = f"{self._api_url}/bot{self._token}/{method}"

        def post() -> httpx.Response:
            with httpx.Client(timeout=SECONDS, trust_env=False) as client:
                return client.post(url, json=payload)

        try:
            response = _within(SECONDS + 1, post)
            body = response.json()
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, ValueError) as error:
            # Its own words hold the address, and with it the token.
            self._silence = Unavailable(f"No answer from the Bot API: {type(error).__name__}.")
            raise self._silence from None
        if "Date" in response.headers:
            self.date = parsedate_to_datetime(response.headers["Date"])
        if not isinstance(body, dict) or not body.get("ok"):
            said = body if isinstance(body, dict) else {}
            return Refused(response.status_code, str(said.get("description", "")))
        return body["result"]


def _within(seconds: float, work: Callable[[], httpx.Response]) -> httpx.Response:
    """What `work` returns or raises; TimeoutError after so long, as name servers may hang."""
    box: queue.Queue[httpx.Response | Exception] = queue.Queue(1)

    def fill() -> None:
        try:
            box.put(work())
        except Exception as error:  # noqa: BLE001  raised again where it is waited for
            box.put(error)

    threading.Thread(target=fill, daemon=True).start()
    try:
        found = box.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(found, Exception):
        raise found
    return found
