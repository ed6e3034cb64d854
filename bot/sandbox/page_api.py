"""The page's side: phones and what is done with them as JSON routes, and the events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeAlias
from urllib.parse import quote

from aiohttp import web

from bot.sandbox import phone_actions, views
from bot.sandbox.cast import Cast, phone_for, stranger
from bot.sandbox.crowd import Crowd
from bot.sandbox.errors import PageError
from bot.sandbox.multipart import read_parts
from bot.sandbox.page_control import PageControl
from bot.sandbox.page_events import phone_of
from bot.sandbox.page_faults import PageFaults
from bot.sandbox.page_requests import read_object
from bot.sandbox.records import Json, Phone
from bot.sandbox.request import LARGEST_BODY, Upload
from bot.sandbox.world import World

PAGE = Path(__file__).with_name("page")
PING_SECONDS = 15
DONE: Json = {"ok": True}
PhoneAction: TypeAlias = Callable[[Phone, Json], Callable[[], object]]


class PageApi:
    """The routes of the page for one world."""

    def __init__(
        self, world: World, cast: Cast, control: PageControl, faults: PageFaults, crowd: Crowd
    ) -> None:
        self._world = world
        self._faults = faults
        self._cast = cast
        self._control = control
        self._crowd = crowd

    def routes(self) -> list[web.AbstractRouteDef]:
        return [
            web.get("/", self._page),
            web.static("/static", PAGE),
            web.get("/api/state", self._state),
            web.get("/api/events", self._events),
            web.get("/api/roster", self._roster),
            web.get("/api/files/{file_id}", self._file),
            web.post("/api/phones", self._add_phone),
            web.post("/api/crowd", self._join_crowd),
            web.delete("/api/phones/{id:\\d+}", self._remove_phone),
            web.post("/api/phones/{id:\\d+}/file", self._send_file),
            web.post("/api/phones/{id:\\d+}/{action}", self._act),
            *self._control.routes(),
            *self._faults.routes(),
        ]

    async def _page(self, request: web.Request) -> web.StreamResponse:
        return web.FileResponse(PAGE / "index.html", headers={"Cache-Control": "no-cache"})

    async def _state(self, request: web.Request) -> web.Response:
        world = self._world
        return web.json_response(
            {
                "bot": views.bot(world),
                **self._control.state(),
                "crowd": self._crowd.state(),
                "phones": [
                    views.phone(world, phone)
                    for phone in world.phones.values()
                    if not self._crowd.hides(phone.id)
                ],
                "cast": self._cast.leading(),
                "faults": self._faults.state(),
                "refusals": [refusal.to_json() for refusal in world.refusals],
            }
        )

    async def _events(self, request: web.Request) -> web.StreamResponse:
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}
        response = web.StreamResponse(headers=headers)
        with self._world.events.listen() as queue:
            await response.prepare(request)
            await response.write(b": listening\n\n")
            while True:
                await response.write(await self._next_line(queue))

    async def _roster(self, request: web.Request) -> web.Response:
        return web.json_response(self._cast.search(request.query.get("q", "")))

    async def _file(self, request: web.Request) -> web.StreamResponse:
        file = self._world.files.find(request.match_info["file_id"])
        if file is None:
            raise PageError("There is no such file.", 404)
        headers = {
            "Content-Type": file.mime_type,
            "Content-Disposition": f"inline; filename*=UTF-8''{quote(file.name, safe='')}",
        }
        return web.FileResponse(self._world.files.content_path(file), headers=headers)

    async def _add_phone(self, request: web.Request) -> web.Response:
        body = await read_object(request)
        if body.get("staff_no"):
            phone = phone_for(self._world, self._cast.person(str(body["staff_no"])))
        else:
            phone = stranger(
                self._world,
                str(body.get("name", "")),
                str(body.get("phone_number", "")),
                str(body.get("language") or "en"),
            )
        return web.json_response(views.phone(self._world, phone))

    async def _join_crowd(self, request: web.Request) -> web.Response:
        """The rest of a class; with `words` everybody of the roster, who type some of them."""
        body = await read_object(request)
        if "words" in body:
            self._crowd.join_all([str(words) for words in body["words"]])
        else:
            self._crowd.join()
        return web.json_response(self._crowd.state())

    async def _remove_phone(self, request: web.Request) -> web.Response:
        self._world.remove_phone(self._phone(request))
        return web.json_response(DONE)

    async def _act(self, request: web.Request) -> web.Response:
        action = self._actions().get(request.match_info["action"])
        if action is None:
            raise PageError("There is no such action.", 404)
        phone, body = self._phone(request), await read_object(request)
        try:
            act = action(phone, body)
        except (KeyError, TypeError, ValueError) as error:
            raise PageError(f"The request lacks or garbles {error}.", 400) from error
        act()
        return web.json_response(DONE)

    def _actions(self) -> dict[str, PhoneAction]:
        """Each reads its arguments from the body and gives back what is to be done."""
        do, world = phone_actions, self._world
        return {
            "text": lambda p, b: partial(
                do.write_text, world, p, str(b["text"]), b.get("reply_to")
            ),
            "press": lambda p, b: partial(
                do.press_button,
                world,
                p,
                int(b["message_id"]),
                str(b["data"]),
                bool(b.get("forged")),
            ),
            "contact": lambda p, b: partial(
                do.share_contact, world, p, b.get("phone_number"), b.get("user_id")
            ),
            "offline": lambda p, b: partial(do.set_offline, world, p, bool(b["offline"])),
            "block": lambda p, b: partial(do.set_blocked, world, p, bool(b["blocked"])),
            "language": lambda p, b: partial(do.set_language, world, p, str(b["language"])),
        }

    async def _send_file(self, request: web.Request) -> web.Response:
        try:
            parts = {part.name: part for part in await read_parts(request, LARGEST_BODY)}
        except web.HTTPRequestEntityTooLarge as error:
            raise PageError("A file may not be larger than 50 MB.", 413) from error
        file = parts.get("file")
        if file is None or file.filename is None:
            raise PageError("There is no file in the request.", 400)
        upload = Upload(file.filename, file.mime_type, file.content)
        caption = parts["caption"].content.decode("utf-8") if "caption" in parts else ""
        phone_actions.send_file(self._world, self._phone(request), upload, caption)
        return web.json_response(DONE)

    def _phone(self, request: web.Request) -> Phone:
        return self._world.phone(int(request.match_info["id"]))

    async def _next_line(self, queue: asyncio.Queue[Json]) -> bytes:
        try:
            async with asyncio.timeout(PING_SECONDS):
                event = await queue.get()
        except TimeoutError:
            return b": still here\n\n"
        if self._crowd.hides(phone_of(event)):
            return b": not on the page\n\n"
        return f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode()
