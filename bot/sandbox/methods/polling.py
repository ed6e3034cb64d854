"""getUpdates, which a webhook shuts out."""

from __future__ import annotations

from collections.abc import Awaitable

from bot.sandbox.errors import WEBHOOK_IS_SET, ApiError
from bot.sandbox.methods.registry import Params, serves
from bot.sandbox.records import Json
from bot.sandbox.world import World


@serves("getUpdates")
def get_updates(world: World, params: Params) -> Awaitable[list[Json]]:
    if world.webhook.url:
        raise ApiError(409, WEBHOOK_IS_SET)
    return world.updates.fetch(
        offset=params.get("offset", 0),
        limit=params.get("limit", 100),
        timeout=params.get("timeout", 0),
        allowed=params.get("allowed_updates"),
    )
