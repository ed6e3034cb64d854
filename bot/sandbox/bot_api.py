"""The Bot API over HTTP: reads a call, checks it, runs it, answers as Telegram does."""

from __future__ import annotations

import asyncio
import inspect
import logging
import secrets
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.sandbox import methods
from bot.sandbox.api_table import load_table
from bot.sandbox.errors import ApiError
from bot.sandbox.faults import Fault
from bot.sandbox.limits import SendLimits
from bot.sandbox.request import Call, read_call
from bot.sandbox.validate import chat_of, checked_parameters
from bot.sandbox.world import World

log = logging.getLogger(__name__)


@dataclass(slots=True)
class BotApi:
    """Serves `/bot<token>/<method>` and `/file/bot<token>/<path>` for one bot.

    `strict` refuses unknown parameters, which Telegram would ignore.
    """

    world: World
    token: str
    strict: bool = True
    limits: SendLimits = field(default_factory=SendLimits)

    def routes(self) -> list[web.RouteDef]:
        path = "/bot{token:[^/]+}/{method:[^/]*}"
        return [
            web.get(path, self.answer, allow_head=False),
            web.post(path, self.answer),
            web.get("/file/bot{token:[^/]+}/{path:.+}", self.download),
        ]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """One call; whatever goes wrong is answered in Telegram's envelope."""
        method = request.match_info["method"]
        chat: int | None = None
        try:
            self._check_token(request)
            call = await read_call(request)
            chat = chat_of(call.params)
            fault = self.world.faults.of_call(method, dict(call.params))
            if fault is not None:
                await _prepare(fault, method, request)
            result = await self._run(call)
        except ApiError as error:
            return self._refused(method, error, chat)
        except Exception as error:
            log.exception("the sandbox failed at %s", method)
            return self._refused(method, ApiError(500, problem=repr(error)), chat)
        if fault is not None and fault.cut:
            _break(request)
        return web.json_response({"ok": True, "result": result})

    async def download(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request)
        except ApiError as error:
            return self._refused("download", error, None)
        file = self.world.files.at_path(request.match_info["path"])
        if file is None:
            return self._refused("download", ApiError(404, problem="no such file"), None)
        return web.FileResponse(self.world.files.content_path(file))

    def _check_token(self, request: web.Request) -> None:
        if not secrets.compare_digest(request.match_info["token"].encode(), self.token.encode()):
            raise ApiError(401, problem="the token is not this sandbox's")

    async def _run(self, call: Call) -> Any:
        params = checked_parameters(load_table(), call, self.strict)
        self.limits.check(call.method, params)
        name = load_table().official_name(call.method) or call.method
        handler = methods.handler_of(name)
        if handler is None:
            problem = f"{name} is a method of Telegram that the sandbox does not serve"
            raise ApiError(404, "method not found", problem=problem)
        result = handler(self.world, params)
        return await result if inspect.isawaitable(result) else result

    def _refused(self, method: str, error: ApiError, chat: int | None) -> web.Response:
        if error.code != 409:
            official = load_table().official_name(method) or method
            self.world.refuse(official, error, chat)
        headers = {} if error.retry_after is None else {"Retry-After": str(error.retry_after)}
        return web.json_response(error.body(), status=error.code, headers=headers)


async def _prepare(fault: Fault, method: str, request: web.Request) -> None:
    """What a fault does before the call is done."""
    await asyncio.sleep(fault.slow)
    if fault.cut_before:
        _break(request)
        raise ApiError(499, problem="the connection was cut before the call was done")
    fault.refuse(method)


def _break(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
