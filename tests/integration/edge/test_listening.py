"""Where a process listens, and the webhook it asks for: what cannot be had is a sentence."""

from __future__ import annotations

import asyncio
import socket

import pytest
from aiohttp import web
from pydantic import SecretStr, ValidationError

from bot.config import Settings
from bot.errors import Refusal
from bot.i18n import render
from bot.sandbox.faults import Fault
from bot.serving import Replica
from handlers.edge.web import Listener
from tests.conversations.stage import Stage


async def refusal_of_serve(stage: Stage, listen: str) -> str:
    settings = stage.settings.model_copy(
        update={
            "listen": listen,
            "webhook_url": "http://127.0.0.1:9/telegram",
            "webhook_secret": SecretStr("the-secret-of-the-webhook"),
        }
    )
    replica = Replica(settings, stage.database, stage.clock)
    with pytest.raises(Refusal) as refused:
        await replica.run(asyncio.Event())
    await replica.office.close()
    return render(refused.value.sentence, "en")


async def test_serve__at_a_port_that_is_taken__names_the_setting(stage: Stage) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        sentence = await refusal_of_serve(stage, f"127.0.0.1:{other.getsockname()[1]}")
    assert sentence.startswith("ROLLCALL_LISTEN cannot be had: ")


async def test_serve__whose_webhook_is_refused__says_why(stage: Stage) -> None:
    stage.server.faults.plan(Fault(method="setWebhook", code=400))
    sentence = await refusal_of_serve(stage, "127.0.0.1:0")
    assert sentence.startswith("The webhook could not be set: Bad Request")


async def test_listener__at_an_address_in_brackets__is_there() -> None:
    async def well(_request: web.Request) -> web.Response:
        return web.Response()

    listener = Listener("[::1]:0", [web.get("/", well)], 1000)
    await listener.start()
    assert listener.port > 0
    await listener.stop()


@pytest.mark.parametrize("listen", ["8080", "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1:²"])
def test_settings__with_an_address_of_no_use__are_refused(listen: str) -> None:
    with pytest.raises(ValidationError, match="is no address"):
        Settings(_env_file=None, listen=listen)
