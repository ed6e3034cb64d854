"""Calls of the Bot API without HTTP, for tests that need none."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.sandbox.api_table import load_table
from bot.sandbox.methods import handler_of
from bot.sandbox.records import Json
from bot.sandbox.request import Call, Upload
from bot.sandbox.validate import checked_parameters
from bot.sandbox.world import World


def call(world: World, method: str, **params: Any) -> Any:
    """The result of one call; files are given as Upload."""
    uploads = {key: value for key, value in params.items() if isinstance(value, Upload)}
    plain = {key: value for key, value in params.items() if key not in uploads}
    typed = checked_parameters(load_table(), Call(method, plain, uploads))
    handler = handler_of(method)
    assert handler is not None
    return handler(world, typed)


def updates(world: World, offset: int = 0) -> list[Json]:
    """What a short poll gives."""
    return asyncio.run(world.updates.fetch(offset, 100, 0, None))


def keyboard(*data: str) -> Json:
    """An inline keyboard of one column; each label is its data."""
    return {"inline_keyboard": [[{"text": item, "callback_data": item}] for item in data]}
