"""Polling while a webhook is set gets nothing: `run` says so, and takes over when told to."""

from __future__ import annotations

import pytest

from bot.errors import Refusal
from bot.i18n import render
from bot.serving import Rollcall
from tests.conversations.stage import Stage


async def rollcall_beside_a_webhook(stage: Stage, *, takes_over: bool) -> Rollcall:
    await stage.stop_fetching()
    url = "http://127.0.0.1:9/telegram"
    await stage.rollcall.session.call("setWebhook", {"url": url, "secret_token": "s"})
    return Rollcall(stage.settings, stage.database, stage.clock, takes_over=takes_over)


async def test_run__while_a_webhook_is_set__refuses_and_says_how_to_take_over(
    stage: Stage,
) -> None:
    rollcall = await rollcall_beside_a_webhook(stage, takes_over=False)
    with pytest.raises(Refusal) as refused:
        await rollcall.make_poller()
    sentence = render(refused.value.sentence, "en")
    assert "127.0.0.1" in sentence
    assert "rollcall run --take-over" in sentence
    await rollcall.office.close()
    await stage.rollcall.session.call("deleteWebhook", {})


async def test_run__told_to_take_over__polls_and_nothing_that_waits_is_lost(stage: Stage) -> None:
    rollcall = await rollcall_beside_a_webhook(stage, takes_over=True)
    dara = stage.actor("dara")
    dara.phone.text("/start")
    await rollcall.make_poller()
    await rollcall.office.close()
    await stage.fetch_again()
    assert dara.phone.from_bot
