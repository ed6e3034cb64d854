"""A stranger who sends too much at once is told so, once; who is linked meanwhile is answered."""

from __future__ import annotations

import pytest

from handlers.edge import flood
from tests.conversations.stage import Stage


async def test_stranger__sends_much_at_once__is_told_once_and_others_are_answered(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    dara = await stage.join("dara")
    monkeypatch.setattr(flood, "AT_ONCE", 3.0)
    monkeypatch.setattr(flood, "SECONDS_FOR_ONE", 1e9)
    stranger = stage.stranger("Stranger")
    for _message in range(6):
        await stranger.say("/start")
    shown = [message["text"] for message in stranger.phone.from_bot]
    assert len(shown) == 4
    assert shown[-1] == "That was too much at once. Please wait a minute, then go on."
    await dara.say("/menu")
    assert dara.phone.last["text"].startswith("Menu")
