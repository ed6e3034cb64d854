"""Requests of the page: their JSON bodies, who may send them, how a refusal is answered."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from aiohttp import web

from bot.sandbox.errors import PageError

Answer: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def read_object(request: web.Request) -> dict[str, Any]:
    """The JSON object in a request's body; an empty body is an empty object."""
    try:
        body = json.loads(await request.text() or "{}")
    except json.JSONDecodeError as error:
        raise PageError("The request is not JSON.", 400) from error
    if not isinstance(body, dict):
        raise PageError("The request is not a JSON object.", 400)
    return body


@web.middleware
async def sentences(request: web.Request, handler: Answer) -> web.StreamResponse:
    """Answers a refusal of the page as {error: sentence}."""
    try:
        return await handler(request)
    except PageError as error:
        return web.json_response({"error": error.sentence}, status=error.status)


@web.middleware
async def same_origin(request: web.Request, handler: Answer) -> web.StreamResponse:
    """Refuses what another site's page sends through the visitor's browser."""
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        return web.json_response({"error": "Another page may not do this."}, status=403)
    return await handler(request)


async def always_fresh(request: web.Request, response: web.StreamResponse) -> None:
    """Lets browsers ask again for the page's files, so that an upgrade is seen at once."""
    if request.path.startswith("/static/"):
        response.headers["Cache-Control"] = "no-cache"
