"""The bar on top holds every lever, whatever the width of the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, expect

from bot.sandbox.cast import Cast
from bot.sandbox.clock_control import ClockControl
from bot.sandbox.faults import BadLink
from bot.sandbox.server import TOKEN, SandboxServer
from tests.browser.people import CAST
from tests.browser.scripted_bot import ScriptedBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WIDTHS = (1920, 1660, 1600, 1536, 1440, 1366, 1280, 1100, 1024, 800, 700)


async def test_bar__window_of_any_width__is_no_wider(
    context: BrowserContext, tmp_path: Path
) -> None:
    cast = Cast((*CAST.people, {**CAST.people[0], "staff_no": "20001", "key": "", "crowd": True}))
    async with (
        SandboxServer(tmp_path, cast=cast, clock=ClockControl(None)) as sandbox,
        ScriptedBot(sandbox.url, TOKEN),
    ):
        sandbox.faults.plan(BadLink(presses_lost=0.8))
        page = await context.new_page()
        await page.goto(sandbox.url)
        await expect(page.get_by_role("button", name="Let the class join")).to_be_visible()
        for width in WIDTHS:
            await page.set_viewport_size({"width": width, "height": 800})
            wide = await page.evaluate("document.documentElement.scrollWidth")
            assert wide == width
