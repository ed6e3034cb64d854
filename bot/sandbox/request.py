"""Reads a call of the Bot API off the wire: query string, JSON, urlencoded or multipart."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.multipart import read_parts

LARGEST_BODY = 51 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    name: str
    mime_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Call:
    """A method as it was written, its parameters as they came, and its files by part name."""

    method: str
    params: Mapping[str, Any]
    uploads: Mapping[str, Upload] = field(default_factory=dict)


async def read_call(request: web.Request) -> Call:
    """The call in `request`; the query string is read first, the body completes it."""
    params: dict[str, Any] = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.method == "POST" and request.can_read_body:
        try:
            await _read_body(request, params, uploads)
        except web.HTTPRequestEntityTooLarge as error:
            raise ApiError(413, problem="a call with its files may not exceed 50 MB") from error
    return Call(request.match_info["method"], params, uploads)


async def _read_body(
    request: web.Request, params: dict[str, Any], uploads: dict[str, Upload]
) -> None:
    if request.content_type == "application/json":
        params.update(_object(await request.text()))
        return
    if request.content_type != "multipart/form-data":
        params.update((name, str(value)) for name, value in (await request.post()).items())
        return
    for part in await read_parts(request, LARGEST_BODY):
        if part.filename is None:
            params[part.name] = part.content.decode("utf-8")
        else:
            uploads[part.name] = Upload(part.filename, part.mime_type, part.content)


def _object(body: str) -> dict[str, Any]:
    try:
        value = json.loads(body or "{}")
    except json.JSONDecodeError as error:
        raise bad_request("can't parse JSON encoded parameters", str(error)) from error
    if not isinstance(value, dict):
        raise bad_request("request body must be a JSON object")
    return value
