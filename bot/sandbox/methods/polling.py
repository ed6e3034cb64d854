"""getUpdates, and the webhook methods as far as long polling needs them."""

from __future__ import annotations

from collections.abc import Awaitable

from bot.sandbox.errors import bad_request
from bot.sandbox.methods.registry import Params, serves
from bot.sandbox.records import Json
from bot.sandbox.world import World


@serves("getUpdates")
def get_updates(world: World, params: Params) -> Awaitable[list[Json]]:
    return world.updates.fetch(
        offset=params.get("offset", 0),
        limit=params.get("limit", 100),
        timeout=params.get("timeout", 0),
        allowed=params.get("allowed_updates"),
    )


@serves("setWebhook")
def set_webhook(world: World, params: Params) -> bool:
    """Only the empty address, which removes a webhook, is taken."""
    if params["url"]:
        raise bad_request(
            "bad webhook: the sandbox delivers by getUpdates only",
            "run Rollcall with long polling against the sandbox",
        )
    _drop_if_asked(world, params)
    return True


@serves("deleteWebhook")
def delete_webhook(world: World, params: Params) -> bool:
    _drop_if_asked(world, params)
    return True


@serves("getWebhookInfo")
def get_webhook_info(world: World, params: Params) -> Json:
    info: Json = {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": world.updates.count(),
    }
    if world.updates.allowed:
        info["allowed_updates"] = world.updates.allowed
    return info


def _drop_if_asked(world: World, params: Params) -> None:
    if params.get("drop_pending_updates"):
        world.updates.clear()
