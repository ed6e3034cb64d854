"""The page's troubles: planned, listed and ended over HTTP, and the rate limits."""

from __future__ import annotations

import math
from dataclasses import fields
from typing import Any

from aiohttp import web

from bot.sandbox.errors import PageError
from bot.sandbox.faults import BadLink, Fault, Planned, UpdateFault
from bot.sandbox.limits import SendLimits
from bot.sandbox.page_requests import read_object
from bot.sandbox.records import Json
from bot.sandbox.world import World

KINDS: dict[str, type[Planned]] = {"call": Fault, "update": UpdateFault, "link": BadLink}
OTHER_NAMES = {"phone": "chat"}
SHARE = (0.0, 1.0)
RANGES = {
    "share": SHARE,
    "presses_lost": SHARE,
    "messages_lost": SHARE,
    "messages_doubled": SHARE,
    "code": (400, 599),
}
TYPES: dict[str, tuple[type, ...]] = {
    "int": (int,),
    "int | None": (int,),
    "float": (int, float),
    "float | None": (int, float),
    "bool": (bool,),
    "str": (str,),
}


class PageFaults:
    """Routes under /api/faults, and /api/limits."""

    def __init__(self, world: World, limits: SendLimits) -> None:
        self._world = world
        self._limits = limits

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/faults", self._list),
            web.post("/api/faults", self._plan),
            web.delete("/api/faults", self._clear),
            web.delete("/api/faults/{number:\\d+}", self._clear),
            web.post("/api/limits", self._limit),
        ]

    def state(self) -> list[Json]:
        """What is planned and not over, the oldest first."""
        return [_as_json(fault) for fault in self._world.faults.planned()]

    async def _list(self, _request: web.Request) -> web.Response:
        return web.json_response(self.state())

    async def _plan(self, request: web.Request) -> web.Response:
        fault = _read(await read_object(request))
        self._world.faults.plan(fault)
        self._tell()
        return web.json_response(_as_json(fault))

    async def _clear(self, request: web.Request) -> web.Response:
        number = request.match_info.get("number")
        self._world.faults.clear(None if number is None else int(number))
        self._tell()
        return web.json_response({"ok": True})

    async def _limit(self, request: web.Request) -> web.Response:
        body = await read_object(request)
        for name in ("overall", "per_chat"):
            number = body.get(name)
            if number is not None and (not _is_a(number, (int,)) or number < 1):
                raise PageError(f"{name} is a number of messages a second.", 400)
        self._limits.set(body.get("overall"), body.get("per_chat"), bool(body.get("adaptive")))
        return web.json_response({"ok": True})

    def _tell(self) -> None:
        self._world.events.publish("faults", faults=self.state())


def _read(body: Json) -> Planned:
    """The trouble that a request describes; refuses a field or a value that makes no sense."""
    kind = KINDS.get(str(body.pop("trouble", "")))
    if kind is None:
        raise PageError(f"A trouble is one of {', '.join(KINDS)}.", 400)
    known = {one.name: str(one.type) for one in fields(kind) if one.init}
    values: dict[str, Any] = {}
    for given, value in body.items():
        name = OTHER_NAMES.get(given, given) if kind is Fault else given
        if name not in known:
            raise PageError(f"This trouble has no {given}.", 400)
        if value is not None:
            values[name] = _checked(given, value, TYPES[known[name]])
    return kind(**values)


def _checked(name: str, value: Any, types: tuple[type, ...]) -> Any:
    if not _is_a(value, types):
        raise PageError(f"The value of {name} makes no sense.", 400)
    least, most = RANGES.get(name, (0, math.inf))
    if not isinstance(value, (bool, str)) and not least <= value <= most:
        raise PageError(f"The value of {name} is out of range.", 400)
    return value


def _is_a(value: Any, types: tuple[type, ...]) -> bool:
    return isinstance(value, types) and (bool in types or not isinstance(value, bool))


def _as_json(fault: Planned) -> Json:
    kind = next(name for name, one in KINDS.items() if isinstance(fault, one))
    row = fault.state()
    if kind == "call":
        row["phone"] = row.pop("chat")
    return {"trouble": kind, **row}
