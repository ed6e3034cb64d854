"""Phones of a sandbox that runs in another process, held through the page's JSON protocol."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from types import TracebackType
from typing import Any

import aiohttp

from bot.clock import monotonic
from bot.sandbox.records import Json

PATIENCE_SECONDS = 60.0
LOOK_SECONDS = 0.05


class SandboxRefusedError(Exception):
    """The sandbox would not do it; the words are those the page shows."""


class SandboxClient:
    """The page's side of a sandbox at `url`."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> SandboxClient:
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def ask(self, method: str, path: str, **options: Any) -> Any:
        """One request; refuses what the sandbox refuses, with its sentence."""
        if self._session is None:
            raise RuntimeError("use the client as an async context")
        async with self._session.request(method, self._url + path, **options) as response:
            body = await response.json()
            if response.status >= 400:
                raise SandboxRefusedError(body.get("error", response.reason))
            return body

    async def state(self) -> Json:
        state: Json = await self.ask("GET", "/api/state")
        return state

    async def roster(self, words: str) -> list[Json]:
        found: list[Json] = await self.ask("GET", "/api/roster", params={"q": words})
        return found

    async def phone(self, staff_no: str) -> RemotePhone:
        """The phone of somebody on the roster."""
        return await self._phone({"staff_no": staff_no})

    async def stranger(self, name: str, phone_number: str, language: str = "en") -> RemotePhone:
        body = {"name": name, "phone_number": phone_number, "language": language}
        return await self._phone(body)

    async def move_clock(self, mode: str = "play", **span: int) -> None:
        """Move by hours, days, weeks or months; `play` is over when the state says so."""
        await self.ask("POST", "/api/clock", json={"mode": mode, **span})

    async def wait_played(self, seconds: float = 120.0) -> None:
        await self.wait_for(lambda state: not state["clock"]["playing"], seconds)

    async def kill_rollcall(self) -> None:
        await self.ask("POST", "/api/rollcall", json={"action": "kill"})

    async def start_rollcall(self) -> None:
        await self.ask("POST", "/api/rollcall", json={"action": "start"})

    async def plan_fault(self, trouble: str, **fields: object) -> Json:
        """Plan a `call`, `update` or `link` trouble, with the fields of its dataclass."""
        body = {"trouble": trouble, **fields}
        planned: Json = await self.ask("POST", "/api/faults", json=body)
        return planned

    async def faults(self) -> list[Json]:
        """What is planned and not over."""
        planned: list[Json] = await self.ask("GET", "/api/faults")
        return planned

    async def clear_faults(self, number: int | None = None) -> None:
        """End one trouble, or all."""
        path = "/api/faults" if number is None else f"/api/faults/{number}"
        await self.ask("DELETE", path)

    async def events(self, count: int) -> list[Json]:
        """The next `count` events, in order."""
        if self._session is None:
            raise RuntimeError("use the client as an async context")
        seen: list[Json] = []
        async with self._session.get(f"{self._url}/api/events") as response:
            async for line in response.content:
                if line.startswith(b"data: "):
                    seen.append(json.loads(line.removeprefix(b"data: ")))
                if len(seen) == count:
                    break
        return seen

    async def wait_for(
        self, seen: Callable[[Json], object], seconds: float = PATIENCE_SECONDS
    ) -> Json:
        """The state once `seen` holds of it; TimeoutError when it never does."""
        deadline = monotonic() + seconds
        while monotonic() < deadline:
            state = await self.state()
            if seen(state):
                return state
            await asyncio.sleep(LOOK_SECONDS)
        raise TimeoutError("the sandbox never came to that state")

    async def _phone(self, body: Json) -> RemotePhone:
        return RemotePhone(self, await self.ask("POST", "/api/phones", json=body))


class RemotePhone:
    """One phone; `messages` are those of the last look."""

    def __init__(self, client: SandboxClient, record: Json) -> None:
        self._client = client
        self.record = record

    @property
    def id(self) -> int:
        return int(self.record["id"])

    @property
    def messages(self) -> list[Json]:
        shown: list[Json] = self.record["messages"]
        return shown

    async def look(self) -> RemotePhone:
        """Look at the phone again."""
        phones = (await self._client.state())["phones"]
        self.record = next(phone for phone in phones if phone["id"] == self.id)
        return self

    async def text(self, words: str, reply_to: int | None = None) -> None:
        await self._act("text", {"text": words, "reply_to": reply_to})

    async def press(self, label: str) -> None:
        """Press the newest button with this label or this data."""
        await self.look()
        for message in reversed(self.messages):
            for button in (button for row in message["rows"] for button in row):
                if label in (button["text"], button.get("data")):
                    body = {"message_id": message["id"], "data": button["data"]}
                    await self._act("press", body)
                    return
        raise AssertionError(f"no button {label!r}")

    async def forge(self, message_id: int, data: str) -> None:
        """Press what no button holds, as a hostile client can."""
        await self._act("press", {"message_id": message_id, "data": data, "forged": True})

    async def share_contact(self, **other: object) -> None:
        """Share the own contact, or phone_number and user_id of somebody else."""
        await self._act("contact", other)

    async def file(self, name: str, content: bytes, mime_type: str, caption: str = "") -> None:
        form = aiohttp.FormData({"caption": caption})
        form.add_field("file", content, filename=name, content_type=mime_type)
        await self._client.ask("POST", f"/api/phones/{self.id}/file", data=form)

    async def set_offline(self, offline: bool) -> None:
        await self._act("offline", {"offline": offline})

    async def set_blocked(self, blocked: bool) -> None:
        await self._act("block", {"blocked": blocked})

    async def set_language(self, language: str) -> None:
        await self._act("language", {"language": language})

    async def wait_message(self, containing: str, seconds: float = PATIENCE_SECONDS) -> Json:
        """The bot's newest message with these words, once it is there."""
        deadline = monotonic() + seconds
        while monotonic() < deadline:
            found = [m for m in (await self.look()).messages if _says(m, containing)]
            if found:
                return found[-1]
            await asyncio.sleep(LOOK_SECONDS)
        raise TimeoutError(f"no message with {containing!r}")

    async def _act(self, action: str, body: Json) -> None:
        await self._client.ask("POST", f"/api/phones/{self.id}/{action}", json=body)


def _says(message: Json, words: str) -> bool:
    return message["from"] == "bot" and words in message["text"]
