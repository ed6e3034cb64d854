"""Mistakes that the Bot API server knows of: token, webhook, clock, the operator's chat."""

from __future__ import annotations

import asyncio
import socket

import pytest
from pydantic import SecretStr

from bot.operations import bot_server, doctor
from tests.integration.operations.doctor.clinic import OK, UNKNOWN, WARNING, WRONG, Clinic
from tests.unit.sandbox.calls import call

NOWHERE = "http://127.0.0.1:9/telegram"
OTHER = SecretStr("424242:ANOTHER-TOKEN-THAT-NOBODY-KNOWS")


def closed_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


async def test_server__that_is_not_there__is_asked_once(clinic: Clinic) -> None:
    away = f"http://127.0.0.1:{closed_port()}"
    await clinic.says("Bot API", WRONG, "port 443 outwards", api_url=away)
    await clinic.says("token accepted", UNKNOWN, "No answer", api_url=away)


async def test_server__that_never_answers__is_given_up(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot_server, "SECONDS", 0.1)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        away = f"http://127.0.0.1:{silent.getsockname()[1]}"
        await clinic.says("Bot API", WRONG, "No answer from the Bot API", api_url=away)


async def test_server__that_is_no_bot_api(clinic: Clinic) -> None:
    await clinic.says("Bot API", WRONG, "No answer", api_url=f"{clinic.server.url}/nothing")


async def test_token__of_nobody(clinic: Clinic) -> None:
    await clinic.says("token accepted", WRONG, "(401)", token=OTHER)
    await clinic.is_fine("Bot API", token=OTHER)
    await clinic.says("webhook", UNKNOWN, "does not accept the token", token=OTHER)


@pytest.mark.parametrize(("minutes", "words"), [(10, "seconds ahead"), (-10, "seconds behind")])
async def test_clock__ten_minutes_off(clinic: Clinic, minutes: int, words: str) -> None:
    clinic.clock.advance(minutes=minutes)
    await clinic.says("clock", WRONG, words)
    await clinic.is_fine("clock", sandbox=True)


async def test_webhook__left_over_while_polling_is_used(clinic: Clinic) -> None:
    call(clinic.server.world, "setWebhook", url=NOWHERE)
    await clinic.says("webhook", WRONG, "rollcall run --take-over")


async def test_webhook__not_set_or_set_to_another_place(clinic: Clinic) -> None:
    ours = "https://rollcall.example/telegram"
    await clinic.says("webhook", WARNING, "start it", webhook_url=ours)
    call(clinic.server.world, "setWebhook", url=NOWHERE)
    await clinic.says("webhook", WRONG, "another address", webhook_url=ours)
    await clinic.is_fine("webhook", webhook_url=NOWHERE)


async def test_webhook__that_refuses__reason_and_remedy(clinic: Clinic) -> None:
    world = clinic.server.world
    call(world, "setWebhook", url=NOWHERE)
    async with asyncio.timeout(20):
        while world.webhook.last_error_at is None:
            await asyncio.sleep(0.02)
    await clinic.says("webhook delivery", WRONG, "could not deliver")
    call(world, "setWebhook", url=NOWHERE, drop_pending_updates=True)
    if world.webhook.last_error_at is not None:
        await clinic.says("webhook delivery", WARNING, "Check the proxy")
    clinic.clock.advance(hours=2)
    await clinic.is_fine("webhook delivery")


async def test_updates__piling_up(clinic: Clinic) -> None:
    for number in range(101):
        clinic.server.phone("dara").text(f"/menu {number}")
    await clinic.says("waiting updates", WARNING, "wait at Telegram")


async def test_operator__never_pressed_start_or_blocked_the_bot(clinic: Clinic) -> None:
    never = clinic.server.phone("bopha").id
    await clinic.says("alert chat", WRONG, "press Start", alert_chat=never)
    clinic.server.phone("director").block()
    await clinic.says("alert chat", WRONG, "blocked")
    await clinic.says("alert chat", UNKNOWN, "not set", alert_chat=None)


async def test_doctor__whatever_it_asks__fetches_no_update(clinic: Clinic) -> None:
    waiting = clinic.server.world.updates.count()
    lines = await asyncio.to_thread(lambda: list(doctor.examine(clinic.patient())))
    assert {line.finding.verdict for line in lines} == {OK}
    assert clinic.server.world.updates.count() == waiting
    assert clinic.server.refusals == []
