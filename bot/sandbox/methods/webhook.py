"""setWebhook, deleteWebhook, getWebhookInfo; the delivery itself is in `bot.sandbox.webhook`."""

from __future__ import annotations

from bot.sandbox.methods.registry import Params, serves
from bot.sandbox.records import Json, Webhook
from bot.sandbox.webhook_rules import checked_secret, checked_url, connections
from bot.sandbox.world import World


@serves("setWebhook")
def set_webhook(world: World, params: Params) -> bool:
    """An empty address removes the webhook; `ip_address` is not used."""
    url = params["url"]
    webhook = Webhook()
    if url:
        webhook = Webhook(
            checked_url(url),
            checked_secret(params.get("secret_token", "")),
            connections(params.get("max_connections")),
            own_certificate="certificate" in params,
        )
        world.updates.allow(params.get("allowed_updates"))
        world.updates.end_poll()
    _change(world, params, webhook)
    return True


@serves("deleteWebhook")
def delete_webhook(world: World, params: Params) -> bool:
    _change(world, params, Webhook())
    return True


@serves("getWebhookInfo")
def get_webhook_info(world: World, params: Params) -> Json:
    webhook = world.webhook
    info: Json = {
        "url": webhook.url,
        "has_custom_certificate": webhook.own_certificate,
        "pending_update_count": world.updates.count(),
    }
    if webhook.url:
        info["max_connections"] = webhook.max_connections
    if webhook.last_error_at is not None:
        info["last_error_date"] = webhook.last_error_at
        info["last_error_message"] = webhook.last_error
    if world.updates.allowed:
        info["allowed_updates"] = world.updates.allowed
    return info


def _change(world: World, params: Params, webhook: Webhook) -> None:
    """Requests under way are cut off by a webhook that differs, not by the same again."""
    if params.get("drop_pending_updates"):
        world.updates.clear()
    if not webhook.is_like(world.webhook):
        world.webhook = webhook
        world.webhook_changed()
    world.updates.wake()
