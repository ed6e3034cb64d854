"""The rest of a class: joins once, stays off the page, links and answers by itself."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.sandbox.cast import Cast
from bot.sandbox.phone_client import SandboxClient, SandboxRefusedError
from bot.sandbox.server import SandboxServer

PEOPLE = tuple(
    {
        "key": "unit" if number == 1 else "",
        "staff_no": str(number),
        "name": f"Person {number}",
        "language": "en",
        "phone_number": f"+8551200000{number}",
        "crowd": number > 1,
    }
    for number in range(1, 5)
)


async def test_crowd__joined__starts_the_bot_off_the_page(tmp_path: Path) -> None:
    async with (
        SandboxServer(tmp_path, cast=Cast(PEOPLE)) as server,
        SandboxClient(server.url) as client,
    ):
        assert (await client.state())["crowd"] == {"size": 3, "joined": 0}
        await client.ask("POST", "/api/crowd")
        async with asyncio.timeout(10):
            while server.world.updates.count() < 3:
                await asyncio.sleep(0.05)
        state = await client.state()
        assert state["crowd"] == {"size": 3, "joined": 3}
        assert state["phones"] == []


async def test_crowd__joined_twice_or_absent__is_refused(tmp_path: Path) -> None:
    async with (
        SandboxServer(tmp_path / "with", cast=Cast(PEOPLE)) as server,
        SandboxClient(server.url) as client,
    ):
        await client.ask("POST", "/api/crowd")
        with pytest.raises(SandboxRefusedError, match="joined already"):
            await client.ask("POST", "/api/crowd")
    async with SandboxServer(tmp_path / "without") as server, SandboxClient(server.url) as client:
        with pytest.raises(SandboxRefusedError, match="no class"):
            await client.ask("POST", "/api/crowd")


async def test_crowd__shown_buttons__prefers_what_leads_on(tmp_path: Path) -> None:
    async with SandboxServer(tmp_path, cast=Cast(PEOPLE)) as server:
        choose = server.crowd.choice
        assert choose(["f:1:back~3", "f:1:submit~3", "f:1:edit:0~3"]) == "f:1:submit~3"
        assert choose(["q:1:0:i0", "q:1:0:i1", "f:1:stop~1"]) in ("q:1:0:i0", "q:1:0:i1")
        assert choose(["t:4"]) == "t:4"
        assert choose(["menu", "mydata"]) is None


async def test_crowd__all_of_the_roster__join_but_those_who_have_a_phone(tmp_path: Path) -> None:
    async with (
        SandboxServer(tmp_path, cast=Cast(PEOPLE)) as server,
        SandboxClient(server.url) as client,
    ):
        await client.ask("POST", "/api/phones", json={"staff_no": "2"})
        await client.ask("POST", "/api/crowd", json={"words": ["Rules of origin"]})
        state = await client.state()
        assert state["crowd"] == {"size": 3, "joined": 3}
        assert [phone["staff_no"] for phone in state["phones"]] == ["2"]
