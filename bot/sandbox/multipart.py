"""Reads multipart forms as leniently as Telegram: file names however clients write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from aiohttp import BodyPartReader, web

PARAMETER = re.compile(r";\s*([a-z]+\*?)\s*=\s*(\"(?:[^\"\\]|\\.)*\"|[^;]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """One field of a form; `filename` is None where it is no file."""

    name: str
    filename: str | None
    mime_type: str
    content: bytes


async def read_parts(request: web.Request, most_bytes: int) -> list[Part]:
    """All parts of a form; refuses with 413 a body of more than `most_bytes`."""
    parts: list[Part] = []
    size = 0
    reader = await request.multipart()
    while (field := await reader.next()) is not None:
        if not isinstance(field, BodyPartReader):
            continue
        content = bytearray()
        while chunk := await field.read_chunk():
            size += len(chunk)
            if size > most_bytes:
                raise web.HTTPRequestEntityTooLarge(most_bytes, size)
            content += chunk
        given = disposition(field.headers.get("Content-Disposition", ""))
        mime_type = field.headers.get("Content-Type", "").partition(";")[0].strip()
        parts.append(Part(given.get("name", ""), given.get("filename"), mime_type, bytes(content)))
    return parts


def disposition(header: str) -> dict[str, str]:
    """The parameters of a Content-Disposition; an extended one (`filename*`) wins."""
    plain: dict[str, str] = {}
    extended: dict[str, str] = {}
    for key, value in PARAMETER.findall(header):
        if key.endswith("*"):
            charset, _, words = value.strip().partition("''")
            extended[key[:-1].lower()] = unquote(words, charset or "utf-8", "replace")
        else:
            plain[key.lower()] = _unquoted(value.strip())
    return plain | extended


def _unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] == '"':
        return re.sub(r"\\(.)", r"\1", value[1:-1])
    return value
