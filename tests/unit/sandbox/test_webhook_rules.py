"""setWebhook, deleteWebhook and getWebhookInfo without a receiver."""

from __future__ import annotations

import asyncio

import pytest

from bot.sandbox.errors import ApiError
from bot.sandbox.world import World
from tests.unit.sandbox.calls import call

HERE = "http://127.0.0.1:9000/hook"


def refused(world: World, **params: object) -> str:
    with pytest.raises(ApiError) as caught:
        call(world, "setWebhook", **params)
    assert caught.value.code == 400
    assert call(world, "getWebhookInfo")["url"] == ""
    return caught.value.description


@pytest.mark.parametrize(
    "url",
    [
        HERE,
        "http://localhost/hook",
        "http://[::1]:81/hook",
        "https://rollcall.example/hook",
        "https://rollcall.example:8443/hook",
        "https://rollcall.example:88",
        "https://rollcall.example:80/",
    ],
)
def test_address__as_telegram_takes_it__is_set(world: World, url: str) -> None:
    assert call(world, "setWebhook", url=url) is True
    assert call(world, "getWebhookInfo")["url"] == url


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://rollcall.example/hook", "An HTTPS URL must be provided"),
        ("http://10.0.0.1/hook", "An HTTPS URL must be provided"),
        ("ftp://127.0.0.1/hook", "An HTTPS URL must be provided"),
        ("https://rollcall.example:9000/hook", "only on ports 80, 88, 443 or 8443"),
        ("https:///hook", "invalid webhook URL"),
        ("https://rollcall.example:port/", "invalid webhook URL"),
    ],
)
def test_address__as_telegram_refuses_it__is_not_set(world: World, url: str, words: str) -> None:
    assert words in refused(world, url=url)


def test_secret__of_256_good_characters__is_taken(world: World) -> None:
    secret = "aZ0_-" * 51 + "x"
    assert call(world, "setWebhook", url=HERE, secret_token=secret) is True


@pytest.mark.parametrize(
    ("secret", "words"),
    [("x" * 257, "too long"), ("two words", "unallowed characters"), ("ខ", "unallowed")],
)
def test_secret__too_long_or_of_other_characters__is_refused(
    world: World, secret: str, words: str
) -> None:
    assert words in refused(world, url=HERE, secret_token=secret)


@pytest.mark.parametrize(("wanted", "given"), [(None, 40), (1, 1), (100, 100), (1000, 100)])
def test_max_connections__whatever_is_wanted__are_1_to_100(
    world: World, wanted: int | None, given: int
) -> None:
    params = {} if wanted is None else {"max_connections": wanted}
    call(world, "setWebhook", url=HERE, **params)
    assert call(world, "getWebhookInfo")["max_connections"] == given


def test_webhook__set__shuts_out_polls_until_it_is_deleted(world: World) -> None:
    call(world, "setWebhook", url=HERE)
    with pytest.raises(ApiError) as caught:
        call(world, "getUpdates")
    assert caught.value.code == 409
    assert caught.value.description == (
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    call(world, "deleteWebhook")
    assert asyncio.run(call(world, "getUpdates")) == []


async def test_webhook__set_while_a_poll_waits__ends_the_poll(world: World) -> None:
    poll = asyncio.ensure_future(call(world, "getUpdates", timeout=30))
    await asyncio.sleep(0)
    call(world, "setWebhook", url=HERE)
    with pytest.raises(ApiError, match="terminated by setWebhook request") as caught:
        await poll
    assert caught.value.code == 409


def test_pending_updates__dropped_when_asked__else_kept(world: World) -> None:
    world.updates.add("message", {})
    call(world, "setWebhook", url=HERE)
    assert call(world, "getWebhookInfo")["pending_update_count"] == 1
    call(world, "deleteWebhook", drop_pending_updates=True)
    assert call(world, "getWebhookInfo") == {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": 0,
    }


def test_allowed_updates__given_with_the_webhook__bind_later_updates(world: World) -> None:
    call(world, "setWebhook", url=HERE, allowed_updates=["callback_query"])
    world.updates.add("message", {})
    world.updates.add("callback_query", {})
    info = call(world, "getWebhookInfo")
    assert info["pending_update_count"] == 1
    assert info["allowed_updates"] == ["callback_query"]


def test_webhook__set_to_the_empty_address__is_removed(world: World) -> None:
    call(world, "setWebhook", url=HERE)
    call(world, "setWebhook", url="")
    assert call(world, "getWebhookInfo")["url"] == ""
